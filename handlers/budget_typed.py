"""What a typed line changes in a budget: lines, sums, months, organisations; what is beyond the limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from knowledge.budget import shortest_days
from knowledge.budgetplan import MOST, SUMS, Budget, Meeting, Training, edge
from knowledge.budgetsaid import Line, Said
from knowledge.call import Call
from knowledge.travel import FARTHEST_KM

Problem = Literal[
    "negative", "months", "organisations", "people", "times", "days", "km", "money", "meetings", "trainings"
]
"""What is wrong with a line; `meetings` and `trainings` are too many for a card."""


def limit(problem: Problem) -> int:
    """The most that a figure may be; 0 for `negative`, the least."""
    if problem == "negative":
        return 0
    return FARTHEST_KM if problem == "km" else int(getattr(MOST, problem))


@dataclass(frozen=True, slots=True)
class Filled:
    """A budget with what was typed, and what of it could not be taken."""

    budget: Budget
    problems: tuple[Problem, ...] = ()


def fill(call: Call, budget: Budget, said: Said) -> Filled:
    """The budget with everything that was said; a part with a figure beyond its limit is left out."""
    if said.negative:
        return Filled(budget, ("negative",))
    problems: dict[Problem, None] = {}
    sector, project_type = said.sector or budget.sector, said.project_type or budget.project_type
    budget = replace(budget, sector=sector, project_type=project_type)
    if said.months is not None:
        if _within(said.months, MOST.months):
            budget = replace(budget, months=int(said.months))
        else:
            problems["months"] = None
    if said.organisations is not None:
        if _within(Decimal(said.organisations), MOST.organisations):
            budget = replace(budget, organisations=said.organisations)
        else:
            problems["organisations"] = None
    for line in said.lines:
        result = _with_line(call, budget, line)
        if isinstance(result, Budget):
            budget = result
        else:
            problems[result] = None
    return Filled(budget, tuple(problems))


def fill_view(call: Call, budget: Budget, view: str, at: int | None, said: Said) -> Filled | None:
    """The budget with what was typed while one thing was open; None where it does not belong there."""
    loose = said.loose
    bare = loose.bare[0] if len(loose.bare) == 1 else None
    if not said.anything and not loose.empty:
        if view == "m" and bare is not None:
            said = replace(said, months=bare)
        elif view == "o" and bare is not None:
            said = replace(said, organisations=int(bare) if bare == int(bare) else 0)
        elif view == "s" and at is not None and at < len(SUMS) and (loose.amount is not None or bare):
            said = replace(said, lines=(Line(SUMS[at], amount=loose.amount or bare),))
        elif view == "t" and at is not None and at < len(budget.meetings):
            return _on_line(call, budget, said, at)
        elif view == "l" and at is not None and at < len(budget.trainings):
            return _on_line(call, budget, said, at, training=True)
    only_sector = replace(said, sector=None).anything is False
    if not said.anything or (only_sector and view != "p"):
        return None
    return fill(call, budget, said)


def _on_line(call: Call, budget: Budget, said: Said, at: int, *, training: bool = False) -> Filled:
    """The open line with the figures typed: "12 skolēni 5 dienas 900 km"; a bare figure counts people."""
    if said.negative:
        return Filled(budget, ("negative",))
    line, bare = said.loose, next(iter(said.loose.bare), None)
    people = bare if (everybody := _everybody(line)) is None else everybody
    problem = _problem(replace(line, people=people))
    if problem is not None:
        return Filled(budget, (problem,))
    if not training:
        old = budget.meetings[at]
        meeting = replace(
            old,
            people=old.people if people is None else int(people),
            from_km=old.from_km if line.km is None else edge(call.meetings.bands, line.km),
        )
        return Filled(replace(budget, meetings=(*budget.meetings[:at], meeting, *budget.meetings[at + 1 :])))
    was = budget.trainings[at]
    named = line.learners is not None or line.staff is not None
    new = replace(
        was,
        people=was.people if people is None else int(people),
        days=was.days if line.days is None else int(line.days),
        learners=line.learners is not None if named else was.learners,
        from_km=was.from_km if line.km is None else edge(call.travel.bands, line.km),
    )
    return Filled(replace(budget, trainings=(*budget.trainings[:at], new, *budget.trainings[at + 1 :])))


def new_meeting(budget: Budget) -> Meeting:
    """One meeting to which each partner but the host sends one person; how far is still to be said."""
    return Meeting(1, _from_partners(budget))


def new_training(call: Call, budget: Budget) -> Training:
    """One activity of the shortest length to which each partner but the host sends one person."""
    return Training(1, _from_partners(budget), shortest_days(call, budget.sector))


def _from_partners(budget: Budget) -> int:
    return max(budget.organisations - 1, 1)


def _with_line(call: Call, budget: Budget, line: Line) -> Budget | Problem:
    if line.part in SUMS:
        amount = _whole_euros(line.amount or Decimal(0))
        return budget.with_sum(line.part, amount) if amount <= MOST.money else "money"
    problem = _problem(line)
    if problem is not None:
        return problem
    times = 1 if line.times is None else int(line.times)
    if line.part == "meetings":
        return _with_meetings(call, budget, line, times)
    return _with_trainings(call, budget, line, times)


def _with_meetings(call: Call, budget: Budget, line: Line, times: int) -> Budget | Problem:
    everybody = _everybody(line)
    people = _from_partners(budget) if everybody is None else int(everybody)
    far = None if line.km is None else edge(call.meetings.bands, line.km)
    meetings = (*budget.meetings, Meeting(times, people, far))
    return replace(budget, meetings=meetings) if len(meetings) <= MOST.meetings else "meetings"


def _with_trainings(call: Call, budget: Budget, line: Line, times: int) -> Budget | Problem:
    """A line for staff, a line for learners, or both; whoever is not said to learn is staff."""
    days = shortest_days(call, budget.sector) if line.days is None else int(line.days)
    far = None if line.km is None else edge(call.travel.bands, line.km)
    groups = [(line.staff, False), (line.learners, True)]
    if line.staff is None and line.learners is None:
        groups = [(Decimal(_from_partners(budget)) if line.people is None else line.people, False)]
    new = (
        Training(times, int(people), days, learners, far) for people, learners in groups if people is not None
    )
    trainings = (*budget.trainings, *new)
    return replace(budget, trainings=trainings) if len(trainings) <= MOST.trainings else "trainings"


def _problem(line: Line) -> Problem | None:
    """The first figure of a line that is beyond its limit."""
    return next(_problems(line), None)


def _problems(line: Line) -> Iterator[Problem]:
    if line.times is not None and not _within(line.times, MOST.times):
        yield "times"
    for people in (line.people, line.staff, line.learners):
        if people is not None and not _within(people, MOST.people):
            yield "people"
    if line.days is not None and not _within(line.days, MOST.days):
        yield "days"
    if line.km is not None and line.km > FARTHEST_KM:
        yield "km"


def _everybody(line: Line) -> Decimal | None:
    """All people that a line names; staff and learners may be part of the people named first."""
    named = [each for each in (line.staff, line.learners) if each is not None]
    if not named:
        return line.people
    return max(sum(named, Decimal(0)), line.people or Decimal(0))


def _within(value: Decimal, most: int) -> bool:
    return 1 <= value <= most and value == int(value)


def _whole_euros(amount: Decimal) -> int:
    """An amount in whole EUR, halves up."""
    return int(amount.to_integral_value(ROUND_HALF_UP))
