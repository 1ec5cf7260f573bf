"""Slides and pages that a document does not have."""

from __future__ import annotations

from collections.abc import Iterator

from bot.linting.finding import Finding
from bot.linting.places import DATA, Places
from knowledge.load import Knowledge
from knowledge.model import Document, split_source
from knowledge.references import sources_within


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
