"""Answers without a source, and slides and pages that a document does not have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from bot.linting.finding import Finding
from bot.linting.places import DATA, Places
from handlers.context import Services
from knowledge.entry import Entry
from knowledge.load import Knowledge
from knowledge.model import LANGUAGES, SECTORS, Document, split_source
from knowledge.references import sources_within
from knowledge.render import UnrenderableError


def beyond(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Sources that name a slide or page beyond the last of a document whose length is known."""
    for entry in knowledge.entries.values():
        for path, source in sources_within(entry):
            if said := _wrong(source, knowledge):
                yield Finding(places.entry(entry.id, *path), said)
    for file, facts in knowledge.facts:
        for path, source in sources_within(facts):
            if (knowledge.root / file).is_file() and (said := _wrong(source, knowledge)):
                yield Finding(places.at(f"{DATA}/{file}", path), said)


def missing(services: Services, places: Places) -> Iterator[Finding]:
    """Answers that name no source, and no fact that has one, in any language and for any sector."""
    for entry in services.knowledge.entries.values():
        if entry.kind == "answer" and not entry.source and not any(_sources_of_facts(services, entry)):
            yield Finding(
                places.entry(entry.id, "source"),
                f"{entry.id} answers without a source; add `source: [document/page]`, or name a fact, which "
                "brings its own (`kind: redirect` where nothing is said of the subject)",
            )


def _sources_of_facts(services: Services, entry: Entry) -> Iterator[tuple[str, ...]]:
    for language in LANGUAGES:
        for sector in (None, *SECTORS):
            # a text that cannot be shown is reported as such
            with suppress(UnrenderableError):
                yield services.renderer.entry(entry, language, sector).sources


def _wrong(source: str, knowledge: Knowledge) -> str | None:
    name, place = split_source(source)
    document = knowledge.documents[name]
    if place is None or document.length is None or _within(place, document):
        return None
    return (
        f"{source}: {name} ends with {document.length}; correct the number here, "
        f"or `length` of {name} in {DATA}/documents.yaml"
    )


def _within(place: str, document: Document) -> bool:
    return place.isdigit() and 1 <= int(place) <= (document.length or 0)
