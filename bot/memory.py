"""The store that forgets at a restart: for the terminal, for tests, and for a bot that needs no more."""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from handlers.context import Card, Clock, Held, Profile, Reminder, Thread, Who
from handlers.counts import Asked, Count, Counted, Reason, Vote, Voted
from knowledge.deciding import OutcomeKind
from knowledge.model import Language

T = TypeVar("T")

KEPT = timedelta(minutes=30)
"""How long a thread and a card are remembered: who comes back later begins anew."""

KEPT_REPLY = timedelta(hours=48)
"""How long it is known which reply belongs to which question."""

UNSURE = ("choices", "fallback")

KEPT_COUNT = timedelta(days=90)
"""How long it is known what was asked: which entry, on which day; the words are not kept here."""

K = TypeVar("K")


class _Fading(Generic[K, T]):
    """Values that are forgotten after a while; those of people who never return do not pile up."""

    def __init__(self, clock: Clock, kept: timedelta = KEPT) -> None:
        self._clock = clock
        self._span = kept
        self._kept: OrderedDict[K, tuple[datetime, T]] = OrderedDict()

    def get(self, key: K) -> T | None:
        self._forget_old()
        return self._kept[key][1] if key in self._kept else None

    def put(self, key: K, value: T | None) -> None:
        self._forget_old()
        self._kept.pop(key, None)
        if value is not None:
            self._kept[key] = (self._clock(), value)

    def change(self, key: K, value: T) -> None:
        """Another value of the same age."""
        self._kept[key] = (self._kept[key][0], value)

    def values(self) -> list[T]:
        self._forget_old()
        return [value for _, value in self._kept.values()]

    def known(self) -> list[K]:
        self._forget_old()
        return list(self._kept)

    def _forget_old(self) -> None:
        oldest_kept = self._clock() - self._span
        while self._kept and next(iter(self._kept.values()))[0] <= oldest_kept:
            self._kept.popitem(last=False)


class MemoryStore:
    """Everything remembered in memory."""

    def __init__(self, clock: Clock) -> None:
        self._profiles: dict[Who, Profile] = {}
        self._threads = _Fading[Who, Thread](clock)
        self._cards = _Fading[Who, Card](clock)
        self._replies = _Fading[tuple[Who, int], int](clock, KEPT_REPLY)
        self._asked = _Fading[int, Count](clock, KEPT_COUNT)
        self._unsure = 0
        self._clock = clock
        self._reminders: dict[Who, tuple[Reminder, ...]] = {}

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

    async def reply(self, who: Who, question: int) -> int | None:
        """The message that answers a question's message, if both are known."""
        return self._replies.get((who, question))

    async def keep_reply(self, who: Who, question: int, reply: int) -> None:
        """Remembers which message answers which."""
        self._replies.put((who, question), reply)

    async def reminders(self, who: Who) -> tuple[Reminder, ...] | None:
        """What is still to be sent to the person, the first due first."""
        return self._reminders.get(who, ())

    async def keep_reminders(self, who: Who, call: str, chosen: tuple[Reminder, ...]) -> bool:
        """Replaces what is to be sent of a call; nobody sends it from here."""
        others = [each for each in self._reminders.get(who, ()) if each.call != call]
        kept = sorted((*others, *chosen), key=lambda each: each.due)
        self._reminders[who] = tuple(kept)
        return True

    async def note_outcome(
        self, question: str, language: Language, kind: OutcomeKind, asked: Asked | None = None
    ) -> None:
        """Counts the question; nobody reviews here what it was."""
        if asked is not None:
            self._asked.put(asked.ticket, Count(self._today(), asked.kind, asked.entry, 1))
        elif kind in UNSURE:
            # tickets are drawn from the numbers above
            self._unsure -= 1
            self._asked.put(self._unsure, Count(self._today(), kind, None, 1))

    async def keep_vote(self, ticket: int, vote: Vote, reason: Reason | None = None) -> Voted | None:
        """Keeps the first vote and its first reason."""
        count = self._asked.get(ticket)
        if count is None:
            return None
        voted = count.voted or Voted(vote)
        if voted.vote == "down" and voted.reason is None:
            voted = replace(voted, reason=reason)
        self._asked.change(ticket, replace(count, voted=voted))
        return voted

    async def counted(self, days: int) -> Counted | None:
        """What was asked and voted in the last days, today included; people are not counted here."""
        kept = self._asked.values()
        first = self._today() - timedelta(days=days - 1)
        alike = Counter(replace(count, number=1) for count in kept if count.day >= first)
        counts = tuple(replace(count, number=number) for count, number in alike.items())
        return Counted(counts, {}, min((count.day for count in kept), default=None))

    def _today(self) -> date:
        return self._clock().date()

    async def held(self, who: Who) -> Held:
        """Everything that is held of a person."""
        chats = {
            w.chat
            for w in (*self._profiles, *self._threads.known(), *self._cards.known())
            if w.person == who.person
        }
        replies = sum(1 for asked, _ in self._replies.known() if asked.person == who.person)
        return Held(
            await self.profile(who),
            await self.thread(who),
            await self.card(who),
            replies,
            len(chats - {who.chat}),
            sum(len(kept) for known, kept in self._reminders.items() if known.person == who.person),
        )

    async def forget(self, who: Who) -> bool:
        """Deletes everything that is held of a person, in every chat."""
        for known in [w for w in self._profiles if w.person == who.person]:
            del self._profiles[known]
        for fading in (self._threads, self._cards):
            for known in [w for w in fading.known() if w.person == who.person]:
                fading.put(known, None)
        for known in [w for w in self._reminders if w.person == who.person]:
            del self._reminders[known]
        for key in [key for key in self._replies.known() if key[0].person == who.person]:
            self._replies.put(key, None)
        return True
