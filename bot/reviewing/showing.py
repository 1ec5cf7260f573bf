"""A group of questions as a curator reads it, and as a program does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TypedDict

from bot.linting.places import Places
from bot.reviewing.groups import Group
from bot.reviewing.wordings import Wording
from knowledge.load import Knowledge

SHOWN = 6
"""Wordings of one group shown; --json has them all."""

LANGUAGES = {"lv": "Latvian", "en": "English", "ru": "Russian"}


class JsonWording(TypedDict):
    """One way in which it was asked."""

    question: str
    language: str
    count: int
    not_known: int
    offered: int
    voted_down: int
    reasons: dict[str, int]
    voted_down_entries: list[str]
    first: str
    last: str


class JsonCandidate(TypedDict):
    """An entry that comes near."""

    entry: str
    title: str
    score: float
    place: str


class JsonGroup(TypedDict):
    """What `review --json` prints for each group."""

    count: int
    first: str
    last: str
    languages: list[str]
    wordings: list[JsonWording]
    candidates: list[JsonCandidate]


def described(group: Group, knowledge: Knowledge, places: Places, title: str) -> Iterator[str]:
    """A group as a paragraph: how often and when, its wordings, the entries that come near, numbered."""
    spoken = group.total(lambda wording: {wording.language: wording.count})
    languages = ", ".join(LANGUAGES.get(language, language) for language in spoken)
    yield f"{title}: asked {times(group.count)}, {dates(*group.span)}, {languages}"
    yield f"  {'; '.join(outcomes(group))}"
    for wording in group.wordings[:SHOWN]:
        yield f"  {f'{wording.count} ×':>5}  {wording.text}"
    if len(group.wordings) > SHOWN:
        yield f"         … and {len(group.wordings) - SHOWN} more wordings"
    yield "  nearest entries:" if group.candidates else "  no entry comes near"
    for number, candidate in enumerate(group.candidates, 1):
        name = knowledge.entries[candidate.entry].lv.title
        place = places.entry(candidate.entry, "id")
        yield f"  {number:>4}.  {candidate.score:.2f}  {candidate.entry} “{name}”  {place}"


def outcomes(group: Group) -> Iterator[str]:
    """What became of the questions, in words."""
    kinds = group.total(lambda wording: wording.kinds)
    if kinds.get("fallback"):
        yield f"not known {times(kinds['fallback'])}"
    if kinds.get("choices"):
        yield f"topics offered {times(kinds['choices'])}"
    if kinds.get("down"):
        why = group.total(lambda wording: wording.reasons)
        said = ", ".join(f"{reason} {number}" for reason, number in why.items())
        against = ", ".join(sorted({entry for wording in group.wordings for entry in wording.against}))
        yield f"answer of {against} voted 👎 {times(kinds['down'])}{f' ({said})' if said else ''}"


def as_json(group: Group, knowledge: Knowledge, places: Places) -> JsonGroup:
    """A group as data."""
    first, last = group.span
    return {
        "count": group.count,
        "first": first.isoformat(),
        "last": last.isoformat(),
        "languages": list(group.total(lambda wording: {wording.language: wording.count})),
        "wordings": [_wording(wording) for wording in group.wordings],
        "candidates": [
            {
                "entry": candidate.entry,
                "title": knowledge.entries[candidate.entry].lv.title,
                "score": candidate.score,
                "place": places.entry(candidate.entry, "id"),
            }
            for candidate in group.candidates
        ],
    }


def _wording(wording: Wording) -> JsonWording:
    return {
        "question": wording.text,
        "language": wording.language,
        "count": wording.count,
        "not_known": wording.kinds["fallback"],
        "offered": wording.kinds["choices"],
        "voted_down": wording.kinds["down"],
        "reasons": dict(sorted(wording.reasons.items())),
        "voted_down_entries": sorted(wording.against),
        "first": wording.first.isoformat(),
        "last": wording.last.isoformat(),
    }


def wordless(down: Counter[str]) -> Iterator[str]:
    """Entries that were voted down when the words of the question were no longer kept."""
    if down:
        yield "Voted 👎 later than two days after, so that only the entry is known:"
        yield from (f"  {number} ×  {entry}" for entry, number in sorted(down.items()))


def times(number: int) -> str:
    """How often, in words."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def dates(first: date, last: date) -> str:
    """A span of days."""
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
