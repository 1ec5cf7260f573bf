"""/travel between places: gazetteer → straight line → band → sum, for one origin or a table of several."""

from __future__ import annotations

from decimal import Decimal

from handlers.answers import with_footer
from handlers.buttons import Button, Press, pack
from handlers.context import Thread, Turn
from handlers.other import stale
from handlers.reply import Reply, Rows
from knowledge.place import Found, Place, distance_km
from knowledge.place_journeys import MOST_ORIGINS, Journey
from knowledge.places import load_places
from knowledge.reading import Reading
from knowledge.travel import MOST_PEOPLE, BelowBands, BetweenBands, TravelOutcome, TravelSum, travel

KIND = "j"

TOPIC = "travel-bands"
"""The entry that a short message after the card continues."""

Leg = tuple[Place, Place, int]
"""Origin, destination and head count."""


def read_journey(text: str, *, strict: bool) -> Journey | None:
    """The journey a text names; `strict` for free questions, where two towns alone are no journey."""
    return load_places().read_journey(text, strict=strict)


async def pressed(turn: Turn, press: Press) -> Reply:
    """Another place of the name, or one person more or fewer."""
    places = load_places()
    start, end, people = (*press.fields, "", "", "")[:3]
    origin, destination = places.by_key(start), places.by_key(end)
    if origin is None or destination is None or not people.isdecimal() or not 1 <= int(people) <= MOST_PEOPLE:
        return await stale(turn)
    return _card(turn, (origin, destination, int(people)), (), in_place=True)


def journey_reply(turn: Turn, journey: Journey) -> Reply:
    """The card of a journey, or a kind word on what could not be read in it."""
    ends = (*(origin.place for origin in journey.origins), journey.destination)
    unknown = next((end for end in ends if end.best is None), None)
    if unknown is not None:
        return _unknown(turn, unknown)
    if len(journey.origins) > MOST_ORIGINS:
        return Reply(turn.say("journey.too_many", most=MOST_ORIGINS), _related(turn))
    counts = [1 if origin.people is None else origin.people for origin in journey.origins]
    if not all(1 <= count <= MOST_PEOPLE for count in counts):
        return Reply(turn.say("travel.people_out_of_range", most=MOST_PEOPLE), _related(turn))
    legs = [
        (origin.place.best, journey.destination.best, count)
        for origin, count in zip(journey.origins, counts, strict=True)
        if origin.place.best is not None and journey.destination.best is not None
    ]
    if len(legs) > 1:
        return _table(turn, legs)
    return _card(turn, legs[0], _alternatives(turn, journey.origins[0].place, journey.destination, counts[0]))


def _card(turn: Turn, leg: Leg, alternatives: Rows, *, in_place: bool = False) -> Reply:
    origin, destination, people = leg
    km, outcome = _outcome(turn, leg)
    rendered = turn.services.phrases.rendered(
        "journey.card",
        turn.language,
        origin=origin,
        destination=destination,
        km=km,
        people=people,
        sum=outcome if isinstance(outcome, TravelSum) else None,
        between=outcome if isinstance(outcome, BetweenBands) else None,
    )
    steps = tuple(
        Button(label, pack(KIND, turn.language, origin.key, destination.key, str(to)))
        for label, to in (
            ("−", people - 1),
            (turn.label("travel.people", people=people), people),
            ("+", people + 1),
        )
        if 1 <= to <= MOST_PEOPLE
    )
    paid = () if outcome is None or isinstance(outcome, BelowBands) else (steps,)
    return Reply(
        with_footer(turn, rendered, turn.services.knowledge.call.id),
        (*paid, *alternatives, *_related(turn)),
        in_place=in_place,
        thread=Thread(TOPIC, turn.language, Reading(km=km or None, people=people)),
    )


def _table(turn: Turn, legs: list[Leg]) -> Reply:
    lines = []
    for leg in legs:
        km, outcome = _outcome(turn, leg)
        paid = outcome.lower if isinstance(outcome, BetweenBands) else outcome
        lines.append(
            {
                "origin": leg[0],
                "km": km,
                "people": leg[2],
                "sum": paid if isinstance(paid, TravelSum) else None,
            }
        )
    rendered = turn.services.phrases.rendered(
        "journey.table",
        turn.language,
        destination=legs[0][1],
        lines=lines,
        total=sum(line["sum"].total for line in lines if isinstance(line["sum"], TravelSum)),
        people=sum(leg[2] for leg in legs),
    )
    return Reply(with_footer(turn, rendered, turn.services.knowledge.call.id), _related(turn))


def _outcome(turn: Turn, leg: Leg) -> tuple[Decimal, TravelOutcome | None]:
    """Distance in km and the sum for it; none for the same place twice."""
    km = distance_km(leg[0], leg[1])
    return km, travel(turn.services.knowledge.call.travel.bands, km, leg[2]) if km > 0 else None


def _alternatives(turn: Turn, start: Found, end: Found, people: int) -> Rows:
    """Other places of the names, one a row."""
    if start.best is None or end.best is None:
        return ()
    ways = [(other, end.best, other) for other in start.others] + [(start.best, o, o) for o in end.others]
    return tuple(
        (
            Button(
                turn.label("journey.other", place=place),
                pack(KIND, turn.language, origin.key, destination.key, str(people)),
            ),
        )
        for origin, destination, place in ways
    )


def _unknown(turn: Turn, found: Found) -> Reply:
    near = load_places().nearest_names(found.typed) if found.country is None else ()
    towns = tuple(place.name for place in found.others)
    said = turn.say("journey.unknown", typed=found.typed, near=near, country=found.country, towns=towns)
    return Reply(said, _related(turn))


def _related(turn: Turn) -> Rows:
    return (
        (Button(turn.label("journey.official"), url=turn.services.knowledge.call.travel.calculator.url),),
        (Button(turn.label("button.person"), pack("k", turn.language, turn.profile.sector or "choose")),),
    )
