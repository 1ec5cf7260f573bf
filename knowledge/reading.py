"""What a message names besides its topic: sector, distance, people, months, days, an amount, a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge import words
from knowledge.call import Call
from knowledge.model import Concept, Sector
from knowledge.number_words import lexicon
from knowledge.numbers import numbers
from knowledge.party import party_of
from knowledge.quantity import People, Quantity, Unit
from knowledge.words import Kind, Script, Token


@dataclass(frozen=True, slots=True)
class Reading:
    """Figures and sector of one message; None where it names none, or several sectors at once.

    `people` is the head count of all kinds, `staff` and `learners` what is named as such, `kind` the only one
    of these two that is named without a number ("uzturēšanās skolēnam"), `named_day` a
    day of the activity ("no 15. dienas", "pēc 14 dienām"). A distance "up to 2000 km" asks for the table and
    is no figure to calculate with. `amount` is in the currency of the call. `application` tells that the
    number of one application is named.
    """

    sector: Sector | None = None
    km: Decimal | None = None
    people: int | None = None
    staff: int | None = None
    learners: int | None = None
    kind: People | None = None
    months: Decimal | None = None
    days: Decimal | None = None
    named_day: int | None = None
    amount: Decimal | None = None
    year: int | None = None
    application: bool = False


_APPLICATION = re.compile(r"\b\d{4}-\d-[A-Za-z]{2}\d{2}-KA\d{3}(?:-|\b)", re.IGNORECASE)
"""The number of one application, e.g. 2020-1-LV01-KA201-077512."""

ONLY_MONEY = 100_000
"""A figure from here on is an amount even where no currency is named; roads and crowds are smaller."""

MOST_BARE_PEOPLE = 99
"""A bare figure up to here may count people ("850 km 4"); a greater one is a rate or another distance."""

CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
"""Abbreviations: a small word in capitals ("HE") is one."""


class SectorReader:
    """Finds the sector that a text names by code or by a word in any inflection, without diacritics too."""

    def __init__(self, call: Call) -> None:
        self._by_stem: dict[str, Sector] = {}
        for sector in call.sectors:
            self._by_stem.update(dict.fromkeys(_stems(sector.code, sector.words), sector.id))
        self._name_stems = frozenset(
            words.index_stem(token, language)
            for sector in call.sectors
            for language, text in (("lv", sector.name.lv), ("en", sector.name.en))
            for token in words.tokens(text)
        )
        self.currency = call.currency
        self._action = next(iter(self._by_stem))[:3]
        self._youth = frozenset(_stems(call.youth.code, call.youth.words))

    def youth(self, text: str) -> bool:
        """Whether the text names the youth field, which another agency runs."""
        return any(stem in self._youth for token in words.tokens(text) for stem in _keys(token))

    def elsewhere(self, text: str) -> tuple[str, ...]:
        """Stems that lead out of the four sectors: codes of other actions, words for the youth field."""
        return tuple(
            stem
            for token in words.tokens(text)
            for stem in words.stems(token)[:1]
            if stem in self._youth
            or (token.kind is Kind.CODE and stem not in self._by_stem and stem != self._action)
        )

    def ours(self, text: str) -> tuple[str, ...]:
        """Codes of this action and of its sectors that the text names: KA2, KA203."""
        return tuple(
            token.form
            for token in words.tokens(text)
            if token.kind is Kind.CODE and (token.form == self._action or token.form in self._by_stem)
        )

    def points_to_sector(self, token: Token) -> bool:
        """Whether a word names a sector or belongs to a sector's name ("izglītība", "education")."""
        return any(stem in self._by_stem or stem in self._name_stems for stem in _keys(token))

    def all(self, text: str) -> tuple[Sector, ...]:
        """Every sector the text names, in the order of its words.

        A school right behind another sector's word is of that sector: "profesionālā skola".
        """
        found: dict[Sector, None] = {}
        before: Sector | None = None
        tokens, capitals = words.tokens(text), CAPITALS.findall(text)
        for token in tokens:
            small = words.carries_no_topic(token) and len(tokens) > 1
            if small and token.form.upper() not in capitals:  # "he" is a pronoun, "HE" higher education
                continue
            here = next((self._by_stem[stem] for stem in _keys(token) if stem in self._by_stem), None)
            if here is not None and not (here == "school" and before is not None):
                found[here] = None
            before = here
        return tuple(found)

    def one(self, text: str) -> Sector | None:
        """The sector of a text that names exactly one."""
        found = self.all(text)
        return found[0] if len(found) == 1 else None

    def of_stem(self, stem: str) -> Sector | None:
        """The sector that a word with this stem names."""
        return self._by_stem.get(stem)


