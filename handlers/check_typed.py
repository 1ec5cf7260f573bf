"""Typed answers of the eligibility quiz: what a text says about its steps.

After /check everything that is understood counts. While a question is open a text counts only as a whole:
with a word left over, a question word or a question mark it is a question, and answered as one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from math import ceil
from typing import Literal

from knowledge import formats, words
from knowledge.answersheet import Answers, Value, fits
from knowledge.call import Call
from knowledge.checklist import (
    AmountStep,
    Checklist,
    CountStep,
    DateStep,
    MonthsStep,
    Option,
    Step,
)
from knowledge.model import LANGUAGES, Concept
from knowledge.numbers import numbers
from knowledge.quantity import Quantity, Unit
from knowledge.words import Kind, Token

OUT_OF_RANGE: Literal["out of range"] = "out of range"
"""The text is a figure for the open step, but outside reason: worth a word instead of a search."""

_DATE = re.compile(r"\b(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[./] ?(\d{1,2})(?:[./] ?(\d{4})\b)?)")
_NEGATIVE = re.compile(r"(?:^|\s)-\s?\d")
_HARDLY_MORE = 3
"""Words of a message that says little more than who one is: "mēs esam biedrība"."""

_MONTH_ABBREVIATION = 3  # letters: "sep", "okt"


def read_prefill(checklist: Checklist, call: Call, text: str) -> Answers:
    """All that a line says: "KA203 18 mēneši 3 partneri 3 valstis"; what is not understood is left out."""
    return _others(checklist, _Reader(checklist, call, text), Answers())


def read_typed(
    checklist: Checklist, call: Call, step: Step, text: str
) -> Answers | Literal["out of range"] | None:
    """The answer to the open step, with whatever else the text says; None where it is no answer to it."""
    reader = _Reader(checklist, call, text)
    value = reader.answer(step)
    if value is None or reader.is_question(step):
        return None
    if not fits(step, value):
        return OUT_OF_RANGE
    return _others(checklist, reader, Answers(((step.id, value),)))


def _others(checklist: Checklist, reader: _Reader, answers: Answers) -> Answers:
    for step in checklist.steps:
        value = reader.said(step) if answers.get(step.id) is None else None
        if value is not None and fits(step, value):
            answers = answers.give(step.id, value)
    return answers


class _Reader:
    """One text, read for the steps of one checklist."""

    def __init__(self, checklist: Checklist, call: Call, text: str) -> None:
        self.checklist, self.call = checklist, call
        self.normal = words.normalise(text)
        self.tokens = words.tokens(text)
        self.quantities = numbers(text, call.currency)
        self.spans: list[tuple[int, int]] = []

    def answer(self, step: Step) -> Value | None:
        """The answer to the open step: with its unit or without, a date without a year, an option's words."""
        match step:
            case CountStep() | MonthsStep() | AmountStep():
                value: Value | None = self._figure(step, (_unit(step), None, Unit.YEAR)[: _bare(step)])
            case DateStep():
                value = self._day(year_needed=False)
            case _:
                value = None
        value = value if value is not None else self._option(step)
        return value if value is not None else self._alone(step)

    def said(self, step: Step) -> Value | None:
        """What the text says of a step that is not asked: a figure with its unit, a date, telling words."""
        match step:
            case CountStep() | MonthsStep() | AmountStep():
                return self._figure(step, (_unit(step),))
            case DateStep():
                return self._day(year_needed=True)
        code = self._option(step) if step.prefill else None
        option = step.option(code) if code else None
        return code if option and option.means != "undecided" else None

    def is_question(self, step: Step) -> bool:
        """Whether the text asks something, or has a word left when all answers are taken out."""
        for other in self.checklist.steps:
            if other.id != step.id:
                self.said(other)
        rest = list(self.normal)
        for start, end in self.spans:
            rest[start:end] = " " * (end - start)
        telling = [o for s in self.checklist.steps if s.prefill or s.id == step.id for o in s.options]
        allowed = _keys(self.checklist.filler).union(*(self._option_keys(option) for option in telling))
        allowed = allowed.union(*(_keys(option.beside) | _keys(option.alone) for option in telling))
        if any(option.programme_country for option in telling):
            allowed |= {key for country in self._countries() for key in country}
        left = words.tokens("".join(rest))
        if isinstance(step, DateStep):
            left = tuple(t for t in left if not any(_names_month(t, keys) for keys in _months()))
        asking = any(token.form in _asking() for token in left)
        return "?" in self.normal or asking or any(not _known(token, allowed) for token in left)

    def _figure(self, step: Step, units: tuple[Unit | None, ...]) -> int | None:
        """The one figure with the first of the units that occurs; 0 for what is no whole positive number."""
        years = [q for q in self.quantities if q.unit is Unit.YEARS] if isinstance(step, MonthsStep) else []
        for unit in units:
            found = [q for q in self.quantities if q.unit is unit] or (years if unit is Unit.MONTHS else [])
            if len(found) == 1:
                self.spans.append((found[0].start, found[0].end))
                return self._whole(step, found[0])
        return None

    def _whole(self, step: Step, quantity: Quantity) -> int:
        value = quantity.value * 12 if quantity.unit is Unit.YEARS else quantity.value
        if _NEGATIVE.search(self.normal):
            return 0
        if isinstance(step, AmountStep):
            return ceil(value)  # a cent above the ceiling is above it
        return int(value) if value == int(value) else 0

    def _option(self, step: Step) -> str | None:
        """The option that most words point to, if it is one; a code (KA203) outweighs words."""
        codes = [token for token in self.tokens if token.kind is Kind.CODE]
        for tokens in (codes, list(self.tokens)):
            hits = {option.code: self._hits(option, tokens) for option in step.options}
            best = max(hits.values(), default=0)
            if best:
                named = [code for code, count in hits.items() if count == best]
                return named[0] if len(named) == 1 else None
        abroad = next((option for option in step.options if option.programme_country), None)
        return abroad.code if abroad and any(c <= self._said() for c in self._countries()) else None

    def _alone(self, step: Step) -> str | None:
        """The option that a message of a few words means by itself: "mēs esam biedrība"."""
        if len(self.tokens) > _HARDLY_MORE:
            return None
        keys = {option.code: _keys(option.alone) for option in step.options}
        meant = [c for c, known in keys.items() if any(_known(t, known, stop=False) for t in self.tokens)]
        return meant[0] if len(meant) == 1 else None

    def _said(self) -> set[str]:
        return {key for token in self.tokens for key in words.stems(token)}

    def _hits(self, option: Option, tokens: list[Token]) -> float:
        """Words for the option; those beside count half, and only with one of the others."""
        keys, beside = self._option_keys(option), _keys(option.beside)
        telling = sum(_known(token, keys, stop=False) for token in tokens)
        return telling + sum(_known(token, beside, stop=False) for token in tokens) / 2 if telling else 0

    def _option_keys(self, option: Option) -> set[str]:
        keys = _keys(option.words)
        if option.sector == "youth":
            keys |= _keys(self.call.youth.words) | {self.call.youth.code.casefold()}
        elif option.sector is not None:
            facts = self.call.sector(option.sector)
            keys |= _keys(facts.words) | {facts.code.casefold()}
        return keys

    def _countries(self) -> Iterator[set[str]]:
        for country in (*self.call.countries.eu, *self.call.countries.other):
            for language in LANGUAGES:
                yield {words.index_stem(token, language) for token in words.tokens(country.to(language))}

    def _day(self, *, year_needed: bool) -> date | None:
        """A date in figures or with the month in words; without a year it is the one nearest the window."""
        match = _DATE.search(self.normal)
        if match and (match[1] or match[6] or not year_needed):
            self.spans.append(match.span())
            if match[1]:
                return _valid(int(match[1]), int(match[2]), int(match[3]))
            return self._near_window(int(match[6]) if match[6] else None, int(match[5]), int(match[4]))
        named = {i for i, keys in enumerate(_months(), 1) for t in self.tokens if _names_month(t, keys)}
        if len(named) != 1:
            return None
        dated = [q for q in self.quantities if q.unit is Unit.DATE]
        years = [q for q in self.quantities if q.unit is Unit.YEAR]
        self.spans += [(q.start, q.end) for q in (*dated[:1], *years[:1])]
        year = int(years[0].value) if years else None
        return self._near_window(year, named.pop(), int(dated[0].value) if dated else 1)

    def _near_window(self, year: int | None, month: int, day: int) -> date | None:
        first, last = (date.fromisoformat(day) for day in (self.call.start.first, self.call.start.last))
        if year is not None:
            return _valid(year, month, day)
        dates = [d for y in range(first.year, last.year + 1) if (d := _valid(y, month, day))]
        return next((d for d in dates if first <= d <= last), dates[0] if dates else None)


