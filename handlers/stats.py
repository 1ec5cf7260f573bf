"""/stats, for administrators: what was asked, what was not known, what people thought of the answers.

Numbers and topics only; nothing here, nor in what is kept for it, leads to a person.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.context import Turn
from handlers.counts import Count, Counted
from handlers.reply import Reply

PERIODS = (7, 30)
"""Days that are summed up, today included; the last one is what the lists are about."""

TOP = 10
"""Topics listed at most: more nobody reads on a phone."""


@dataclass(frozen=True, slots=True)
class Period:
    """The last days in figures; `people` and `most` count those answered on a day, on average and at most."""

    days: int
    asked: int
    answered: int
    offered: int
    unknown: int
    up: int
    down: int
    people: int
    most: int


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with how often it was asked, or with the votes against it and their reasons."""

    title: str
    number: int
    reasons: tuple[tuple[str, int], ...] = ()


async def command(turn: Turn, args: str) -> Reply:
    """The figures of the last week and month."""
    counted = await turn.services.store.counted(PERIODS[-1])
    if counted is None:
        return Reply(turn.say("stats.no_store"))
    if counted.since is None:
        return Reply(turn.say("stats.nothing"))
    # by the days of the store, whose clock is never a pretended one
    today = max(counted.people, default=turn.now.date())
    html = turn.say(
        "stats.text",
        periods=[period(counted, today, days) for days in PERIODS],
        top=top(turn, counted.counts),
        against=voted_down(turn, counted.counts),
        since=counted.since,
    )
    return Reply(html)


def period(counted: Counted, today: date, days: int) -> Period:
    """The figures of the last days, today included; the average begins with the first day counted."""
    first = max(today - timedelta(days=days - 1), counted.since or today)
    counts = [count for count in counted.counts if count.day >= first]
    people = [number for day, number in counted.people.items() if day >= first]
    kinds: Counter[str] = Counter()
    votes: Counter[str] = Counter()
    for count in counts:
        kinds[count.kind] += count.number
        votes[count.voted.vote if count.voted else ""] += count.number
    unsure = kinds["choices"] + kinds["fallback"]
    return Period(
        days,
        asked=kinds.total(),
        answered=kinds.total() - unsure,
        offered=kinds["choices"],
        unknown=kinds["fallback"],
        up=votes["up"],
        down=votes["down"],
        people=round(sum(people) / ((today - first).days + 1)),
        most=max(people, default=0),
    )


def top(turn: Turn, counts: tuple[Count, ...]) -> list[Topic]:
    """The topics asked most."""
    asked: Counter[str] = Counter()
    for count in counts:
        if count.entry is not None:
            asked[count.entry] += count.number
    return [Topic(_title(turn, entry), number) for entry, number in _most(asked)]


def voted_down(turn: Turn, counts: tuple[Count, ...]) -> list[Topic]:
    """The topics voted down most, with the reasons given."""
    against: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = {}
    for count in counts:
        if count.entry is not None and count.voted is not None and count.voted.vote == "down":
            against[count.entry] += count.number
            if count.voted.reason is not None:
                reasons.setdefault(count.entry, Counter())[count.voted.reason] += count.number
    return [
        Topic(
            _title(turn, entry),
            number,
            tuple((turn.say(f"stats.{why}"), n) for why, n in _most(reasons.get(entry, Counter()))),
        )
        for entry, number in _most(against)
    ]


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:TOP]


def _title(turn: Turn, entry_id: str) -> str:
    """The entry's title; the id alone of one that has been deleted since."""
    entry = turn.services.knowledge.entry(entry_id)
    return entry.text(turn.language).title if entry else entry_id
