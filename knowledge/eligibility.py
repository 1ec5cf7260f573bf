"""What the answers of the eligibility quiz amount to: a verdict for every rule of the call.

Pure: the rules are the call's data (`data/checks/*.yaml`), the limits its facts; nothing here knows a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from knowledge.answersheet import Answers, Sheet, least
from knowledge.call import Call
from knowledge.checklist import (
    CeilingRule,
    Checklist,
    ChoiceRule,
    ClosedRule,
    LeastRule,
    MostRule,
    RangeRule,
    Rule,
    Step,
    Verdict,
    WindowRule,
)
from knowledge.facts.conditions import Months
from knowledge.model import Text
from knowledge.quiz import next_step
from knowledge.travel import grant_ceiling

__all__ = ["Answers", "Judged", "judge", "next_step"]


@dataclass(frozen=True, slots=True)
class Judged:
    """A rule's verdict: templates of the finding and of what to do, the values they need, and the sources."""

    rule: str
    verdict: Verdict
    says: Text
    then: Text | None
    values: Mapping[str, object] = field(repr=False)
    sources: tuple[str, ...]


def judge(checklist: Checklist, call: Call, answers: Answers) -> tuple[Judged, ...]:
    """The verdict of every rule whose step is answered; none behind an answer that ends the quiz."""
    sheet = Sheet(checklist, call, answers)
    reached: set[str] = set()
    for step in checklist.steps:
        option = sheet.option(step)
        reached.add(step.id)
        if option is not None and option.ends:
            break
    return tuple(
        _judged(sheet, rule)
        for rule in checklist.rules
        if rule.step in reached and answers.get(rule.step) is not None
    )


def _judged(sheet: Sheet, rule: Rule) -> Judged:
    name, sources, more = _case(sheet, rule)
    case = rule.cases[name]
    values = sheet.values(sheet.checklist.step(rule.step)) | more
    own = rule.source if isinstance(rule, ChoiceRule) else ()
    return Judged(rule.id, case.verdict, case.says, case.then, values, (*(case.source or own), *sources))


Found = tuple[str, tuple[str, ...], dict[str, object]]
"""The name of the case, the sources of the facts that decided, values for its texts."""


def _case(sheet: Sheet, rule: Rule) -> Found:
    step = sheet.checklist.step(rule.step)
    match rule:
        case ChoiceRule():
            return str(sheet.answers.get(step.id)), (), {}
        case LeastRule():
            return _least(sheet, rule, step)
        case MostRule():
            return _most(sheet, step)
        case RangeRule():
            return _range(sheet, step)
        case WindowRule():
            return _window(sheet, step)
        case CeilingRule():
            return _ceiling(sheet, step)
        case ClosedRule():
            return _closed(sheet, step)


def _least(sheet: Sheet, rule: LeastRule, step: Step) -> Found:
    limit, sources = least(sheet.call, rule.limit)
    number, option = sheet.number(step), sheet.option(step)
    cap = sheet.number(sheet.checklist.step(rule.not_above)) if rule.not_above else None
    more: dict[str, object] = {"limit": limit, "cap": cap}
    if number is None:
        return ("met" if option and option.means == "within" else "unclear"), sources, more
    if cap is not None and number > cap:
        return "excess", sources, more
    return ("met" if number >= limit else "few"), sources, more


def _most(sheet: Sheet, step: Step) -> Found:
    number, limit = sheet.number(step), sheet.call.applications.per_deadline
    name = "unclear" if number is None else "met" if number <= limit else "many"
    return name, sheet.call.applications.source, {"limit": limit}


def _range(sheet: Sheet, step: Step) -> Found:
    months, option, duration = sheet.number(step), sheet.option(step), sheet.call.duration
    if months is None:
        names = {"below": "short", "within": "met", "above": "long"}
        return names.get((option and option.means) or "", "unclear"), duration.source, {}
    fitting = tuple(s for s in sheet.sectors if _within(months, duration.of(s)))
    if fitting:
        return ("met" if fitting == sheet.sectors else "depends"), duration.source, {"fitting": fitting}
    return ("short" if months < sheet.limits.min_months else "long"), duration.source, {}


def _within(months: int, limits: Months) -> bool:
    return limits.min_months <= months <= limits.max_months


def _window(sheet: Sheet, step: Step) -> Found:
    day, option, window = sheet.day(step), sheet.option(step), sheet.call.start
    if day is None:
        names = {"below": "early", "within": "met", "above": "late"}
        return names.get((option and option.means) or "", "unclear"), window.source, {}
    if day < date.fromisoformat(window.first):
        return "early", window.source, {}
    return ("met" if day <= date.fromisoformat(window.last) else "late"), window.source, {}


def _ceiling(sheet: Sheet, step: Step) -> Found:
    amount, option, grant = sheet.number(step), sheet.option(step), sheet.call.grant
    if amount is None:
        names = {"within": "met", "above": "over"}
        return names.get((option and option.means) or "", "unclear"), grant.source, {}
    if amount > sheet.ceiling:
        return "over", grant.source, {}
    shortest = min(sheet.call.duration.of(sector).min_months for sector in sheet.sectors)
    if sheet.months is None and amount > grant_ceiling(sheet.call, shortest):
        return "depends", grant.source, {"needed": -(-amount // grant.per_month)}
    return "met", grant.source, {}


def _closed(sheet: Sheet, step: Step) -> Found:
    option, types = sheet.option(step), sheet.call.project_types
    chosen = next((t for t in types if option is not None and t.id == option.project_type), None)
    left = tuple(t for t in types if sheet.sector is None or sheet.sector not in t.not_for)
    if chosen is None:
        return (
            "unclear",
            tuple(source for each in left for source in each.source),
            {"type": None, "left": left},
        )
    closed = tuple(sector for sector in sheet.sectors if sector in chosen.not_for)
    name = "met" if not closed else "closed" if closed == sheet.sectors else "depends"
    return name, chosen.source, {"type": chosen, "left": left}
