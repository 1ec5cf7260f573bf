"""The typed checklist of one call: steps of the quiz and rules that judge the answers (`data/checks/*.yaml`).

Figures never stand there: a step or rule names the fact it goes by, its texts are templates over facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from knowledge.facts.people import ProjectType
from knowledge.model import Concept, Fact, Sector, Sourced, Sources, Text
from knowledge.values import Count

Verdict = Literal["met", "not_met", "unclear"]

OptionCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]$")]
StepCode = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
"""Codes travel in buttons: never reuse one for something else. Options: capitals; figures: small letters."""

Limit = Literal["partners", "countries", "priorities"]
"""Of what the call asks for a least number."""

Means = Literal["below", "within", "above", "undecided"]
"""What an option says where a figure or day is asked: under the limits, within, over, or not known yet."""


class Option(Fact):
    """One answer to choose.

    `words` point to it when typed, those `beside` strengthen them ("vocational *school*"), those `alone` mean
    it where the message is hardly more than that ("a school"). `short` says it in the line of answers so
    far, `counts` is the figure it stands for, `sector` the sector ("youth": another
    agency's field) whose words count as well, `programme_country` accepts the names of such countries. An
    option that `ends` the quiz makes further questions pointless. `contact: false` keeps the contact out of
    the result, `entry` is an entry worth reading afterwards.
    """

    code: OptionCode
    label: Text
    short: Text | None = None
    words: Concept = Concept()
    beside: Concept = Concept()
    alone: Concept = Concept()
    sector: Sector | Literal["youth"] | None = None
    project_type: ProjectType | None = None
    counts: int | None = None
    means: Means | None = None
    programme_country: bool = False
    ends: bool = False
    contact: bool = True
    entry: str | None = None


class BaseStep(Fact):
    """A question of the quiz; `offer` labels the figures on buttons, `recap` says one in the line of answers.

    `prefill` marks steps whose words count wherever they are typed (after /check, beside another answer).
    """

    id: str
    code: StepCode
    ask: Text
    hint: Text | None = None
    offer: Text | None = None
    recap: Text | None = None
    options: tuple[Option, ...] = ()
    prefill: bool = False

    def option(self, code: str) -> Option | None:
        """The option with a code."""
        return next((option for option in self.options if option.code == code), None)


class OptionsStep(BaseStep):
    """A choice among options."""

    kind: Literal["options"]


class CountStep(BaseStep):
    """A number from 1 to `most` (a sanity limit); buttons go `beyond` the limit, not over that of `up_to`."""

    kind: Literal["count"]
    limit: Limit
    beyond: int = Field(ge=0)
    most: Count
    up_to: str | None = None


class MonthsStep(BaseStep):
    """Months from 1 to `most` (a sanity limit); buttons at both limits and `every` so many months between."""

    kind: Literal["months"]
    every: Count
    most: Count


class DateStep(BaseStep):
    """A day; buttons for the months in which a project may start."""

    kind: Literal["date"]


class AmountStep(BaseStep):
    """A sum in the call's currency from `least` to `most` (sanity limits); the ceiling is computed.

    Less is a slip: who types "3" means the third button.
    """

    kind: Literal["amount"]
    least: Count = 1
    most: Count


Step = Annotated[
    OptionsStep | CountStep | MonthsStep | DateStep | AmountStep,
    Field(discriminator="kind"),
]


class Case(Fact):
    """What is said in one case: the finding, and under it what to change or how to find out."""

    verdict: Verdict
    says: Text
    then: Text | None = None
    source: Sources = ()

    @model_validator(mode="after")
    def _not_met_says_what_to_change(self) -> Case:
        if self.verdict == "not_met" and self.then is None:
            raise ValueError("a case that is not met says in `then` what to change")
        return self


class BaseRule(Fact):
    """A rule on the answer to one step; `cases` by name, all of `NEEDED`."""

    NEEDED: ClassVar[tuple[str, ...]] = ()

    id: str
    step: str
    cases: dict[str, Case]


class ChoiceRule(BaseRule, Sourced):
    """The option chosen decides: a case for each option's code. No fact of the call brings its source."""

    kind: Literal["choice"]


class LeastRule(BaseRule):
    """At least as many as the call says; `not_above` names a step whose number cannot be exceeded."""

    NEEDED: ClassVar = ("few", "met", "unclear")

    kind: Literal["least"]
    limit: Limit
    not_above: str | None = None


class MostRule(BaseRule):
    """At most as many as the call says."""

    NEEDED: ClassVar = ("met", "many", "unclear")

    kind: Literal["most"]
    limit: Literal["applications"]


class RangeRule(BaseRule):
    """Months within the sector's limits; `depends` where only some sectors allow them and none is chosen."""

    NEEDED: ClassVar = ("short", "met", "long", "unclear", "depends")

    kind: Literal["range"]


class WindowRule(BaseRule):
    """A day within the window for the start."""

    NEEDED: ClassVar = ("early", "met", "late", "unclear")

    kind: Literal["window"]


class CeilingRule(BaseRule):
    """A sum up to the ceiling that follows from the months; `depends` where those are not known."""

    NEEDED: ClassVar = ("met", "over", "unclear", "depends")

    kind: Literal["ceiling"]


class ClosedRule(BaseRule):
    """A project type that is not closed to the sector; `depends` where no sector is chosen."""

    NEEDED: ClassVar = ("met", "closed", "unclear", "depends")

    kind: Literal["closed"]


Rule = Annotated[
    ChoiceRule | LeastRule | MostRule | RangeRule | WindowRule | CeilingRule | ClosedRule,
    Field(discriminator="kind"),
]


class Checklist(Fact):
    """The quiz of one call; `filler` are words that may stand around a typed answer, `next` ends a result."""

    call: str
    filler: Concept
    next: Text
    steps: tuple[Step, ...]
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _fits_together(self) -> Checklist:
        problems = [
            *_twice("step code", [s.code for s in self.steps]),
            *_twice("step", [s.id for s in self.steps]),
        ]
        for step in self.steps:
            problems += _twice(f"option of {step.id}", [option.code for option in step.options])
        for rule in self.rules:
            problems += self._wrong_with(rule)
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def step(self, step_id: str) -> Step:
        """A step by its id."""
        return next(step for step in self.steps if step.id == step_id)

    def _wrong_with(self, rule: Rule) -> Iterator[str]:
        step = next((step for step in self.steps if step.id == rule.step), None)
        if step is None:
            yield f"rule {rule.id} names step {rule.step!r}, which does not exist"
            return
        needed = {o.code for o in step.options} if isinstance(rule, ChoiceRule) else set(rule.NEEDED)
        if isinstance(rule, LeastRule) and rule.not_above is not None:
            needed.add("excess")
        if needed != rule.cases.keys():
            yield f"rule {rule.id} needs exactly the cases {', '.join(sorted(needed))}"


def _twice(what: str, values: list[str]) -> list[str]:
    return [f"{what} {value!r} stands twice" for value in sorted({v for v in values if values.count(v) > 1})]
