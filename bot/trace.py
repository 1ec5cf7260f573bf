"""One update on its way through the process: a reference that joins its log lines, and how it ends."""

from __future__ import annotations

import secrets
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal

Result = Literal["answered", "repeated", "failed", "late", "limited", "blocked"]
"""How an update ends: `repeated` was done before, `late` ran out of time, `limited` was over its sender's
measure, `blocked` found that nobody wants an answer any more."""


@dataclass(slots=True)
class Trace:
    """What is known of the update at work; the reference says nothing of it."""

    reference: str = field(default_factory=lambda: secrets.token_hex(4))
    result: Result = "answered"


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def begin() -> Trace:
    """A trace for the update that this task works at from now on."""
    trace = Trace()
    _current.set(trace)
    return trace


def current() -> Trace | None:
    """The trace of the update at work; None outside any."""
    return _current.get()
