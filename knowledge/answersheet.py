"""The answers of the eligibility quiz, and what they say in terms of the call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.call import Call
from knowledge.checklist import (
    AmountStep,
    BaseStep,
    Checklist,
    CountStep,
    DateStep,
    Limit,
    MonthsStep,
    Option,
    Step,
)
from knowledge.facts.conditions import Months
from knowledge.model import SECTORS, Sector
from knowledge.travel import grant_ceiling

Value = str | int | date
"""An answer: an option's code, a number (organisations, months, EUR) or a day."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers so far: step id and value."""

    values: tuple[tuple[str, Value], ...] = ()

    def get(self, step: str) -> Value | None:
        """The answer to a step; None where it is not answered."""
        return dict(self.values).get(step)

    def give(self, step: str, value: Value) -> Answers:
        """The same answers with one given or replaced."""
        return Answers((*self.drop(step).values, (step, value)))

    def drop(self, step: str) -> Answers:
        """The same answers without one."""
        return Answers(tuple(pair for pair in self.values if pair[0] != step))


def fits(step: Step, value: Value) -> bool:
    """Whether a value can be an answer to a step at all: a known option, a figure within reason, a day."""
    match value, step:
        case str(), _:
            return step.option(value) is not None
        case int(), AmountStep():
            return step.least <= value <= step.most
        case int(), CountStep() | MonthsStep():
            return 1 <= value <= step.most
        case date(), DateStep():
            return True
    return False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A checklist with answers: what has been said, in terms of the call."""

    checklist: Checklist
    call: Call
    answers: Answers

    def option(self, step: BaseStep) -> Option | None:
        """The option chosen in a step; None where a figure was given or nothing."""
        given = self.answers.get(step.id)
        return step.option(given) if isinstance(given, str) else None

    def picked(self) -> tuple[Option, ...]:
        """All options chosen, in the order of the steps."""
        return tuple(o for step in self.checklist.steps if (o := self.option(step)) is not None)

    def number(self, step: BaseStep) -> int | None:
        """The figure given in a step, or the one that the chosen option stands for."""
        given = self.answers.get(step.id)
        if isinstance(given, int):
            return given
        option = self.option(step)
        return option.counts if option else None

    def day(self, step: BaseStep) -> date | None:
        """The day given in a step."""
        given = self.answers.get(step.id)
        return given if isinstance(given, date) else None

    @property
    def sector(self) -> Sector | None:
        """The sector chosen; None where it is open or the field is another agency's."""
        named = {option.sector for option in self.picked()}
        return next((sector for sector in SECTORS if sector in named), None)

    @property
    def sectors(self) -> tuple[Sector, ...]:
        """The sectors still possible."""
        return (self.sector,) if self.sector else SECTORS

    @property
    def limits(self) -> Months:
        """The limits of the duration for the sector chosen."""
        return self.call.duration.of(self.sector)

    @property
    def months(self) -> int | None:
        """Months that the ceiling of the grant is computed from; the nearest allowed where none are named."""
        for step in self.checklist.steps:
            if isinstance(step, MonthsStep):
                option = self.option(step)
                nearest = {"below": self.limits.min_months, "above": self.limits.max_months}
                return nearest.get(option.means or "") if option else self.number(step)
        return None

    @property
    def ceiling(self) -> int:
        """The highest grant for the months known; the total where none are."""
        return self.call.grant.total if self.months is None else grant_ceiling(self.call, self.months)

    def values(self, step: BaseStep) -> dict[str, object]:
        """What the texts of a step and its rules may use besides the facts."""
        day = self.day(step)
        return {
            "call": self.call,
            "sector": self.sector,
            "limits": self.limits,
            "months": self.months,
            "ceiling": self.ceiling,
            "n": self.number(step),
            "day": day.isoformat() if day else None,
            "option": self.option(step),
            "given": {each.id: self.number(each) for each in self.checklist.steps},
        }


def least(call: Call, limit: Limit) -> tuple[int, tuple[str, ...]]:
    """The number the call asks for at least, with the sources of that fact."""
    if limit == "priorities":
        return call.priority_rule.at_least, call.priority_rule.source
    least = call.consortium.partners if limit == "partners" else call.consortium.countries
    return least, call.consortium.source
