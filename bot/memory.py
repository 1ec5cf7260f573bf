"""The store that forgets at a restart: for the terminal, for tests, and for a bot that needs no more."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from handlers.context import Card, Clock, Profile, Thread, Who

T = TypeVar("T")

KEPT = timedelta(minutes=30)
"""How long a thread and a card are remembered: who comes back later begins anew."""


class _Fading(Generic[T]):
    """Values that are forgotten after a while; those of people who never return do not pile up."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[Who, tuple[datetime, T]] = OrderedDict()

    def get(self, who: Who) -> T | None:
        self._forget_old()
        return self._kept[who][1] if who in self._kept else None

    def put(self, who: Who, value: T | None) -> None:
        self._forget_old()
        self._kept.pop(who, None)
        if value is not None:
            self._kept[who] = (self._clock(), value)

    def _forget_old(self) -> None:
        oldest_kept = self._clock() - KEPT
        while self._kept and next(iter(self._kept.values()))[0] <= oldest_kept:
            self._kept.popitem(last=False)


class MemoryStore:
    """Everything remembered in memory."""

    def __init__(self, clock: Clock) -> None:
        self._profiles: dict[Who, Profile] = {}
        self._threads = _Fading[Thread](clock)
        self._cards = _Fading[Card](clock)

    async def profile(self, who: Who) -> Profile:
        """What the person has chosen; an empty profile if nothing is known."""
        return self._profiles.get(who, Profile())

    async def keep_profile(self, who: Who, profile: Profile) -> None:
        """Replaces what the person has chosen."""
        self._profiles[who] = profile

    async def thread(self, who: Who) -> Thread | None:
        """What the last answer in this chat was about."""
        return self._threads.get(who)

    async def keep_thread(self, who: Who, thread: Thread | None) -> None:
        """Replaces what the last answer was about."""
        self._threads.put(who, thread)

    async def card(self, who: Who) -> Card | None:
        """The open card of the chat."""
        return self._cards.get(who)

    async def keep_card(self, who: Who, card: Card | None) -> None:
        """Replaces the open card."""
        self._cards.put(who, card)
