"""`ka2bot lint`: everything that can be checked without asking, each finding with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from bot.linting import (
    accepted,
    ambiguous,
    calls,
    expiry,
    facts,
    figures,
    markup,
    overlap,
    phrasings,
    sources,
    translations,
)
from bot.linting.finding import Finding
from bot.linting.places import Places
from bot.linting.rendering import entry_findings
from bot.linting.saying import unsayable
from bot.linting.twins import Twin, twins
from bot.phrasekeys import key_findings
from bot.progress import progress
from bot.services import build_services
from bot.settings import Settings
from bot.showable import read_words
from handlers.context import Services

SILENT = "bot/store/"
"""Code that says nothing to anybody: the labels there are those of columns."""


def report(settings: Settings) -> bool:
    """Prints every finding; whether there is no error among them. Raises KnowledgeError as loading does."""
    services = build_services(settings.clock())
    found = list(findings(services))
    for finding in found:
        typer.echo(str(finding))
    errors = sum(finding.level == "error" for finding in found)
    typer.echo(f"{len(services.knowledge.entries)} entries: {errors} errors, {len(found) - errors} warnings")
    return errors == 0


def report_overlap(settings: Settings) -> None:
    """Prints which entries are mistaken for one another; takes some minutes."""
    knowledge = build_services(settings.clock()).knowledge
    with progress() as advance:
        result = overlap.overlap(knowledge, advance)
    typer.echo("\n".join(overlap.report(result, knowledge, Places(knowledge))))


def accept(settings: Settings) -> None:
    """Keeps that every text agrees with its translation as both are now."""
    knowledge = build_services(settings.clock()).knowledge
    names = accepted.accept(twins(knowledge), knowledge)
    for name in names:
        typer.echo(f"accepted: {name}")
    typer.echo(f"{len(names)} texts accepted; {accepted.FILE} holds the digests")


def findings(services: Services) -> Iterator[Finding]:
    """All findings, by kind and file."""
    yield from dict.fromkeys(_findings(services))


def _findings(services: Services) -> Iterator[Finding]:
    """The same; a misspelt fact may be found by more than one check."""
    read_words()
    knowledge = services.knowledge
    places = Places(knowledge)
    pairs = list(twins(knowledge))
    for entry in knowledge.entries.values():
        yield from entry_findings(services, entry, places)
    yield from unsayable(pairs, services, places)
    yield from markup.ampersands(pairs, places)
    yield from translations.unequal(pairs, knowledge, places)
    yield from accepted.out_of_step(pairs, knowledge, places)
    yield from figures.written_out(pairs, knowledge, places)
    yield from facts.undefined(pairs, knowledge, places)
    yield from facts.unused(pairs, knowledge, places)
    yield from phrasings.twice(knowledge, places)
    yield from ambiguous.unknown_ids(knowledge, places)
    yield from calls.incomplete(knowledge, places)
    yield from calls.disagreeing(knowledge, places)
    yield from sources.beyond(knowledge, places)
    yield from sources.missing(services, places)
    yield from expiry.expired(knowledge, services.clock(), places)
    for place, message in key_findings(services.phrases.keys()):
        if not place.startswith(SILENT):
            yield Finding(_with_line(place, message, pairs, places), message)


def _with_line(place: str, message: str, pairs: list[Twin], places: Places) -> str:
    """The place of a finding on a phrase, with its line where the message names a phrase there is."""
    named = (t for t in pairs if f"the phrase {t.name.removeprefix('phrases/')} " in message)
    return next((places.at(twin.lv_file, twin.lv_path) for twin in named), place)
