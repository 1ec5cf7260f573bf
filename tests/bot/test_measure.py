"""How much one person may ask."""

from bot import measure
from bot.measure import BURST, PER_SECOND, Measure

AGAIN = BURST // 2


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_answered_then_told_once_then_silence_until_it_refills() -> None:
    clock = Seconds()
    buckets = Measure(clock)
    assert [buckets.take(1) for _ in range(BURST)] == ["go"] * BURST
    assert [buckets.take(1) for _ in range(3)] == ["tell", "silent", "silent"]
    clock.now += AGAIN / PER_SECOND - 1
    assert buckets.take(1) == "silent"
    clock.now += 1
    assert [buckets.take(1) for _ in range(AGAIN + 1)] == ["go"] * AGAIN + ["tell"]


def test_one_persons_flood_is_nobody_elses() -> None:
    buckets = Measure(Seconds())
    for _ in range(BURST + 5):
        buckets.take(1)
    assert buckets.take(2) == "go"


def test_people_do_not_pile_up() -> None:
    buckets = Measure(Seconds())
    for person in range(measure.PEOPLE + 10):
        buckets.take(person)
    assert len(buckets._buckets) == measure.PEOPLE
