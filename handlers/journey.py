"""Trips as people ask for them: read from a message, changed by buttons or by a typed answer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from handlers.buttons import Button, Press, pack, unpack
from handlers.context import Turn
from handlers.other import stale
from handlers.reply import Reply, Rows
from handlers.trip_card import TOPICS, Typed, of_kind, trip_reply, typed_otherwise
from handlers.trip_rows import TRIP
from handlers.trip_state import decode, encode
from knowledge import words
from knowledge.party import Party
from knowledge.place import Found, Place
from knowledge.place_journeys import MOST_ORIGINS, Journey, Origin
from knowledge.places import load_places
from knowledge.reading import MOST_BARE_PEOPLE
from knowledge.travel import FARTHEST_KM, MOST_PEOPLE
from knowledge.trip import MOST_DAYS, MOST_MONEY, Start, Ticket, Trip
from knowledge.trip_words import Told, only_tells, told, without_trip_words

KIND = TRIP

START_WORDS = 4
"""Words of a message that only names another start: "bet no pilsētas Cēsis"."""

ONE = Party(others=1)
"""Who travels where nobody is named."""


def read_journey(turn: Turn, text: str, *, strict: bool) -> Journey | None:
    """The journey a text names; `strict` for free questions, where two towns alone are no journey."""
    rest = without_trip_words(text, turn.services.knowledge.call.currency)
    return load_places().read_journey(rest, strict=strict)


def from_home(turn: Turn, text: str, *, strict: bool) -> Journey | None:
    """The journey to the only place a text names, from the town of the agency; None for a place at home.

    `strict` for free questions, where a preposition must say that somebody goes there.
    """
    rest = without_trip_words(text, turn.services.knowledge.call.currency)
    end = load_places().read_end(rest)
    home = load_places().find(turn.services.knowledge.call.agency.city.lv)
    if end is None or home.best is None or (end.role == "from" or (strict and end.role != "to")):
        return None
    if end.place.best is None or end.place.best.country == home.best.country:
        return None
    return Journey((Origin(home, end.party),), end.place)


def from_home_reply(turn: Turn, journey: Journey, said: Told) -> Reply:
    """The card of such a journey, which says that its start was only assumed."""
    reply = journey_reply(turn, journey, said)
    if reply.card is None:
        return reply
    assumed = turn.say("journey.from_home", city=turn.services.knowledge.call.agency.city)
    return replace(reply, html=f"{assumed}\n\n{reply.html}")


async def pressed(turn: Turn, press: Press) -> Reply:
    """Whatever the button packs: the same trip with other people, days, kind or place."""
    trip = decode(press.fields[0], load_places()) if len(press.fields) == 1 else None
    if trip is None:
        return await stale(turn)
    try:
        return trip_reply(turn, trip, in_place=True)
    except ValueError:
        return await stale(turn)


def typed(turn: Turn, text: str) -> Reply | None:
    """A typed change of the open card: people, days, kind, real cost; None where the text is none.

    A question, "and for four?", is answered in a message of its own.
    """
    press = unpack(turn.card.state) if turn.card else None
    if press is None or press.kind != TRIP or len(press.fields) != 1:
        return None
    trip = decode(press.fields[0], load_places())
    currency = turn.services.knowledge.call.currency
    if trip is not None and (moved := _other_start(turn, trip, text)) is not None:
        return trip_reply(turn, moved, in_place=moved != trip)
    if trip is None or not only_tells(text, currency):
        return None
    said = told(text, currency)
    changed = _changed(trip, said)
    if changed is None:
        return None
    tokens = words.tokens(text)
    asks = text.rstrip().endswith("?") or bool(tokens and tokens[0].form in words.continuing_words())
    word = refused(turn, changed, said)
    if word is not None:
        return word
    if not asks:
        return trip_reply(turn, changed, in_place=changed != trip)
    topic = turn.services.knowledge.entries[TOPICS[changed.kind]]
    reply = trip_reply(turn, changed)
    title = turn.say("ask.continues", title=topic.text(turn.language).title)
    return replace(reply, html=f"{title}\n\n{reply.html}")


def _other_start(turn: Turn, trip: Trip, text: str) -> Trip | None:
    """The trip from another town: "no Cēsīm"; None where the message says more than that."""
    end = load_places().read_end(text)
    if end is None or end.role != "from" or end.place.best is None or len(words.tokens(text)) > START_WORDS:
        return None
    if trip.destination is None or len(trip.starts) != 1 or text.rstrip().endswith("?"):
        return None
    return replace(trip, starts=(replace(trip.starts[0], origin=end.place.best),))


def _changed(trip: Trip, said: Told) -> Trip | None:
    """The trip with what is said of it; none where no figure is, or where it cannot be told what changes.

    A kind without a figure is no change: "sanāksmes" may ask about meetings, and a button switches.
    """
    changed = of_kind(trip, said.kind)
    if said.days is not None:
        changed = replace(changed, days=_whole(said.days))
    party = trip.starts[trip.selected].party
    if said.party is not None:
        changed = changed.with_party(trip.selected, said.party)
    elif said.bare is not None and said.bare > MOST_BARE_PEOPLE and trip.km is not None and said.km is None:
        changed = replace(changed, km=Decimal(said.bare))
    elif said.bare is not None:
        roles = [role for role in ("staff", "learners", "others") if getattr(party, role)]
        if len(roles) != 1 or len(trip.starts) > 1:
            return None
        changed = changed.with_party(trip.selected, Party(**{roles[0]: said.bare}))
    if said.amount is not None and len(trip.starts) == 1:
        changed = replace(changed, ticket=Ticket(said.amount, said.each))
    if said.km is not None:
        if trip.km is None:
            return None
        changed = replace(changed, km=said.km)
    tells = (said.days, said.party, said.bare, said.amount, said.km)
    return changed if any(each is not None for each in tells) else None


def _whole(value: Decimal) -> int:
    """Days as typed; -1, which is refused, for half days."""
    return int(value) if value == int(value) else -1


def refused(turn: Turn, trip: Trip, said: Told) -> Reply | None:
    """A kind word with an example where a figure makes no sense; None where all do."""
    call = turn.services.knowledge.call
    if not all(1 <= start.party.people <= MOST_PEOPLE for start in trip.starts):
        return Reply(turn.say("trip.people_out_of_range", most=MOST_PEOPLE), _elsewhere(turn))
    if not 0 <= trip.days <= MOST_DAYS or (said.days is not None and said.days < 1):
        return Reply(turn.say("trip.days_out_of_range", most=MOST_DAYS), _elsewhere(turn))
    if trip.ticket is not None and not 0 < trip.ticket.amount <= MOST_MONEY:
        return Reply(turn.say("trip.money_out_of_range", most=MOST_MONEY), _elsewhere(turn))
    if trip.km is not None and not 0 < trip.km <= FARTHEST_KM:
        return Reply(turn.say("travel.km_out_of_range"), _elsewhere(turn))
    if said.months and said.days is None:
        return Reply(turn.say("trip.months", until=call.support.until_day), _elsewhere(turn))
    if trip.ticket is not None and len(trip.starts) > 1:
        return Reply(turn.say("trip.cost_of_one"), _elsewhere(turn))
    return None


def journey_reply(turn: Turn, journey: Journey, said: Told) -> Reply:
    """The card of a journey, or a kind word on what could not be read in it."""
    ends = (*(origin.place for origin in journey.origins), journey.destination)
    unknown = next((end for end in ends if end.best is None), None)
    if unknown is not None:
        return _unknown(turn, unknown)
    if len(journey.origins) > MOST_ORIGINS:
        return Reply(turn.say("journey.too_many", most=MOST_ORIGINS), _elsewhere(turn))
    trip = Trip(
        tuple(Start(origin.party or ONE, origin.place.best) for origin in journey.origins),
        journey.destination.best,
        kind=said.kind or "training",
        days=_whole(said.days) if said.days is not None else 0,
        ticket=said.paid,
    )
    word = refused(turn, trip, said)
    if word is not None:
        return word
    others = _alternatives(turn, trip, journey) if len(trip.starts) == 1 else ()
    return trip_reply(
        turn, trip, typed=_typed(turn, ends), others=others, both=said.both, meetings=said.meetings
    )


def _typed(turn: Turn, ends: tuple[Found, ...]) -> Typed:
    return typed_otherwise(turn, {end.best.key: (end.best, end.typed) for end in ends if end.best})


def _alternatives(turn: Turn, trip: Trip, journey: Journey) -> Rows:
    """Other places of the names, one a row."""
    party = trip.starts[0].party
    ways: list[tuple[Trip, Place]] = [
        (replace(trip, starts=(Start(party, other),)), other) for other in journey.origins[0].place.others
    ]
    ways += [(replace(trip, destination=other), other) for other in journey.destination.others]
    return tuple(
        (Button(_place(turn, place), pack(TRIP, turn.language, state)),)
        for way, place in ways
        if (state := encode(way)) is not None
    )


def _place(turn: Turn, place: Place) -> str:
    name = load_places().shown(place, turn.language)
    return turn.label("journey.other", name=name, country=place.country)


def _unknown(turn: Turn, found: Found) -> Reply:
    gazetteer = load_places()

    def names(places: tuple[Place, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(gazetteer.shown(place, turn.language) for place in places))

    near = gazetteer.nearest(found.typed) if found.country is None else ()
    said = turn.say(
        "journey.unknown",
        typed=found.typed,
        near=names(near),
        country=found.country,
        towns=names(found.others),
    )
    return Reply(said, _elsewhere(turn))


def _elsewhere(turn: Turn) -> Rows:
    return (
        (Button(turn.label("trip.official"), url=turn.services.knowledge.call.travel.calculator.url),),
        (Button(turn.label("button.person"), pack("k", turn.language, turn.profile.sector or "choose")),),
    )