def _unit(step: CountStep | MonthsStep | AmountStep) -> Unit:
    if isinstance(step, CountStep):
        return Unit.PARTNERS if step.limit == "partners" else Unit.COUNTRIES
    return Unit.MONTHS if isinstance(step, MonthsStep) else Unit.EUR


def _bare(step: Step) -> int:
    """How many readings a figure may have where it is asked for: "2020" is a sum, but no number of months."""
    return 3 if isinstance(step, AmountStep) else 2


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _keys(concept: Concept) -> set[str]:
    keys: set[str] = set()
    for language, text in (("lv", concept.lv), ("en", concept.en), ("ru", concept.ru)):
        for token in words.tokens(text):
            keys |= {token.form, words.index_stem(token, language)}
    return keys


def _known(token: Token, keys: set[str], *, stop: bool = True) -> bool:
    if stop and any(token.form in words.stop_words(language) for language in LANGUAGES):
        return True
    return token.form in keys or not keys.isdisjoint(words.stems(token))


@lru_cache(maxsize=1)
def _asking() -> frozenset[str]:
    return frozenset().union(*(words.question_words(language) for language in LANGUAGES))


@lru_cache(maxsize=1)
def _months() -> tuple[frozenset[str], ...]:
    """For each month the forms and stems of its names in both languages."""
    return tuple(
        frozenset(
            key
            for language in LANGUAGES
            for case in formats.CASES
            for token in words.tokens(formats.month(f"2000-{month:02}", language, case))
            if token.kind is Kind.WORD and token.form != "gada"
            for key in (token.form, words.index_stem(token, language))
        )
        for month in range(1, 13)
    )


def _names_month(token: Token, keys: frozenset[str]) -> bool:
    short = len(token.form) == _MONTH_ABBREVIATION and any(key.startswith(token.form) for key in keys)
    return short or token.form in keys or not keys.isdisjoint(words.stems(token))
