"""Slides and pages that a document does not have."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from bot.linting.finding import Finding
from bot.linting.places import DATA, Places
from knowledge.load import Knowledge
from knowledge.model import Document, split_source
from knowledge.yamlfile import PathInFile


def beyond(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Sources that name a slide or page beyond the last of a document whose length is known."""
    for entry in knowledge.entries.values():
        for path, source in _sources(entry, ()):
            if said := _wrong(source, knowledge):
                yield Finding(places.entry(entry.id, *path), said)
    for file, facts in _files(knowledge):
        for path, source in _sources(facts, ()):
            if (knowledge.root / file).is_file() and (said := _wrong(source, knowledge)):
                yield Finding(places.at(f"{DATA}/{file}", path), said)


def _files(knowledge: Knowledge) -> Iterator[tuple[str, BaseModel]]:
    for call in knowledge.calls.values():
        yield f"calls/{call.id}.yaml", call
    for programme in knowledge.programmes.values():
        yield f"programmes/{programme.id.removeprefix('programme-')}.yaml", programme
    for checks in knowledge.checks.values():
        yield f"checks/{checks.call}.yaml", checks


def _sources(value: object, path: PathInFile) -> Iterator[tuple[PathInFile, str]]:
    """Every source within a fact, with its path in the file; one of several by its position."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if name == "source":
                yield from (((*path, name, at), source) for at, source in enumerate(inner))
            else:
                yield from _sources(inner, (*path, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _sources(inner, (*path, key))
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            yield from _sources(inner, (*path, at))


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
