"""`ka2bot lint`: everything that can be checked without asking, each finding with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import typer

from bot.local.entities import utf16_length
from bot.local.markup import MarkupError, parse
from bot.phrasekeys import key_findings
from bot.services import build_services
from bot.settings import Settings
from handlers.answers import entry_buttons, entry_html
from handlers.context import Services, Turn, Who
from handlers.splitting import LIMIT
from knowledge.entry import Entry
from knowledge.model import LANGUAGES, SECTORS, KnowledgeError, Language, Sector

LONG = 1500
"""Characters of a reply beyond which few read on; only lists that were asked for may be longer."""

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong (`error`) or doubtful (`warning`) at a place in a file."""

    place: str
    """File and line, as an editor opens it."""
    message: str
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.level}: {self.message}"


def report(settings: Settings) -> bool:
    """Prints every finding; whether there is no error among them. Raises KnowledgeError as loading does."""
    services = build_services(settings.clock())
    found = list(findings(services))
    for finding in found:
        typer.echo(str(finding))
    errors = sum(finding.level == "error" for finding in found)
    typer.echo(f"{len(services.knowledge.entries)} entries: {errors} errors, {len(found) - errors} warnings")
    return errors == 0


def findings(services: Services) -> Iterator[Finding]:
    """All findings, by file."""
    for entry in services.knowledge.entries.values():
        yield from dict.fromkeys(entry_findings(services, entry))
    for place, message in key_findings(services.phrases.keys()):
        yield Finding(place, message)


def entry_findings(services: Services, entry: Entry) -> Iterator[Finding]:
    """What is wrong with an entry as people would get it, in each language and for each sector."""
    for language in LANGUAGES:
        turn = Turn(services, Who(0, 0), language, services.clock())
        for sector in (None, *SECTORS):
            for message, level in _reply_findings(turn, entry, language, sector):
                # looked up only now: finding a line means reading the file again
                place = f"knowledge/data/{services.knowledge.line(entry.id, language)}"
                yield Finding(place, message, level)


def _reply_findings(
    turn: Turn, entry: Entry, language: Language, sector: Sector | None
) -> Iterator[tuple[str, Level]]:
    try:
        text = parse(entry_html(turn, entry, sector)).text
        entry_buttons(turn, entry, sector)
    except (KnowledgeError, MarkupError, ValueError) as error:
        yield f"{entry.id} in {language} for {sector or 'no sector'}: {error}", "error"
        return
    if utf16_length(text) > LIMIT:
        yield f"{entry.id} in {language}: more than {LIMIT} characters, shorten it", "error"
    elif len(text) > LONG:
        yield f"{entry.id} in {language}: {len(text)} characters, few read more than {LONG}", "warning"
