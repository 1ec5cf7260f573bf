"""What is counted of questions and votes: numbers and topics, never a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.model import Language

Vote = Literal["up", "down"]

Reason = Literal["wrong", "incomplete", "outdated", "unclear"]
"""Why an answer was voted down."""

AskedKind = Literal["answer", "gap", "redirect", "calculated"]
"""How a question was answered that may be voted on."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer that may be voted on: a number drawn by lot, the entry it came from, and how."""

    ticket: int
    entry: str
    kind: AskedKind
    language: Language


@dataclass(frozen=True, slots=True)
class Voted:
    """What counts for one answer: the first vote, and the first reason given with a vote down."""

    vote: Vote
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """So many questions of one day that came out alike; `entry` is None where nothing sure was found."""

    day: date
    kind: str
    entry: str | None
    number: int
    voted: Voted | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of some days, people a day, and since when anything is counted at all."""

    counts: tuple[Count, ...]
    people: Mapping[date, int]
    since: date | None
