"""How much one person may ask: a bucket that refills; told once when it is empty, then silence."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["go", "tell", "silent"]

BURST = 20
"""Messages and presses at once: more than a quick hand does on a stepper."""

PER_SECOND = 0.5
"""Refill; thirty a minute is more than anybody reads."""

INLINE_BURST, INLINE_PER_SECOND = 60, 3
"""The same for inline queries, of which there is one for each key that is struck; a fast typist strikes six
a second, for a few seconds."""

PEOPLE = 20_000
"""People remembered by one process; the one not seen for longest is forgotten, and has refilled by then."""


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    told: bool = False


class Measure:
    """The buckets of all people, in memory: each replica has its own, so all allow that many times.

    Who was told is answered again from half a bucket on; with less they would be told all the time.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        *,
        burst: float = BURST,
        per_second: float = PER_SECOND,
    ) -> None:
        self._clock = clock
        self._burst = burst
        self._per_second = per_second
        self._buckets: OrderedDict[int, _Bucket] = OrderedDict()

    def take(self, person: int) -> Verdict:
        """One more from this person: answer it, say that it is too much, or say nothing."""
        now = self._clock()
        bucket = self._buckets.pop(person, None) or _Bucket(self._burst, now)
        self._buckets[person] = bucket
        if len(self._buckets) > PEOPLE:
            self._buckets.popitem(last=False)
        bucket.tokens = min(self._burst, bucket.tokens + (now - bucket.at) * self._per_second)
        bucket.at = now
        if bucket.told and bucket.tokens < self._burst / 2:
            return "silent"
        if bucket.tokens >= 1:
            bucket.tokens -= 1
            bucket.told = False
            return "go"
        bucket.told = True
        return "tell"
