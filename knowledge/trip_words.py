"""What a message says of a trip besides its places: kind, people, days, and what a ticket costs.

"projekta sanāksme, 3 cilvēki" → a meeting of three; "reālās ceļa izmaksas 900 EUR katram" → a ticket of 900
for each. The words stand in ``data/words.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from knowledge import words
from knowledge.number_words import lexicon
from knowledge.numbers import numbers
from knowledge.party import Party, party_of
from knowledge.quantity import Quantity, Unit
from knowledge.trip import Kind, Ticket
from knowledge.words import Token

_STEMMED = 4  # letters of a stem from which any form counts: "tik" of "tikšanās" is also "only"
_MINUS = re.compile(r"(?:^|[\s(])-\s?$")
_WORD = re.compile(r"[^\W\d_]+")
_TELLING = ("meeting", "training", "ticket", "each", "altogether", "stay")
_WEEK = Decimal(7)
_MOST_MEETINGS = 50
_AMOUNT = "EUR"  # what readers without a call take for an amount
_QUANTIFIED = (None, Unit.PEOPLE, Unit.DAYS, Unit.EUR, Unit.KM)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said; none where it is not. ``bare`` is a figure that counts nothing named.

    ``days`` and ``amount`` are as typed, sensible or not. ``months`` tells that a length stands in months,
    ``date`` that a date does. ``ticket`` tells that an amount is named as the real cost of the way, ``both``
    that a meeting is named and training too, ``meetings`` how many meetings are counted.
    """

    kind: Kind | None = None
    party: Party | None = None
    days: Decimal | None = None
    amount: Decimal | None = None
    km: Decimal | None = None
    bare: int | None = None
    each: bool = True
    ticket: bool = False
    months: bool = False
    date: bool = False
    both: bool = False
    meetings: int = 1

    @property
    def paid(self) -> Ticket | None:
        """The real cost of the way, if it is told."""
        return Ticket(self.amount, self.each) if self.ticket and self.amount is not None else None


def told(text: str, currency: str) -> Told:
    """What a message says of a trip; amounts are in ``currency``."""
    found = numbers(text, currency)
    bare = next((q for q in found if q.unit is None and isinstance(q.value, int)), None)
    amount = next((q for q in found if q.unit is Unit.EUR), None)
    days = next((q for q in found if q.unit is Unit.DAYS), None)
    return Told(
        kind=kind_named(text),
        party=party_of(found),
        days=_value(days) if days else _a_week(text, found),
        amount=_signed(text, amount),
        km=_value(next((q for q in found if q.unit is Unit.KM), None)),
        bare=int(bare.value) if bare else None,
        each=not _names(text, "altogether") or _names(text, "each"),
        ticket=_names(text, "ticket"),
        months=any(q.unit in (Unit.MONTHS, Unit.YEARS) for q in found),
        date=any(q.unit is Unit.DATE for q in found),
        both=_names(text, "meeting") and _names_training(text),
        meetings=_meetings(text, found),
    )


def kind_named(text: str) -> Kind | None:
    """The kind of trip that a message names; a meeting where it names both."""
    if _names(text, "meeting"):
        return "meeting"
    return "training" if _names_training(text) else None


def _names_training(text: str) -> bool:
    return _names(text, "training") or any(token.form in _listed("taught")[0] for token in words.tokens(text))


def without_trip_words(text: str, currency: str) -> str:
    """The text as one reads places in it: a comma for each word that tells of the trip and is no place.

    An amount stays an amount, in whatever currency the call has, so that nobody counts it as people. A
    capital within the text is a name's: Vila Real is a town.
    """
    code = currency.casefold()

    def read(match: re.Match[str]) -> str:
        if match[0].casefold() == code:
            return _AMOUNT
        return match[0] if match.start() and match[0][0].isupper() else _kept(match[0])

    return _WORD.sub(read, text)


@lru_cache(maxsize=16_384)
def _kept(word: str) -> str:
    return "," if any(_names(word, section) for section in _TELLING) else word


def only_tells(text: str, currency: str) -> bool:
    """Whether a message says nothing but what ``told`` reads: no place, no topic of its own."""
    normal = words.normalise(text)
    for quantity in reversed(numbers(text, currency)):
        if quantity.unit not in _QUANTIFIED:
            return False
        normal = normal[: quantity.start] + " " + normal[quantity.end :]
    return all(
        words.carries_no_topic(token)
        or lexicon().unit(token.form) is not None
        or token.form == currency.casefold()
        or any(_is(token, section) for section in words.word_data()["trip"])
        for token in words.tokens(normal)
    )


def _meetings(text: str, found: list[Quantity]) -> int:
    """The figure right before the word for a meeting: "3 sanāksmēm 2 cilvēkiem"."""
    normal = words.normalise(text)
    for quantity in found:
        following = words.tokens(normal[quantity.end :])[:2]
        counts = quantity.unit in (None, Unit.PARTNERS) and isinstance(quantity.value, int)
        if counts and 1 < quantity.value <= _MOST_MEETINGS and any(_is(t, "meeting") for t in following):
            return int(quantity.value)
    return 1


def _names(text: str, section: str) -> bool:
    return any(_is(token, section) for token in words.tokens(text))


def _is(token: Token, section: str) -> bool:
    forms, stems = _listed(section)
    return token.form in forms or not stems.isdisjoint(words.stems(token))


@lru_cache(maxsize=16)
def _listed(section: str) -> tuple[frozenset[str], frozenset[str]]:
    tokens = words.tokens(words.word_data()["trip"][section])
    keys = {key for token in tokens for key in words.stems(token)[:1]}
    forms = frozenset(token.form for token in tokens)
    return forms, frozenset(key for key in keys if len(key.removeprefix(words.RUSSIAN)) >= _STEMMED)


def _a_week(text: str, found: list[Quantity]) -> Decimal | None:
    """Seven days where a week is named without a number: "uz nedēļu", "for a week"."""
    normal = words.normalise(text)
    counted = [token.form for q in found for token in words.tokens(normal[q.start : q.end])]
    named = [token.form for token in words.tokens(text) if token.form in _listed("week")[0]]
    return _WEEK if set(named) - set(counted) else None


def _value(quantity: Quantity | None) -> Decimal | None:
    return None if quantity is None else Decimal(quantity.value)


def _signed(text: str, quantity: Quantity | None) -> Decimal | None:
    """The figure, below 0 where a minus stands before it."""
    if quantity is None:
        return None
    minus = _MINUS.search(words.normalise(text)[: quantity.start])
    return -Decimal(quantity.value) if minus else Decimal(quantity.value)
