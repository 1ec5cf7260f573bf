"""Entries whose last day has passed: still shown, but somebody must look at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from bot.linting.finding import Finding
from bot.linting.places import Places
from knowledge.load import Knowledge


def expired(knowledge: Knowledge, now: datetime, places: Places) -> Iterator[Finding]:
    """Entries that say `until` a day before today."""
    for entry in knowledge.entries.values():
        if entry.until is None:
            continue
        if date.fromisoformat(entry.until) < now.date():
            yield Finding(
                places.entry(entry.id, "until"),
                f"{entry.id} held until {entry.until}; check it, then move the day or delete the entry",
                "warning",
            )
