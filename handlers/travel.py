"""/travel: what is typed after it, by kilometres or by places, and words for what cannot be read."""

from __future__ import annotations

import re
from decimal import Decimal

from handlers.buttons import Button, Press, pack
from handlers.context import Thread, Turn
from handlers.journey import from_home, from_home_reply, journey_reply, read_journey, refused
from handlers.reply import Reply, Rows
from handlers.trip_card import trip_reply
from knowledge import words
from knowledge.number_words import lexicon
from knowledge.numbers import numbers
from knowledge.party import Party, party_of
from knowledge.quantity import Quantity, Unit
from knowledge.travel import FARTHEST_KM, MOST_PEOPLE
from knowledge.trip import MOST_MONEY, Start, Trip
from knowledge.trip_words import told, without_trip_words

KIND = "t"

TOPIC = "travel-bands"
"""The entry that a short message after the card continues: "un četriem?"."""

_NEGATIVE = re.compile(r"^\s*[-−–]|\s[-−–]\d")


async def command(turn: Turn, args: str) -> Reply:
    """`/travel 850`, `850 km 4 skolēni 5 dienas`, `Rīga Brno 3 sanāksme`: the card, or a kind word."""
    if not args.strip():
        return _ask(turn, "travel.usage")
    currency = turn.services.knowledge.call.currency
    said, rest = told(args, currency), without_trip_words(args, currency)
    between = read_journey(turn, args, strict=False) if _names_places(rest) else None
    if between is not None:
        return journey_reply(turn, between, said)
    to_there = from_home(turn, args, strict=False) if _names_places(rest) else None
    if to_there is not None:
        return from_home_reply(turn, to_there, said)
    if words.listed("miles") & {token.form for token in words.tokens(args)}:
        return _ask(turn, "travel.miles")
    if said.amount is not None and said.amount <= 0:
        return _ask(turn, "trip.money_out_of_range", most=MOST_MONEY)
    read = distance_and_people(rest)
    if read is None or (_first_km(rest) is None and _names_a_place(rest)):
        return _ask(turn, "travel.date" if said.date else "travel.not_understood")
    km, people = read
    trip = Trip(
        (Start(said.party or Party(others=people)),),
        km=km,
        kind=said.kind or "training",
        days=int(said.days) if said.days is not None and said.days == int(said.days) else 0,
        ticket=said.paid,
    )
    sensible = 0 < km <= FARTHEST_KM and 1 <= people <= MOST_PEOPLE
    return (refused(turn, trip, said) if sensible else None) or km_reply(turn, trip)


async def pressed(turn: Turn, press: Press) -> Reply:
    """An example distance, or a card of an older edition."""
    try:
        km, people = Decimal(press.fields[0]), int(press.fields[1])
        return km_reply(turn, Trip((Start(Party(others=people)),), km=km), in_place=True)
    except (ValueError, ArithmeticError, IndexError):
        return Reply(turn.say("travel.usage"), _examples(turn))


def _names_places(text: str) -> bool:
    """Whether a typed argument may name places: it has words, and none of them is a unit of distance."""
    return re.search(r"[^\W\d_]{2}", text) is not None and _first_km(text) is None


def _names_a_place(text: str) -> bool:
    """Whether a word stands there that is no unit and no small word: "Tallinn 4" is not four kilometres."""
    return any(
        token.kind is words.Kind.WORD
        and len(token.form) > 1
        and lexicon().unit(token.form) is None
        and not words.carries_no_topic(token)
        and not numbers(token.form)
        for token in words.tokens(text)
    )


def _first_km(text: str) -> Quantity | None:
    return next((quantity for quantity in numbers(text) if quantity.unit is Unit.KM), None)


def km_reply(turn: Turn, trip: Trip, *, in_place: bool = False) -> Reply:
    """The card for a one-way distance, or a kind word where distance or people make no sense."""
    try:
        return trip_reply(turn, trip, in_place=in_place)
    except ValueError:
        people = trip.km is not None and trip.km > 0 and trip.people not in range(1, MOST_PEOPLE + 1)
        wrong = "travel.people_out_of_range" if people else "travel.km_out_of_range"
        return Reply(turn.say(wrong, most=MOST_PEOPLE), _examples(turn))


def distance_and_people(text: str) -> tuple[Decimal, int] | None:
    """Distance in km and head count (1 if not named) of a typed argument; None where no distance is named.

    Learners and staff named apart are counted together; a negative figure is none.
    """
    if _NEGATIVE.search(text):
        return None
    found = [q for q in numbers(text) if q.unit in (None, Unit.KM, Unit.PEOPLE, Unit.YEAR, Unit.PARTNERS)]
    party = party_of(found)
    km = _take(found, Unit.KM) or _take(found, None) or _take(found, Unit.YEAR)
    if km is None:
        return None
    if party is not None:
        return Decimal(km.value), party.people
    people = _take(found, Unit.PARTNERS) or _take(found, None)
    return Decimal(km.value), int(people.value) if people else 1


def _take(found: list[Quantity], unit: Unit | None) -> Quantity | None:
    for quantity in found:
        if quantity.unit is unit:
            found.remove(quantity)
            return quantity
    return None


def _ask(turn: Turn, key: str, **values: object) -> Reply:
    """A word on what to write, with distances to press; the figure may follow in a message of its own."""
    return Reply(turn.say(key, **values), _examples(turn), thread=Thread(TOPIC, turn.language))


def _examples(turn: Turn) -> Rows:
    return (
        tuple(
            Button(turn.label("travel.example", km=km), pack(KIND, turn.language, str(km), "1"))
            for km in (50, 300, 850)
        ),
    )
