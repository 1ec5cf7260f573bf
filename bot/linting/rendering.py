"""Entries as people would get them: in each language, for each sector, with buttons."""

from __future__ import annotations

from collections.abc import Iterator

from bot.linting.finding import Finding, Level
from bot.linting.places import Places
from bot.local.entities import utf16_length
from bot.local.markup import MarkupError, parse
from handlers.answers import entry_buttons, entry_html
from handlers.context import Services, Turn, Who
from handlers.splitting import LIMIT
from knowledge.entry import Entry
from knowledge.model import LANGUAGES, SECTORS, KnowledgeError, Language, Sector

LONG = 1500
"""Characters of a reply beyond which few read on; only lists that were asked for may be longer."""


def entry_findings(services: Services, entry: Entry, places: Places) -> Iterator[Finding]:
    """What is wrong with an entry as people would get it, in each language and for each sector, said once."""
    for language in LANGUAGES:
        turn = Turn(services, Who(0, 0), language, services.clock())
        found: dict[tuple[str, Level], None] = {}
        for sector in (None, *SECTORS):
            found.update(dict.fromkeys(_reply_findings(turn, entry, language, sector)))
        for message, level in found:
            yield Finding(places.entry(entry.id, language), message, level)


def _reply_findings(
    turn: Turn, entry: Entry, language: Language, sector: Sector | None
) -> Iterator[tuple[str, Level]]:
    try:
        text = parse(entry_html(turn, entry, sector)).text
        entry_buttons(turn, entry, sector)
    except (KnowledgeError, MarkupError, ValueError) as error:
        yield f"{entry.id} in {language} for {sector or 'no sector'}: {error}; correct the text", "error"
        return
    if utf16_length(text) > LIMIT:
        yield f"{entry.id} in {language}: more than {LIMIT} characters, shorten it", "error"
    elif len(text) > LONG and not entry.listing:
        yield (
            f"{entry.id} in {language}: {len(text)} characters, few read more than {LONG}; shorten it",
            "warning",
        )
