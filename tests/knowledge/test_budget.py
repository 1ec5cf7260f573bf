"""The budget's rules, over the packaged call and over one with other limits: no figure lives in code."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.budget import in_form_order, management, percent, reckon
from knowledge.budgetplan import NOT_FAR, SUMS, Budget, Meeting, Training, edge, edges
from tests.budgets import CALL, OTHER, budgets

EVERY_CALL = pytest.mark.parametrize("call", [CALL, OTHER], ids=["packaged", "made up"])


def remarks(budget: Budget) -> list[str]:
    return [each.id for each in reckon(CALL, budget).remarks]


def test_a_whole_budget_category_by_category() -> None:
    budget = Budget(
        24,
        4,
        meetings=(Meeting(2, 6, 100), Meeting(1, 3, 2000)),
        trainings=(Training(2, 10, 5, learners=True, from_km=500), Training(1, 2, 20, from_km=10)),
        sums=(60_000, 5_000, 700, 1_001, 300, 4_001),
    )
    reckoning = reckon(CALL, budget)
    assert {each.category.id: each.total for each in reckoning.categories} == {
        "management": (500 + 3 * 250) * 24,
        "meetings": 2 * 6 * 575 + 3 * 760,
        "outputs": 60_000,
        "events": 5_000,
        "training": 20 * 275 + 20 * 5 * 58 + 2 * 20 + 2 * 14 * 106 + 700 + Decimal("800.8"),
        "special-needs": 300,
        "exceptional": Decimal("3000.75"),
    }
    assert reckoning.total == sum(each.total for each in reckoning.categories)
    assert reckoning.ceiling == 12_500 * 24
    assert reckoning.left == reckoning.ceiling - reckoning.total


def test_the_same_plan_costs_what_another_call_pays() -> None:
    budget = Budget(
        10,
        5,
        meetings=(Meeting(2, 6, 50),),
        trainings=(Training(1, 4, 9, learners=True, from_km=70),),
        sums=(0, 0, 0, 100, 1000, 1000),
    )
    reckoning = reckon(OTHER, budget)
    assert reckoning.of("management").total == 90 * 10, "the cap of that call"
    assert reckoning.of("meetings").total == 2 * 6 * 33
    assert reckoning.of("training").total == 4 * 7 + 4 * 6 * 11 + 50
    assert reckoning.of("special-needs").total == 900
    assert reckoning.of("exceptional").total == 400
    assert reckoning.ceiling == 7_000


@pytest.mark.parametrize(
    ("budget", "remark"),
    [
        (Budget(11, 3), "too_short"),
        (Budget(23, 3, "he"), "too_short"),
        (Budget(37, 3), "too_long"),
        (Budget(12, 2), "too_few"),
        (Budget(12, 11), "capped"),
        (Budget(24, 3, "he", "exchange"), "type_not_for_sector"),
        (Budget(24, 3, project_type="exchange").with_sum("outputs", 1), "not_funded"),
        (Budget(24, 3, project_type="exchange").with_sum("events", 1), "not_funded"),
        (Budget(24, 3).with_sum("events", 1), "events_alone"),
        (Budget(24, 3, meetings=(Meeting(1, 1),)), "meeting_distance"),
        (Budget(24, 3, meetings=(Meeting(1, 1, NOT_FAR),)), "meeting_near"),
        (Budget(24, 3, trainings=(Training(1, 1, 5),)), "training_distance"),
        (Budget(24, 3, trainings=(Training(1, 1, 5, from_km=NOT_FAR),)), "training_near"),
        (Budget(24, 3, trainings=(Training(1, 1, 15, from_km=10),)), "days_unknown"),
        (Budget(24, 3, trainings=(Training(1, 1, 2, from_km=10),)), "days_short"),
        (Budget(12, 3).with_sum("outputs", 150_000), "above_months"),
        (Budget(36, 3).with_sum("outputs", 450_000), "above_total"),
    ],
)
def test_what_breaks_a_rule_is_told(budget: Budget, remark: str) -> None:
    assert remark in remarks(budget)


@pytest.mark.parametrize(
    "budget",
    [
        Budget(12, 3),
        Budget(24, 3, "he", "innovation"),
        Budget(36, 10, "school", "exchange"),
        Budget(24, 3, project_type="innovation").with_sum("outputs", 1).with_sum("events", 1),
        Budget(12, 3, trainings=(Training(1, 1, 14, from_km=10),), meetings=(Meeting(1, 1, 100),)),
        Budget(12, 3).with_sum("outputs", 150_000 - 12_000),
    ],
)
def test_what_keeps_all_rules_gets_no_remark(budget: Budget) -> None:
    assert remarks(budget) == []


def test_outputs_of_an_exchange_project_are_not_counted() -> None:
    plain = Budget(24, 4, project_type="exchange")
    asked = plain.with_sum("outputs", 9_000)
    assert reckon(CALL, asked).total == reckon(CALL, plain).total
    assert reckon(CALL, replace(asked, project_type="innovation")).total > reckon(CALL, plain).total


def test_management_stops_growing_at_the_cap() -> None:
    assert management(CALL, 10, 1).monthly == CALL.management.cap == management(CALL, 11, 1).monthly
    assert management(CALL, 9, 1).monthly < CALL.management.cap


def test_a_distance_between_two_bands_takes_the_lower() -> None:
    assert edge(CALL.travel.bands, Decimal("499.5")) == 100
    assert edge(CALL.travel.bands, Decimal(500)) == 500
    assert edge(CALL.travel.bands, Decimal("9.9")) == NOT_FAR
    assert edge(CALL.meetings.bands, Decimal(99)) == NOT_FAR


def test_categories_stand_in_the_order_of_the_form() -> None:
    assert [each.id for each in in_form_order(CALL)] == [
        "management", "meetings", "outputs", "events", "training", "special-needs", "exceptional",
    ]  # fmt: skip
    assert in_form_order(OTHER) == OTHER.budget, "a call that names no order keeps its own"


@EVERY_CALL
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_one_person_more_or_a_band_farther_never_costs_less(call: object, data: st.DataObject) -> None:
    at = CALL if call is CALL else OTHER
    budget = data.draw(budgets(at))
    total = reckon(at, budget).total
    for number, line in enumerate(budget.meetings):
        for more in _larger(line, edges(at.meetings.bands)):
            meetings = (*budget.meetings[:number], more, *budget.meetings[number + 1 :])
            assert reckon(at, replace(budget, meetings=meetings)).total >= total
    for number, activity in enumerate(budget.trainings):
        for longer in _longer(activity, edges(at.travel.bands)):
            trainings = (*budget.trainings[:number], longer, *budget.trainings[number + 1 :])
            assert reckon(at, replace(budget, trainings=trainings)).total >= total
    for name in SUMS:
        if budget.sum_of(name) < 900_000:
            assert reckon(at, budget.with_sum(name, budget.sum_of(name) + 1)).total >= total
    if budget.organisations < 99:
        assert reckon(at, replace(budget, organisations=budget.organisations + 1)).total >= total


def _larger(line: Meeting, known: tuple[int | None, ...]) -> list[Meeting]:
    at = known.index(line.from_km)
    farther = [replace(line, from_km=known[at + 1])] if at + 1 < len(known) else []
    return farther + ([replace(line, people=line.people + 1)] if line.people < 99 else [])


def _longer(line: Training, known: tuple[int | None, ...]) -> list[Training]:
    at = known.index(line.from_km)
    farther = [replace(line, from_km=known[at + 1])] if at + 1 < len(known) else []
    return farther + ([replace(line, people=line.people + 1)] if line.people < 99 else [])


def test_a_budget_beyond_the_limits_is_refused() -> None:
    for budget in (Budget(0, 3), Budget(12, 100), Budget(12, 3, meetings=(Meeting(1, 1, 7),))):
        with pytest.raises(ValueError, match="beyond the limits"):
            reckon(CALL, budget)


def test_real_costs_are_paid_by_the_calls_share() -> None:
    assert [percent(CALL, name) for name in SUMS] == [100, 100, 100, 80, 100, 75]
    assert [percent(OTHER, name) for name in SUMS] == [100, 100, 100, 50, 90, 40]
