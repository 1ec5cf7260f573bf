"""A budget behind a button: every reachable one fits into 64 bytes and comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.budget_showing import KIND
from handlers.buttons import LIMIT, pack, unpack
from knowledge.budgetplan import Budget, Meeting, Training
from knowledge.budgetstate import decode, digest, encode
from knowledge.call import Call
from tests.budgets import CALL, OTHER, bands, budgets

LARGEST = Budget(
    99,
    99,
    "adult",
    "exchange",
    (Meeting(20, 99, 2000),) * 6,
    (Training(20, 99, 60, learners=True, from_km=8000),) * 4,
    (999_999,) * 6,
)
MANY_BANDS = CALL.model_copy(
    update={
        "meetings": CALL.meetings.model_copy(
            update={"bands": bands(*((edge * 100, edge) for edge in range(1, 6)), (2000, 9))}
        ),
        "travel": CALL.travel.model_copy(
            update={"bands": bands(*((edge * 10, edge) for edge in range(1, 12)), (8000, 99))}
        ),
    }
)
"""Twice as many bands as the packaged call has."""


def packed(call: Call, budget: Budget, view: str = "t5") -> str:
    return pack(KIND, "lv", digest(call), encode(call, budget), view)


@settings(max_examples=300, deadline=None)
@given(budgets(CALL), st.sampled_from(("", "m", "t", "t5", "l3", "s5", "x")))
def test_every_budget_fits_behind_a_button_and_comes_back(budget: Budget, view: str) -> None:
    data = packed(CALL, budget, view)
    assert len(data.encode()) <= LIMIT
    press = unpack(data)
    assert press is not None
    assert press.fields[0] == digest(CALL)
    assert decode(CALL, press.fields[1]) == budget
    assert press.fields[2] == view


@settings(max_examples=100, deadline=None)
@given(budgets(OTHER))
def test_so_does_every_budget_of_another_call(budget: Budget) -> None:
    assert decode(OTHER, encode(OTHER, budget)) == budget


@pytest.mark.parametrize("call", [CALL, MANY_BANDS], ids=["packaged", "many bands"])
def test_the_largest_budget_fits(call: Call) -> None:
    assert len(packed(call, LARGEST).encode()) <= LIMIT
    assert decode(call, encode(call, LARGEST)) == LARGEST


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=70) | st.from_regex(r"[0-9A-Za-z._~-]{0,60}", fullmatch=True))
def test_a_text_that_nobody_packed_is_refused_or_is_packed_alike(text: str) -> None:
    budget = decode(CALL, text)
    assert budget is None or encode(CALL, budget) == text


def test_a_small_budget_takes_few_characters() -> None:
    assert len(encode(CALL, Budget(24, 4))) < 4


def test_the_digest_changes_with_each_rule_and_only_then() -> None:
    changed = [
        CALL.model_copy(update={"grant": CALL.grant.model_copy(update={"per_month": 1})}),
        CALL.model_copy(update={"meetings": CALL.meetings.model_copy(update={"bands": bands((1, 2))})}),
        CALL.model_copy(update={"support": CALL.support.model_copy(update={"staff": 1})}),
        CALL.model_copy(update={"management": CALL.management.model_copy(update={"cap": 1})}),
        CALL.model_copy(update={"duration": CALL.duration.model_copy(update={"max_months": 1})}),
        OTHER,
    ]
    assert len({digest(each) for each in (CALL, *changed)}) == len(changed) + 1
    assert digest(CALL.model_copy(update={"year": 1})) == digest(CALL)


def test_what_a_card_does_not_hold_cannot_be_packed() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        encode(CALL, Budget(24, 4, meetings=(Meeting(1, 1, 100),) * 7))
