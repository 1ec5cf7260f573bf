from datetime import UTC, datetime, timedelta

import pytest

from knowledge.deadlines import deadlines, status
from tests.worlds import RIGA, knowledge


def test_noon_in_brussels_is_an_hour_later_in_riga() -> None:
    for deadline in deadlines(knowledge().call):
        assert (deadline.at.hour, deadline.local.hour) == (12, 13)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2020, 2, 1, tzinfo=RIGA), "open"),
        (datetime(2020, 3, 24, 12, 30, tzinfo=RIGA), "open"),
        (datetime(2020, 4, 10, tzinfo=RIGA), "closing"),
        (datetime(2020, 4, 23, 12, 59, 59, tzinfo=RIGA), "closing"),
        (datetime(2020, 4, 23, 13, 0, tzinfo=RIGA), "closed"),
        (datetime(2020, 4, 23, 10, 0, tzinfo=UTC), "closed"),
        (datetime(2026, 11, 22, tzinfo=RIGA), "closed"),
    ],
)
def test_the_extension_decides_whether_the_call_is_open(moment: datetime, state: str) -> None:
    assert status(knowledge().call, moment).state == state


def test_the_time_left_is_negative_once_closed() -> None:
    after = status(knowledge().call, datetime(2020, 4, 24, 13, 0, tzinfo=RIGA))
    assert after.left == timedelta(days=-1)
