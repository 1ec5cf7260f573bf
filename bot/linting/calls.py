"""Calls: the latest must have all that calculators and checks need, and the figures of each must agree."""

from __future__ import annotations

from collections.abc import Iterator

from bot.linting.finding import Finding
from bot.linting.places import DATA, Places
from knowledge.call import Call
from knowledge.load import Knowledge
from knowledge.model import SECTORS
from knowledge.yamlfile import PathInFile


def incomplete(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """A latest call that /check has no questions for."""
    call = knowledge.call
    if call.id not in knowledge.checks:
        said = f"{call.id} is the latest call and has no file in {DATA}/checks; copy that of an earlier call"
        yield Finding(_at(call, ("id",), knowledge, places), said)


def disagreeing(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Calls whose grant in total is not the monthly one times the longest permitted duration."""
    for call in knowledge.calls.values():
        longest = max(call.duration.of(sector).max_months for sector in SECTORS)
        most = call.grant.per_month * longest
        if call.grant.total != most:
            said = (
                f"grant.total is {call.grant.total}, but per_month {call.grant.per_month} × {longest} months "
                f"(the longest duration) is {most}; check the three against their sources"
            )
            yield Finding(_at(call, ("grant", "total"), knowledge, places), said, "warning")


def _at(call: Call, path: PathInFile, knowledge: Knowledge, places: Places) -> str:
    file = next(file for file, facts in knowledge.facts if facts is call)
    return places.at(f"{DATA}/{file}", path) if (knowledge.root / file).is_file() else f"{DATA}/calls"
