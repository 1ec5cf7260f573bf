"""What a line says of a budget: "24 mēneši 4 partneri, 2 sanāksmes × 4 cilvēki 850 km, izņēmuma 4000".

A word that names a part ("sanāksmes", "izņēmuma") takes the figures after it up to the next such word, and
the count right before it. Months and partners belong to the project wherever they stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import get_args

from knowledge import words
from knowledge.budgetplan import SUMS
from knowledge.budgetsaid import Line, Part, Said, Wanted
from knowledge.budgetwords import is_written, names
from knowledge.facts.people import ProjectType
from knowledge.model import LANGUAGES, Sector
from knowledge.numbers import numbers
from knowledge.quantity import People, Quantity, Unit
from knowledge.reading import CAPITALS, SectorReader
from knowledge.words import Kind

_PARTS: tuple[Part, ...] = ("meetings", "events", "outputs", "training", *SUMS[2:], "management")
_OF_PROJECT = (Unit.MONTHS, Unit.YEARS, Unit.PARTNERS)
_NO_FIGURE = (Unit.DATE, Unit.TIME, Unit.ORDINAL, Unit.PERCENT, Unit.COUNTRIES)
_MONEY = (Unit.EUR, None, Unit.YEAR)
_BETWEEN = 3
"""Words at most between a count and the part it counts: "2 projekta starpvalstu sanāksmes"."""

_NEGATIVE = re.compile(r"(?:^|[\s:(])-\d")
_WORD = re.compile(r"[^\W\d_]+")
_STOPS = re.compile(r"[,;:](?=\D|$)|[;:]")


def read_budget(text: str, sectors: SectorReader) -> Said:
    """Everything that a text says of a budget; what is not understood is left out."""
    return _Reader(re.sub(r"\s*[\n•]\s*", "; ", text), sectors).said()


@dataclass(frozen=True, slots=True)
class _Named:
    """Words side by side that name one part."""

    part: Part
    start: int
    end: int


class _Reader:
    def __init__(self, text: str, sectors: SectorReader) -> None:
        self.text, self.sectors = text, sectors
        self.normal = words.normalise(text)
        self.words = [(m[0], m.start(), m.end()) for m in _WORD.finditer(self.normal)]
        self.practice = any(names("practice", word) for word, _, _ in self.words)
        self.named = self._all_named()
        self.quantities = numbers(text)
        self.counts = self._all_counts()

    def said(self) -> Said:
        lines = [self._line(at) for at in range(len(self.named))]
        counted = [count for count in self.counts if count is not None]
        of_project = [q for q in self.quantities if q.unit in _OF_PROJECT and q not in counted]
        return Said(
            months=_months(of_project),
            organisations=self._organisations([q for q in of_project if q.unit is Unit.PARTNERS]),
            sector=self._sector(),
            project_type=self._project_type(),
            lines=tuple(line for line in lines if not line.empty and line.part != "management"),
            loose=self._figures(None, self._within(0, self._start(0) if self.named else len(self.normal))),
            named=frozenset(each.part for each in self.named),
            wants=frozenset(
                want for want in get_args(Wanted) if any(names(want, w) for w, _, _ in self.words)
            ),
            negative=_NEGATIVE.search(self.normal) is not None,
            whole=self._is_whole(),
            asks=self._asks(),
        )

    def _all_named(self) -> list[_Named]:
        found: list[_Named] = []
        for at, (word, start, end) in enumerate(self.words):
            part = next((part for part in _PARTS if names(part, word)), None)
            if part is None and names("exchange", word) and not self.practice and not self._of_project(at):
                part = "training"
            if part is None:
                continue
            if found and self._side_by_side(found[-1].end, start):
                found[-1] = _Named(found[-1].part, found[-1].start, end)
            else:
                found.append(_Named(part, start, end))
        return found

    def _of_project(self, at: int) -> bool:
        """Whether the word stands before "projekts": "apmaiņas projekts" is a project type."""
        return at + 1 < len(self.words) and words.stem(self.words[at + 1][0]) == words.stem("projekts")

    def _side_by_side(self, end: int, start: int) -> bool:
        between = self.normal[end:start]
        found = _WORD.findall(between)
        return (
            not re.search(r"[\d,;:+]", between)
            and len(found) < _BETWEEN
            and not any(names("joint", word) for word in found)
        )

    def _all_counts(self) -> list[Quantity | None]:
        """For each part the count before it; not a sum named before: "izņēmuma 4000 īpašām 1500"."""
        counts: list[Quantity | None] = []
        for at, named in enumerate(self.named):
            count, before = self._count(named), self.named[at - 1] if at else None
            if count and before and before.part in SUMS and counts[-1] is None:
                first = next(
                    (q for q in self._within(before.end, named.start) if self._says(before, q)), None
                )
                count = None if count is first else count
            counts.append(count)
        return counts

    def _count(self, named: _Named) -> Quantity | None:
        """The figure right before the words, or the one that took one of them for its unit."""
        for quantity in reversed(self.quantities):
            if quantity.start < named.start < quantity.end:
                return quantity
            if quantity.end <= named.start:
                between = _WORD.findall(self.normal[quantity.end : named.start])
                near = self._side_by_side(quantity.end, named.start)
                if quantity.unit in (None, Unit.EUR):
                    return quantity if near else None
                of_partners = quantity.unit is Unit.PARTNERS and not between
                last = self.normal[quantity.start : quantity.end].split()[-1]
                return quantity if of_partners and is_written("of_partners", last) else None
        return None

    def _start(self, at: int) -> int:
        """Where the figures of a part begin: with its count."""
        count = self.counts[at]
        return min(count.start, self.named[at].start) if count else self.named[at].start

    def _within(self, start: int, end: int) -> list[Quantity]:
        return [q for q in self.quantities if start <= q.start < end and q.unit not in _NO_FIGURE]

    def _line(self, at: int) -> Line:
        named = self.named[at]
        end = self._start(at + 1) if at + 1 < len(self.named) else len(self.normal)
        if named.part in SUMS:
            return self._sum(at)
        count = self.counts[at]
        inside = [q for q in self._within(self._start(at), end) if q is not count]
        line = self._figures(named.part, inside)
        bare = list(line.bare)
        times = Decimal(count.value) if count else (bare.pop(0) if bare else None)
        people = line.people
        if people is None and line.staff is None and line.learners is None and bare:
            people = bare.pop(0)
        return Line(named.part, times, people, line.staff, line.learners, line.days, line.km)

    def _sum(self, at: int) -> Line:
        """The amount right before the words of a sum, or the first one after them."""
        named = self.named[at]
        end = self.named[at + 1].start if at + 1 < len(self.named) else len(self.normal)
        after = (q for q in self._within(named.end, end) if self._says(named, q))
        found = self.counts[at] or next(after, None)
        return Line(named.part, amount=Decimal(found.value) if found else None)

    def _says(self, named: _Named, quantity: Quantity) -> bool:
        """Whether a figure after a sum's words is the sum: money, and nothing ends the part between."""
        between = self.normal[named.end : quantity.start].rstrip(" :")
        return quantity.unit in _MONEY and _STOPS.search(between) is None

    def _figures(self, part: Part | None, found: list[Quantity]) -> Line:
        def first(unit: Unit, people: People | None = None) -> Decimal | None:
            return next((Decimal(q.value) for q in found if q.unit is unit and q.people is people), None)

        return Line(
            part,
            people=first(Unit.PEOPLE, People.PERSON),
            staff=first(Unit.PEOPLE, People.STAFF),
            learners=first(Unit.PEOPLE, People.LEARNER),
            days=first(Unit.DAYS),
            km=first(Unit.KM),
            amount=first(Unit.EUR),
            bare=tuple(Decimal(q.value) for q in found if q.unit in (None, Unit.YEAR)),
        )

    def _organisations(self, found: list[Quantity]) -> int | None:
        """With the applicant: "koordinators un 3 partneri" are four, "2 skolas un 1 biedrība" three."""
        if not found:
            return None
        total = found[0].value
        for one, other in pairwise(found):
            between = self.normal[one.end : other.start].strip(" ,")
            if between and not names("joint", between):
                break
            total += other.value
        before = _WORD.findall(self.normal[: found[0].start])[-2:]
        beside = len(before) == 2 and names("applicant", before[0]) and names("joint", before[1])
        return int(total) + beside if total == int(total) else 0

    def _project_type(self) -> ProjectType | None:
        said = [word for word, _, _ in self.words]
        innovation = any(names("innovation", word) for word in said)
        exchange = self.practice or any(
            names("exchange", word) and self._of_project(at) for at, word in enumerate(said)
        )
        if innovation == exchange:
            return None
        return "innovation" if innovation else "exchange"

    def _sector(self) -> Sector | None:
        """The sector, best by its code; what a figure counts ("12 skolēni", "3 skolas") names none."""
        codes = [token.form for token in words.tokens(self.text) if token.kind is Kind.CODE]
        coded = " ".join((*codes, *CAPITALS.findall(self.text)))
        return self.sectors.one(coded) or self.sectors.one(self._without_figures())

    def _without_figures(self) -> str:
        rest = list(self.normal)
        for quantity in self.quantities:
            rest[quantity.start : quantity.end] = " " * (quantity.end - quantity.start)
        return "".join(rest)

    def _asks(self) -> bool:
        said = {token.form for token in words.tokens(self.text)}
        return "?" in self.normal or any(said & words.question_words(language) for language in LANGUAGES)

    def _is_whole(self) -> bool:
        """Whether every word is understood: a part, a figure and its unit, a sector, no topic at all."""
        understood = ("exchange", "innovation", "practice", "filler", "applicant", "joint", *_PARTS)
        return all(
            token.kind is not Kind.WORD
            or len(token.form) == 1
            or words.carries_no_topic(token)
            or self.sectors.points_to_sector(token)
            or any(names(part, token.form) for part in (*understood, *get_args(Wanted)))
            for token in words.tokens(self._without_figures())
        )


def _months(found: list[Quantity]) -> Decimal | None:
    for quantity in found:
        if quantity.unit in (Unit.MONTHS, Unit.YEARS):
            return Decimal(quantity.value) * (12 if quantity.unit is Unit.YEARS else 1)
    return None
