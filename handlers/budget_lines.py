"""The budget card's views of its lines: project meetings and training activities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from handlers.budget_showing import (
    MEETINGS,
    TRAININGS,
    WHOLE,
    Showing,
    Shown,
    View,
    in_rows,
    ticked,
)
from handlers.budget_typed import new_meeting, new_training
from handlers.buttons import Button
from handlers.reply import Rows
from knowledge.budget import MeetingSum, TrainingSum
from knowledge.budgetplan import MOST, NOT_FAR, Budget, Meeting, Training
from knowledge.facts.money import Band
from knowledge.render import Rendered

T = TypeVar("T")

APART = 5
"""How far one press on people or days goes where single steps would be many."""

BANDS_A_ROW = 2


def meetings(showing: Showing) -> Shown:
    """All lines of meetings, or the open one."""
    turn, budget, at = showing.turn, showing.budget, showing.view.at
    sums = showing.reckoning.of("meetings").meetings
    if at is None or at >= len(sums):
        listed = tuple(turn.label("budget.meeting_label", sum=each) for each in sums)
        more = replace(budget, meetings=(*budget.meetings, new_meeting(budget)))
        full = len(sums) >= MOST.meetings
        return showing.say("budget.view_meetings", full=full, most=MOST.meetings), _list(
            showing, MEETINGS, listed, None if full else more
        )
    line = budget.meetings[at]

    def give(new: Meeting) -> Budget:
        return replace(budget, meetings=(*budget.meetings[:at], new, *budget.meetings[at + 1 :]))

    rows = (
        _times(showing, line.times, lambda value: give(replace(line, times=value))),
        _people(showing, line.people, lambda value: give(replace(line, people=value))),
        *_bands(
            showing, showing.call.meetings.bands, line.from_km, lambda km: give(replace(line, from_km=km))
        ),
        _end(showing, MEETINGS, replace(budget, meetings=_without(budget.meetings, at))),
    )
    return showing.say("budget.view_meeting", _working(showing, "budget.meeting", sums[at])), rows


def trainings(showing: Showing) -> Shown:
    """All lines of activities, or the open one."""
    turn, budget, at = showing.turn, showing.budget, showing.view.at
    sums = showing.reckoning.of("training").trainings
    if at is None or at >= len(sums):
        listed = tuple(turn.label("budget.training_label", sum=each) for each in sums)
        more = replace(budget, trainings=(*budget.trainings, new_training(showing.call, budget)))
        full = len(sums) >= MOST.trainings
        return showing.say("budget.view_trainings", full=full, most=MOST.trainings), _list(
            showing, TRAININGS, listed, None if full else more
        )
    line = budget.trainings[at]

    def give(new: Training) -> Budget:
        return replace(budget, trainings=(*budget.trainings[:at], new, *budget.trainings[at + 1 :]))

    whom = tuple(
        showing.button(
            ticked(turn.label("budget.learners" if learners else "budget.staff"), learners == line.learners),
            budget=give(replace(line, learners=learners)),
        )
        for learners in (False, True)
    )
    rows = (
        _times(showing, line.times, lambda value: give(replace(line, times=value))),
        _people(showing, line.people, lambda value: give(replace(line, people=value))),
        showing.steps(
            turn.label("budget.days", days=line.days),
            line.days,
            (1, MOST.days),
            lambda value: give(replace(line, days=value)),
            APART,
        ),
        whom,
        *_bands(showing, showing.call.travel.bands, line.from_km, lambda km: give(replace(line, from_km=km))),
        _end(showing, TRAININGS, replace(budget, trainings=_without(budget.trainings, at))),
    )
    return showing.say("budget.view_training", _working(showing, "budget.training", sums[at])), rows


def _working(showing: Showing, key: str, line: MeetingSum | TrainingSum) -> Rendered:
    return showing.turn.services.phrases.rendered(key, showing.turn.language, sum=line)


def _list(showing: Showing, view: View, labels: tuple[str, ...], more: Budget | None) -> Rows:
    """A button for each line, one that adds a line, and the way back."""
    lines = tuple(
        (showing.button(label, view=View(view.kind, number)),) for number, label in enumerate(labels)
    )
    added = View(view.kind, len(labels))
    adding = ((showing.button(showing.turn.label("budget.add"), budget=more, view=added),),) if more else ()
    return (*lines, *adding, showing.back(WHOLE))


def _times(showing: Showing, times: int, give: Callable[[int], Budget]) -> tuple[Button, ...]:
    return showing.steps(showing.turn.label("budget.times", times=times), times, (1, MOST.times), give)


def _people(showing: Showing, people: int, give: Callable[[int], Budget]) -> tuple[Button, ...]:
    label = showing.turn.label("budget.people", people=people)
    return showing.steps(label, people, (1, MOST.people), give, APART)


def _bands(
    showing: Showing, bands: tuple[Band, ...], chosen: int | None, give: Callable[[int], Budget]
) -> Rows:
    """The bands to choose from, the distance too short for any among them."""
    turn = showing.turn
    buttons = [
        showing.button(
            ticked(turn.label("budget.near", first=bands[0]), chosen == NOT_FAR), budget=give(NOT_FAR)
        )
    ]
    for band in bands:
        label = ticked(turn.label("budget.band", band=band), chosen == band.from_km)
        buttons.append(showing.button(label, budget=give(band.from_km)))
    return in_rows(buttons, BANDS_A_ROW)


def _end(showing: Showing, view: View, without: Budget) -> tuple[Button, ...]:
    """The row that takes the line away or leads back to the list."""
    remove = showing.button(showing.turn.label("budget.remove"), budget=without, view=view)
    return (remove, *showing.back(view))


def _without(lines: tuple[T, ...], at: int) -> tuple[T, ...]:
    return (*lines[:at], *lines[at + 1 :])
