"""The card of a trip: each line with unit cost and source, the total to copy, and steppers below."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from handlers.answers import with_footer
from handlers.buttons import pack, unpack
from handlers.context import Thread, Turn
from handlers.reply import Reply, Rows
from handlers.trip_rows import TRIP, trip_rows
from handlers.trip_state import encode
from knowledge.place import Place
from knowledge.places import load_places
from knowledge.reading import Reading
from knowledge.sources import places
from knowledge.trip import Cost, Trip, cost

TOPICS = {"training": "travel-bands", "meeting": "meeting-rates"}
"""The entry that a short message after the card continues, by kind."""

Typed = dict[str, str]
"""Keys of places, and how the person wrote them where that is another name."""


def trip_reply(
    turn: Turn,
    trip: Trip,
    *,
    typed: Typed | None = None,
    others: Rows = (),
    in_place: bool = False,
    both: bool = False,
    meetings: int = 1,
) -> Reply:
    """The card of a trip; ``others`` are buttons for other places of the same names.

    Where the message named ``both`` kinds, the card of a meeting tells in a line what training would give;
    where it counted ``meetings``, what all of them come to.

    Raises ValueError where people, days, distance or ticket make no sense.
    """
    spent = cost(turn.services.knowledge.call, trip)
    state = encode(trip)
    opens = state is not None and (turn.card is None or _is_trip(turn.card.state))
    reading = Reading(
        km=trip.km or (trip.distance(trip.starts[0]) if len(trip.starts) == 1 else None) or None,
        people=trip.people,
        staff=sum(start.party.staff for start in trip.starts) or None,
        learners=sum(start.party.learners for start in trip.starts) or None,
        days=Decimal(trip.days) if trip.days else None,
    )
    return Reply(
        _html(turn, trip, spent, typed or {}, both=both, meetings=meetings),
        trip_rows(turn, trip, spent, others),
        in_place=in_place,
        card=pack(TRIP, turn.language, state) if opens and state is not None else None,
        thread=Thread(TOPICS[trip.kind], turn.language, reading),
    )


def _is_trip(state: str) -> bool:
    """Whether the chat's open card is a trip; another dialogue is not pushed aside by a calculation."""
    press = unpack(state)
    return press is not None and press.kind == TRIP


def _html(turn: Turn, trip: Trip, spent: Cost, typed: Typed, *, both: bool, meetings: int) -> str:
    knowledge = turn.services.knowledge
    call = knowledge.call
    many = len(trip.starts) > 1
    training = cost(call, replace(trip, kind="training")) if both and trip.kind == "meeting" else None
    bands = call.travel.bands if trip.kind == "training" else call.meetings.bands

    def stands(sources: tuple[str, ...]) -> str:
        return places(knowledge.documents, sources, turn.language)

    rendered = turn.services.phrases.rendered(
        "trip.card",
        turn.language,
        trip=trip,
        cost=spent,
        bands=bands,
        many=many,
        destination=_name(turn, trip.destination, typed) if trip.destination else "",
        parts=[
            {
                "money": part,
                "origin": _name(turn, part.start.origin, typed) if part.start.origin else "",
                "sum": part.sum,
                "upper": getattr(part.way, "upper", None),
                "unnamed": part.start.party.people == part.start.party.others,
                "lines": len(part.stays) + (part.sum is not None),
            }
            for part in spent.parts
        ],
        either=spent.either,
        undecided=spent.undecided,
        meetings=meetings if trip.kind == "meeting" else 1,
        training=training.parts[0].sum if training and not many else None,
        paid=any(part.sum for part in spent.parts),
        far=any(part.km for part in spent.parts),
        agency=call.agency.code,
        page=call.guide.pages["training_money"].page,
        used=(
            *(call.travel.source if trip.kind == "training" else call.meetings.source),
            *(call.travel.source if training else ()),
            *(call.support.source if spent.known_days else ()),
            *(call.travel.expensive.source if trip.ticket and trip.kind == "training" else ()),
        ),
        at={
            "travel": stands(call.travel.source if trip.kind == "training" else call.meetings.source),
            "stay": stands(call.support.source),
            "expensive": stands((*call.travel.expensive.source, *call.travel.expensive_when.source)),
        },
    )
    return with_footer(turn, rendered, call.id)


def _name(turn: Turn, place: Place, typed: Typed) -> str:
    shown = load_places().shown(place, turn.language)
    return turn.say("trip.place", name=shown, country=place.country, typed=typed.get(place.key, ""))


def typed_otherwise(turn: Turn, named: dict[str, tuple[Place, str]]) -> Typed:
    """The typed forms of places that replies call otherwise."""
    gazetteer = load_places()
    return {
        key: typed
        for key, (place, typed) in named.items()
        if gazetteer.called_otherwise(typed, gazetteer.shown(place, turn.language))
    }


def of_kind(trip: Trip, kind: str | None) -> Trip:
    """The trip as the other kind, where one is named."""
    return replace(trip, kind="meeting" if kind == "meeting" else "training") if kind else trip
