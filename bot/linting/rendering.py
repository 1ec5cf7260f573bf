"""Entries as people would get them: in each language, for each sector, with buttons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from bot.linting import markup
from bot.linting.facts import misnamed
from bot.linting.finding import Finding, Level
from bot.linting.places import Places
from bot.local.entities import utf16_length
from bot.local.markup import MarkupError, parse
from handlers.answers import entry_buttons, entry_html
from handlers.context import Services, Turn, Who
from handlers.splitting import LIMIT
from knowledge.entry import Entry
from knowledge.model import LANGUAGES, SECTORS, Sector
from knowledge.render import UnrenderableError

LONG = 1500
"""Characters of a reply beyond which few read on; only lists that were asked for may be longer."""

Field = Literal["answer", "detail"]
Said = tuple[Field, str, Level]


def entry_findings(services: Services, entry: Entry, places: Places) -> Iterator[Finding]:
    """What is wrong with an entry as people would get it, in each language and for each sector, said once."""
    for language in LANGUAGES:
        turn = Turn(services, Who(0, 0), language, services.clock())
        text = entry.text(language)
        # where the text does not look at the sector, one stands for all
        sectors = (None, *SECTORS) if "sector" in text.answer + text.detail else (None,)
        found: dict[Said, list[str]] = {}
        for sector in sectors:
            for said in _said(turn, entry, sector):
                found.setdefault(said, []).append(sector or "no sector")
        told = dict.fromkeys(field for field, _, level in found if level == "error")
        misspelt = {field: [*_misnamed(turn, entry, field, places)] for field in told}
        for (field, message, level), where in found.items():
            if not misspelt.get(field):
                only = f" for {', '.join(where)}" if len(where) < len(sectors) else ""
                place = places.entry(entry.id, language, field)
                yield Finding(place, f"{entry.id} in {language}{only}: {message}", level)
        for findings in misspelt.values():
            yield from findings


def _misnamed(turn: Turn, entry: Entry, field: Field, places: Places) -> Iterator[Finding]:
    text: str = getattr(entry.text(turn.language), field)
    file, path = places.of(entry.id, turn.language, field)
    name = f"entries/{entry.id}/{field}"
    yield from misnamed(name, text, turn.services.knowledge, places.finder(file, path))


def _said(turn: Turn, entry: Entry, sector: Sector | None) -> Iterator[Said]:
    try:
        text = parse(entry_html(turn, entry, sector)).text
        entry_buttons(turn, entry, sector or SECTORS[0])
    except UnrenderableError as error:
        message = f"{error.said.rstrip('.')}; correct what stands in {{{{ }}}} or {{% %}}"
        yield _field(turn, entry, sector), message, "error"
        return
    except MarkupError as error:
        yield _field(turn, entry, sector), markup.described(error), "error"
        return
    apart = markup.fault(entry.text(turn.language).answer)
    if apart:
        yield "answer", apart, "error"
    if utf16_length(text) > LIMIT:
        yield "answer", f"more than {LIMIT} characters, shorten it", "error"
    elif len(text) > LONG and not entry.listing:
        yield "answer", f"{len(text)} characters, few read more than {LONG}; shorten it", "warning"


def _field(turn: Turn, entry: Entry, sector: Sector | None) -> Field:
    """The field that breaks an entry: the detail where the answer alone is fine."""
    try:
        parse(turn.services.renderer.entry(entry, turn.language, sector, brief=True).html)
    except (UnrenderableError, MarkupError):
        return "answer"
    return "detail"