def _keys(token: Token) -> tuple[str, ...]:
    """The keys of a word; only its own where it is a common word that merely reads like a Russian one."""
    keys = words.stems(token)
    return keys[:1] if token.script is Script.LATIN and token.form in words.listed("everyday") else keys


def _stems(code: str, named: Concept) -> Iterator[str]:
    yield code.casefold()
    for language, text in (("lv", named.lv), ("en", named.en), ("ru", named.ru)):
        for token in words.tokens(text):
            yield words.index_stem(token, language)


def read(text: str, sectors: SectorReader) -> Reading:
    """The figures and the sector of a message; of several figures of one kind the first counts."""
    found = numbers(text, sectors.currency)
    party = party_of(found)
    people = party.people if party else None
    if people is None and any(q.unit in (Unit.KM, Unit.DAYS) for q in found):
        people = next((int(q.value) for q in found if q.unit is None and q.value <= MOST_BARE_PEOPLE), None)
    ordinal = _first(found, Unit.ORDINAL)
    days, km = _first(found, Unit.DAYS), _first(found, Unit.KM)
    later = days is not None and _preceded(text, days, "later")
    if days is not None and later:
        ordinal, days = replace(days, value=days.value + 1), None
    return Reading(
        sector=sectors.one(text),
        km=None if km is not None and _preceded(text, km, "bounds") else _value(km),
        people=people,
        staff=_counted(found, People.STAFF),
        learners=_counted(found, People.LEARNER),
        kind=_kind(text),
        months=_months(found),
        days=_value(days),
        named_day=int(ordinal.value) if ordinal else None,
        amount=_amount(found),
        year=_whole(_first(found, Unit.YEAR)),
        application=bool(_APPLICATION.search(text)),
    )


def _preceded(text: str, quantity: Quantity, section: str) -> bool:
    """Whether one of the three words before a figure is of a kind: "after", "up to"."""
    listed = words.listed(section)
    before = words.normalise(text)[: quantity.start].split()[-3:]
    return any(word.strip(".,") in listed for word in before)


def _first(found: list[Quantity], unit: Unit | None) -> Quantity | None:
    return next((quantity for quantity in found if quantity.unit is unit), None)


def _value(quantity: Quantity | None) -> Decimal | None:
    return Decimal(quantity.value) if quantity else None


def _whole(quantity: Quantity | None) -> int | None:
    return int(quantity.value) if quantity else None


def _kind(text: str) -> People | None:
    """Learners or staff, where a text names one of them and not the other."""
    units = {lexicon().unit(token.form) for token in words.tokens(text)}
    named = [kind for kind, unit in ((People.LEARNER, "learners"), (People.STAFF, "staff")) if unit in units]
    return named[0] if len(named) == 1 else None


def _amount(found: list[Quantity]) -> Decimal | None:
    """What is named in EUR, or a figure too great to count anything else."""
    named = _value(_first(found, Unit.EUR))
    bare = (Decimal(q.value) for q in found if q.unit is None and q.value >= ONLY_MONEY)
    return named if named is not None else next(bare, None)


def _months(found: list[Quantity]) -> Decimal | None:
    months, years = _value(_first(found, Unit.MONTHS)), _value(_first(found, Unit.YEARS))
    return months if months is not None else years * 12 if years is not None else None


def _counted(found: list[Quantity], kind: People) -> int | None:
    """How many staff or learners a message names, all its groups together."""
    groups = [int(q.value) for q in found if q.unit is Unit.PEOPLE and q.people is kind]
    return sum(groups) if groups else None
