"""When reminders are due: by the calendar for days, by the clock for hours, on both sides of summer time."""

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from knowledge.call import Call
from knowledge.facts.conditions import Deadlines
from knowledge.reminders import offered, planned
from tests import worlds


def call_ending(*ats: str, remind_before: tuple[str, ...] = ("30d", "7d", "1d", "3h")) -> Call:
    """The call with other deadlines."""
    call = worlds.knowledge().call
    rounds = [{"id": f"round-{n}", "at": at, "source": "presentation/25"} for n, at in enumerate(ats)]
    deadlines = call.deadlines.model_dump() | {"rounds": rounds, "remind_before": remind_before}
    return call.model_copy(update={"deadlines": Deadlines.model_validate(deadlines)})


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_call_reminds_before_its_last_deadline_the_earliest_first() -> None:
    plans = offered(worlds.knowledge().call)
    assert [plan.before for plan in plans] == ["30d", "7d", "1d", "3h"]
    assert [plan.due.isoformat() for plan in plans] == [
        "2020-03-24T12:00:00+01:00",
        "2020-04-16T12:00:00+02:00",
        "2020-04-22T12:00:00+02:00",
        "2020-04-23T09:00:00+02:00",
    ]
    assert [plan.local.strftime("%d.%m. %H:%M") for plan in plans] == [
        "24.03. 13:00",
        "16.04. 13:00",
        "22.04. 13:00",
        "23.04. 10:00",
    ]


def test_another_call_has_other_spans_in_any_order() -> None:
    call = call_ending("2031-05-05 17:00", remind_before=("2h", "14d"))
    assert [(plan.before, plan.days, plan.hours) for plan in offered(call)] == [("14d", 14, 0), ("2h", 0, 2)]
    assert offered(call_ending("2031-05-05 17:00", remind_before=())) == ()


# the clocks went forward on 29 March 2020 at 01:00 UTC, in Brussels at 02:00, in Riga at 03:00
@pytest.mark.parametrize(
    ("deadline", "before", "due"),
    [
        ("2020-03-28 12:00", "1d", "2020-03-27 11:00"),
        ("2020-03-29 12:00", "1d", "2020-03-28 11:00"),
        ("2020-03-29 12:00", "3h", "2020-03-29 07:00"),
        ("2020-03-30 12:00", "1d", "2020-03-29 10:00"),
        ("2020-03-29 04:00", "3h", "2020-03-28 23:00"),
        ("2020-03-29 01:59", "3h", "2020-03-28 21:59"),
        ("2020-03-29 03:00", "3h", "2020-03-28 22:00"),
        ("2020-10-25 12:00", "1d", "2020-10-24 10:00"),
        ("2020-10-25 04:00", "3h", "2020-10-25 00:00"),
    ],
)
def test_days_keep_the_hour_of_the_deadline_and_hours_are_hours(deadline: str, before: str, due: str) -> None:
    plan = planned(call_ending(deadline), before)
    assert plan.due.astimezone(UTC) == utc(due)
    assert plan.local.astimezone(UTC) == utc(due)
    assert str(plan.local.tzinfo) == "Europe/Riga"


def test_riga_and_brussels_change_together_so_the_hour_between_them_stays() -> None:
    for deadline in ("2020-03-28 12:00", "2020-03-29 12:00", "2020-03-30 12:00"):
        for plan in offered(call_ending(deadline)):
            assert (plan.local.hour - plan.due.hour) % 24 == 1


def test_a_late_one_is_worth_sending_half_way_to_the_next_and_the_last_until_the_deadline() -> None:
    plans = offered(worlds.knowledge().call)
    assert [plan.until for plan in plans[:-1]] == [
        utc("2020-04-04 22:30"),
        utc("2020-04-19 10:00"),
        utc("2020-04-22 20:30"),
    ]
    assert plans[-1].until == datetime.fromisoformat("2020-04-23T12:00:00+02:00")


def test_a_span_no_longer_offered_is_still_kept_to() -> None:
    call = call_ending("2020-04-23 12:00", remind_before=("1d",))
    plan = planned(call, "14d")
    assert (plan.due.date().isoformat(), plan.until) == ("2020-04-09", utc("2020-04-15 22:00"))


@pytest.mark.parametrize("before", ["", "7", "d", "0d", "-1d", "7w", "1d3h", "1000d", "3H", " 7d"])
def test_what_is_no_span_is_refused_in_the_file_too(before: str) -> None:
    with pytest.raises(ValueError, match="no span"):
        planned(worlds.knowledge().call, before)
    with pytest.raises(ValidationError):
        call_ending("2020-04-23 12:00", remind_before=(before,))
