"""/travel: distance → band → rate × people, with a stepper for the people."""

from __future__ import annotations

import re
from decimal import Decimal

from handlers.answers import with_footer
from handlers.buttons import Button, Press, pack
from handlers.context import Thread, Turn
from handlers.journey import journey_reply, read_journey
from handlers.reply import Reply, Rows
from knowledge import words
from knowledge.number_words import lexicon
from knowledge.numbers import People, Quantity, Unit, numbers
from knowledge.reading import Reading
from knowledge.render import Rendered
from knowledge.travel import MOST_PEOPLE, BelowBands, BetweenBands, TravelOutcome, TravelSum, travel

KIND = "t"

ENTRY = "travel"
"""What a calculated reply calls itself in `ask --json`."""

TOPIC = "travel-bands"
"""The entry that a short message after the card continues: "un četriem?"."""

_NEGATIVE = re.compile(r"^\s*[-−–]|\s[-−–]\d")


async def command(turn: Turn, args: str) -> Reply:
    """`/travel 850`, `850 km 4 cilvēki`, `850 x 4`: the sum, or a kind word with an example."""
    if not args.strip():
        return Reply(turn.say("travel.usage"), _examples(turn), thread=Thread(TOPIC, turn.language))
    between = read_journey(args, strict=False) if _names_places(args) else None
    if between is not None:
        return journey_reply(turn, between)
    read = distance_and_people(args)
    if words.listed("miles") & {token.form for token in words.tokens(args)}:
        return Reply(turn.say("travel.miles"), _examples(turn), thread=Thread(TOPIC, turn.language))
    if read is None or (_first_km(args) is None and _names_a_place(args)):
        return Reply(turn.say("travel.not_understood"), _examples(turn), thread=Thread(TOPIC, turn.language))
    return travel_reply(turn, *read)


async def pressed(turn: Turn, press: Press) -> Reply:
    """The people stepper: the same card with one person more or fewer."""
    try:
        km, people = Decimal(press.fields[0]), int(press.fields[1])
        travel(turn.services.knowledge.call.travel.bands, km, people)
    except (ValueError, ArithmeticError, IndexError):
        return Reply(turn.say("travel.usage"), _examples(turn))
    return travel_reply(turn, km, people, in_place=True)


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


def travel_reply(turn: Turn, km: Decimal, people: int, *, in_place: bool = False) -> Reply:
    """The card for a one-way distance in km and a head count, or a kind word where they make no sense."""
    try:
        outcome = travel(turn.services.knowledge.call.travel.bands, km, people)
    except ValueError:
        wrong = (
            "travel.people_out_of_range"
            if km > 0 and people not in range(1, MOST_PEOPLE + 1)
            else "travel.km_out_of_range"
        )
        return Reply(turn.say(wrong, most=MOST_PEOPLE), _examples(turn))
    rendered = _rendered(turn, outcome, people)
    about = turn.services.knowledge.call.id
    return Reply(
        with_footer(turn, rendered, about),
        _stepper(turn, km, people, outcome),
        in_place=in_place,
        thread=Thread(TOPIC, turn.language, Reading(km=km, people=people)),
    )


def _rendered(turn: Turn, outcome: TravelOutcome, people: int) -> Rendered:
    phrases = turn.services.phrases
    match outcome:
        case TravelSum():
            return phrases.rendered("travel.sum", turn.language, sum=outcome)
        case BetweenBands():
            return phrases.rendered("travel.between", turn.language, between=outcome, people=people)
        case BelowBands():
            return phrases.rendered("travel.below", turn.language, below=outcome)


def distance_and_people(text: str) -> tuple[Decimal, int] | None:
    """Distance in km and head count (1 if not named) of a typed argument; None where no distance is named.

    Learners and staff named apart are counted together; a negative figure is none.
    """
    if _NEGATIVE.search(text):
        return None
    found = [q for q in numbers(text) if q.unit in (None, Unit.KM, Unit.PEOPLE, Unit.YEAR, Unit.PARTNERS)]
    km = _take(found, Unit.KM) or _take(found, None) or _take(found, Unit.YEAR)
    apart = sum(int(q.value) for q in found if q.people in (People.LEARNER, People.STAFF))
    people = _take(found, Unit.PEOPLE) or _take(found, Unit.PARTNERS) or _take(found, None)
    if km is None:
        return None
    return Decimal(km.value), max(apart, int(people.value)) if people else 1


def _take(found: list[Quantity], unit: Unit | None) -> Quantity | None:
    for quantity in found:
        if quantity.unit is unit:
            found.remove(quantity)
            return quantity
    return None


def _stepper(turn: Turn, km: Decimal, people: int, outcome: TravelOutcome) -> Rows:
    distance = f"{km:f}"
    related = Button(turn.label("travel.how_far"), pack("e", turn.language, "travel-distance", ""))
    if isinstance(outcome, BelowBands):
        return ((related,), (_person(turn),))
    here = turn.label("travel.people", people=people)
    steps = tuple(
        Button(label, pack(KIND, turn.language, distance, str(to)))
        for label, to in (("−", people - 1), (here, people), ("+", people + 1))
        if 1 <= to <= MOST_PEOPLE
    )
    return (steps, (related,), (_person(turn),))


def _person(turn: Turn) -> Button:
    return Button(turn.label("button.person"), pack("k", turn.language, turn.profile.sector or "choose"))


def _examples(turn: Turn) -> Rows:
    return (
        tuple(
            Button(turn.label("travel.example", km=km), pack(KIND, turn.language, str(km), "1"))
            for km in (50, 300, 850)
        ),
    )
