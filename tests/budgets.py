"""Budgets for tests: the packaged call, one with other limits, and every plan that a card can hold."""

from __future__ import annotations

from functools import partial
from random import Random

from hypothesis import strategies as st

from knowledge.budgetplan import MOST, SUMS, Budget, Meeting, Training, edges
from knowledge.call import Call
from knowledge.facts.money import Band
from knowledge.model import SECTORS
from tests import worlds

CALL = worlds.knowledge().call


def bands(*edges_and_rates: tuple[int, int]) -> tuple[Band, ...]:
    """Bands that follow one another, the last one open."""
    ends = [edge - 1 for edge, _ in edges_and_rates[1:]]
    return tuple(
        Band(from_km=edge, to_km=to, rate=rate)
        for (edge, rate), to in zip(edges_and_rates, [*ends, None], strict=True)
    )


def with_percent(call: Call, name: str, percent: int) -> Call:
    """The call with another share of a category's real costs."""
    changed = tuple(
        each.model_copy(update={"percent": percent}) if each.id == name else each for each in call.budget
    )
    return call.model_copy(update={"budget": changed})


OTHER: Call = with_percent(
    with_percent(
        CALL.model_copy(
            update={
                "currency": "PLN",
                "budget_form": (),
                "grant": CALL.grant.model_copy(update={"per_month": 700, "total": 9_000}),
                "management": CALL.management.model_copy(
                    update={"coordinator": 40, "partner": 20, "cap": 90, "cap_organisations": 4}
                ),
                "meetings": CALL.meetings.model_copy(
                    update={"bands": bands((50, 33), (900, 44), (5000, 55))}
                ),
                "travel": CALL.travel.model_copy(
                    update={
                        "bands": bands((5, 3), (70, 7), (400, 9)),
                        "expensive": CALL.travel.expensive.model_copy(update={"percent": 50}),
                    }
                ),
                "support": CALL.support.model_copy(update={"staff": 13, "learners": 11, "until_day": 6}),
                "duration": CALL.duration.model_copy(
                    update={"min_months": 3, "max_months": 9, "by_sector": {}}
                ),
                "consortium": CALL.consortium.model_copy(update={"partners": 2, "countries": 2}),
            }
        ),
        "exceptional",
        40,
    ),
    "special-needs",
    90,
)
"""A made-up call with other bands, rates, limits, shares and currency."""


def any_budget(call: Call, chance: Random) -> Budget:
    """A budget drawn by chance from all that a card can hold."""
    near, far = edges(call.meetings.bands), edges(call.travel.bands)
    return Budget(
        chance.randint(1, MOST.months),
        chance.randint(1, MOST.organisations),
        chance.choice((None, *SECTORS)),
        chance.choice((None, *(each.id for each in call.project_types))),
        tuple(
            Meeting(chance.randint(1, MOST.times), chance.randint(1, MOST.people), chance.choice(near))
            for _ in range(chance.randint(0, MOST.meetings))
        ),
        tuple(
            Training(
                chance.randint(1, MOST.times),
                chance.randint(1, MOST.people),
                chance.randint(1, MOST.days),
                chance.random() < 0.5,
                chance.choice(far),
            )
            for _ in range(chance.randint(0, MOST.trainings))
        ),
        tuple(chance.choice((0, chance.randint(0, MOST.money))) for _ in SUMS),
    )


def budgets(call: Call) -> st.SearchStrategy[Budget]:
    """Every budget that a card can hold for a call."""
    return st.randoms(use_true_random=False).map(partial(any_budget, call))
