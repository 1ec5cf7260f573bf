from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.travel import (
    FARTHEST_KM,
    MOST_PEOPLE,
    BelowBands,
    BetweenBands,
    TravelSum,
    grant_ceiling,
    support_total,
    travel,
)
from tests.worlds import knowledge

BANDS = knowledge().call.travel.bands


@pytest.mark.parametrize(
    ("km", "rate"),
    [
        (10, 20), (99, 20), (100, 180), (499, 180), (500, 275), (850, 275), (1999, 275), (2000, 360),
        (2999, 360), (3000, 530), (3999, 530), (4000, 820), (7999, 820), (8000, 1500), (20040, 1500),
    ],
)  # fmt: skip
def test_band_edges_are_inclusive_as_printed(km: int, rate: int) -> None:
    outcome = travel(BANDS, Decimal(km), 4)
    assert isinstance(outcome, TravelSum)
    assert (outcome.band.rate, outcome.total) == (rate, 4 * rate)


@pytest.mark.parametrize("km", ["99.5", "499.9", "1999.01", "2999.5", "3999.5", "7999.999"])
def test_a_fraction_between_two_bands_gives_both_sums(km: str) -> None:
    outcome = travel(BANDS, Decimal(km), 2)
    assert isinstance(outcome, BetweenBands)
    assert outcome.lower.total < outcome.upper.total


@pytest.mark.parametrize("km", ["0.1", "5", "9.99"])
def test_below_the_table_there_is_no_sum(km: str) -> None:
    assert isinstance(travel(BANDS, Decimal(km), 1), BelowBands)


@pytest.mark.parametrize(
    ("km", "people"), [(0, 1), (-5, 1), (FARTHEST_KM + 1, 1), (850, 0), (850, MOST_PEOPLE + 1)]
)
def test_distances_and_head_counts_that_make_no_sense_are_refused(km: int, people: int) -> None:
    with pytest.raises(ValueError, match=r"km|people"):
        travel(BANDS, Decimal(km), people)


@given(st.integers(10, FARTHEST_KM), st.integers(10, FARTHEST_KM), st.integers(1, MOST_PEOPLE))
def test_a_longer_way_never_brings_less(one: int, other: int, people: int) -> None:
    near, far = sorted((one, other))
    less, more = travel(BANDS, Decimal(near), people), travel(BANDS, Decimal(far), people)
    assert isinstance(less, TravelSum)
    assert isinstance(more, TravelSum)
    assert less.total <= more.total


def test_support_is_rate_times_days_times_people_up_to_the_known_day() -> None:
    call = knowledge().call
    assert support_total(call, 5, 3, learners=False) == call.support.staff * 15
    assert support_total(call, call.support.until_day, 1, learners=True) == call.support.learners * 14
    with pytest.raises(ValueError, match="days"):
        support_total(call, call.support.until_day + 1, 1, learners=True)


def test_the_grant_ceiling_grows_by_month_and_stops_at_the_total() -> None:
    call = knowledge().call
    assert grant_ceiling(call, 18) == 18 * call.grant.per_month
    assert grant_ceiling(call, 60) == call.grant.total
