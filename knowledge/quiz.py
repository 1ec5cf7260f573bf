"""The course of the eligibility quiz: which question comes next, which came before, what buttons offer."""

from __future__ import annotations

from datetime import date

from knowledge.answersheet import Answers, Sheet, Value, least
from knowledge.call import Call
from knowledge.checklist import Checklist, CountStep, DateStep, MonthsStep, Option, Step


def next_step(checklist: Checklist, call: Call, answers: Answers) -> Step | None:
    """The first step without an answer; None where all are answered or an answer ends the quiz."""
    sheet = Sheet(checklist, call, answers)
    if any(option.ends for option in sheet.picked()):
        return None
    return next((step for step in checklist.steps if answers.get(step.id) is None), None)


def step_back(checklist: Checklist, call: Call, answers: Answers) -> Answers | None:
    """The answers without the one given before the open step; None at the beginning."""
    if any(option.ends for option in Sheet(checklist, call, answers).picked()):
        return next(answers.drop(step.id) for step in checklist.steps if _ends(step, answers))
    for step in reversed(_before(checklist, next_step(checklist, call, answers))):
        if answers.get(step.id) is not None:
            return answers.drop(step.id)
    return None


def offers(checklist: Checklist, call: Call, answers: Answers, step: Step) -> tuple[Value, ...]:
    """Figures and days offered as buttons of a step, from the call's limits."""
    sheet = Sheet(checklist, call, answers)
    match step:
        case CountStep():
            most = least(call, step.limit)[0] + step.beyond
            cap = sheet.number(checklist.step(step.up_to)) if step.up_to else None
            return tuple(range(1, min(most, cap or most) + 1))
        case MonthsStep():
            low, high = sheet.limits.min_months, sheet.limits.max_months
            return tuple(sorted({low, high, *(m for m in range(low, high) if m % step.every == 0)}))
        case DateStep():
            return _months_between(date.fromisoformat(call.start.first), date.fromisoformat(call.start.last))
    return ()


def options_shown(checklist: Checklist, call: Call, answers: Answers, step: Step) -> tuple[Option, ...]:
    """The options that make sense: "more" only where the figures offered are not all there can be."""
    if not isinstance(step, CountStep) or step.up_to is None:
        return step.options
    cap = Sheet(checklist, call, answers).number(checklist.step(step.up_to))
    offered = offers(checklist, call, answers, step)
    complete = cap is not None and cap <= len(offered)
    return tuple(option for option in step.options if not (complete and option.means == "within"))


def _ends(step: Step, answers: Answers) -> bool:
    return any(option.ends and option.code == answers.get(step.id) for option in step.options)


def _before(checklist: Checklist, step: Step | None) -> tuple[Step, ...]:
    return checklist.steps if step is None else checklist.steps[: checklist.steps.index(step)]


def _months_between(first: date, last: date) -> tuple[date, ...]:
    """A day for each month of the window: its first, or the first of the window."""
    found, day = [first], first
    while (day := date(day.year + day.month // 12, day.month % 12 + 1, 1)) <= last:
        found.append(day)
    return tuple(found)
