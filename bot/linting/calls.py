"""The latest call carries calculators, checks and phrases: it must have all they need."""

from __future__ import annotations

from collections.abc import Iterator

from bot.linting.finding import Finding
from bot.linting.places import DATA, Places
from knowledge.load import Knowledge


def incomplete(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """A latest call that /check has no questions for."""
    call = knowledge.call
    if call.id not in knowledge.checks:
        file = f"calls/{call.id}.yaml"
        place = places.at(f"{DATA}/{file}", ("id",)) if (knowledge.root / file).is_file() else f"{DATA}/calls"
        said = f"{call.id} is the latest call and has no file in {DATA}/checks; copy that of an earlier call"
        yield Finding(place, said)
