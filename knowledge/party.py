"""Who travels: staff, learners, and people whose daily rate a message leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.quantity import People, Quantity, Unit


@dataclass(frozen=True, slots=True)
class Party:
    """A group; ``others`` are accompanying persons and whoever is not named as staff or learner."""

    staff: int = 0
    learners: int = 0
    others: int = 0

    @property
    def people(self) -> int:
        """Everybody."""
        return self.staff + self.learners + self.others


def party_of(found: Iterable[Quantity]) -> Party | None:
    """The people that figures of a text count; none where they count none.

    "6 people, of them 2 teachers" are six, "6 learners and 2 accompanying persons" eight.
    """
    counted: dict[People, int] = {}
    for quantity in found:
        if quantity.unit is Unit.PEOPLE and quantity.people and isinstance(quantity.value, int):
            counted[quantity.people] = counted.get(quantity.people, 0) + quantity.value
    if not counted:
        return None
    staff, learners = counted.get(People.STAFF, 0), counted.get(People.LEARNER, 0)
    unnamed = max(0, counted.get(People.PERSON, 0) - staff - learners)
    return Party(staff, learners, unnamed + counted.get(People.ACCOMPANYING, 0))
