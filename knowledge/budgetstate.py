"""A budget as a short text for a button, and back; the digest of the rules it was made under.

One number with a place for each value, the first value lowest (so an empty end costs nothing), written in
base 78. Bands stand in it by their place among the call's edges; the digest covers them.
"""

from __future__ import annotations

import string
from hashlib import sha256

from knowledge.budgetplan import MOST, SUMS, Budget, Meeting, Training, edges, fits
from knowledge.call import Call
from knowledge.model import SECTORS

_DIGITS = string.digits + string.ascii_letters + "-_.~!*()+,;=@/$?"
_LONGEST = 60
"""Characters of a text worth reading: a button has no room for more."""


def encode(call: Call, budget: Budget) -> str:
    """The budget in as few characters as it takes; all limits of a card reached, in 50.

    Raises ValueError for a budget that a card does not hold.
    """
    if not fits(call, budget):
        raise ValueError(f"{budget} does not fit on a card")
    number = 0
    for value, radix in reversed(_places(call, budget)):
        number = number * radix + value
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits += _DIGITS[digit]
    return digits


def decode(call: Call, text: str) -> Budget | None:
    """The budget that a text packs; None for a text that `encode` would not have written for this call."""
    if len(text) > _LONGEST or any(digit not in _DIGITS for digit in text):
        return None
    number = 0
    for digit in reversed(text):
        number = number * len(_DIGITS) + _DIGITS.index(digit)
    budget = _Reader(number).budget(call)
    return budget if fits(call, budget) and encode(call, budget) == text else None


def digest(call: Call) -> str:
    """Four hex digits over the rules a budget goes by: they tell a button of another edition."""
    rules = (
        *(each.model_dump_json() for each in (call.grant, call.duration, call.consortium, call.management)),
        *(each.model_dump_json() for each in (call.meetings, call.travel, call.support)),
        *(each.model_dump_json() for each in (*call.budget, *call.project_types)),
    )
    return sha256("\n".join(rules).encode()).hexdigest()[:4]


def _places(call: Call, budget: Budget) -> list[tuple[int, int]]:
    """Each value with the number of values it might have."""
    near, far = edges(call.meetings.bands), edges(call.travel.bands)
    types = tuple(each.id for each in call.project_types)
    places = [
        (budget.months - 1, MOST.months),
        (budget.organisations - 1, MOST.organisations),
        (SECTORS.index(budget.sector) + 1 if budget.sector else 0, len(SECTORS) + 1),
        (types.index(budget.project_type) + 1 if budget.project_type else 0, len(types) + 1),
        (len(budget.meetings), MOST.meetings + 1),
        (len(budget.trainings), MOST.trainings + 1),
    ]
    for meeting in budget.meetings:
        places += [(meeting.times - 1, MOST.times), (meeting.people - 1, MOST.people)]
        places.append((near.index(meeting.from_km), len(near)))
    for training in budget.trainings:
        places += [(training.times - 1, MOST.times), (training.people - 1, MOST.people)]
        places += [(training.days - 1, MOST.days), (int(training.learners), 2)]
        places.append((far.index(training.from_km), len(far)))
    return places + [(amount, MOST.money + 1) for amount in budget.sums]


class _Reader:
    """Takes the values out of the number, in the order of `_places`."""

    def __init__(self, number: int) -> None:
        self._number = number

    def budget(self, call: Call) -> Budget:
        near, far = edges(call.meetings.bands), edges(call.travel.bands)
        types = tuple(each.id for each in call.project_types)
        months, organisations = self._take(MOST.months) + 1, self._take(MOST.organisations) + 1
        sector, project_type = self._take(len(SECTORS) + 1), self._take(len(types) + 1)
        meetings, trainings = self._take(MOST.meetings + 1), self._take(MOST.trainings + 1)
        return Budget(
            months,
            organisations,
            SECTORS[sector - 1] if sector else None,
            types[project_type - 1] if project_type else None,
            tuple(self._meeting(near) for _ in range(meetings)),
            tuple(self._training(far) for _ in range(trainings)),
            tuple(self._take(MOST.money + 1) for _ in SUMS),
        )

    def _meeting(self, near: tuple[int | None, ...]) -> Meeting:
        return Meeting(self._take(MOST.times) + 1, self._take(MOST.people) + 1, near[self._take(len(near))])

    def _training(self, far: tuple[int | None, ...]) -> Training:
        times, people = self._take(MOST.times) + 1, self._take(MOST.people) + 1
        days, learners = self._take(MOST.days) + 1, bool(self._take(2))
        return Training(times, people, days, learners, far[self._take(len(far))])

    def _take(self, radix: int) -> int:
        self._number, value = divmod(self._number, radix)
        return value
