"""What one update reads and changes, gathered so that it is written in one transaction at its end."""

from __future__ import annotations

from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from handlers.context import Card, Profile, Thread, Who
from handlers.counts import Asked
from knowledge.deciding import OutcomeKind
from knowledge.model import Language

_THREAD = TypeAdapter(Thread)
_CARD = TypeAdapter(Card)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is remembered of a person in a chat."""

    profile: Profile = field(default_factory=Profile)
    thread: Thread | None = None
    thread_until: int = 0
    """Seconds since 1970 from which on the thread is forgotten; likewise for the card."""
    card: Card | None = None
    card_until: int = 0

    @property
    def nothing(self) -> bool:
        """Whether there is nothing to keep."""
        return self.profile == Profile() and self.thread is None and self.card is None


@dataclass(frozen=True, slots=True)
class Missed:
    """A question without a sure answer, scrubbed."""

    question: str
    language: Language
    kind: OutcomeKind


@dataclass(slots=True)
class Unit:
    """One update's work: `people` as read and changed, `changed` says whose is to be written."""

    number: int | None = None
    """The update's id; None for work outside an update."""
    people: dict[Who, Remembered] = field(default_factory=dict)
    changed: set[Who] = field(default_factory=set)
    replies: dict[tuple[Who, int], int] = field(default_factory=dict)
    missed: list[Missed] = field(default_factory=list)
    asked: list[tuple[str, Asked]] = field(default_factory=list)
    """Questions that were answered, scrubbed, with what stands in their vote buttons."""

    def change(self, who: Who, now: Remembered) -> None:
        """Replace what is remembered of a person; what is as it was is not written."""
        if self.people.get(who) != now:
            self.changed.add(who)
        self.people[who] = now

    def forget(self, person: int) -> None:
        """Drop what this unit knows of a person and was to write."""
        for who in [who for who in self.people if who.person == person]:
            self.people[who] = Remembered()
        self.changed = {who for who in self.changed if who.person != person}
        self.replies = {key: reply for key, reply in self.replies.items() if key[0].person != person}

    @property
    def empty(self) -> bool:
        """Whether there is nothing to write."""
        return self.number is None and not (self.changed or self.replies or self.missed or self.asked)


def packed(value: Thread | Card | None) -> str | None:
    """A thread or a card as text for its column."""
    match value:
        case Thread():
            return _THREAD.dump_json(value, exclude_defaults=True).decode()
        case Card():
            return _CARD.dump_json(value).decode()
        case None:
            return None


def thread_from(text: str | None) -> Thread | None:
    """The thread in a column; None where there is none, or one of another version of this program."""
    try:
        return _THREAD.validate_json(text) if text else None
    except ValidationError:
        return None


def card_from(text: str | None) -> Card | None:
    """The card in a column; None where there is none, or one of another version of this program."""
    try:
        return _CARD.validate_json(text) if text else None
    except ValidationError:
        return None
