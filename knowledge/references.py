"""What one file names in another: entries, calls, documents; a name that leads nowhere must not be loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

from knowledge.model import problem, split_source
from knowledge.yamlfile import DATA, PathInFile, Tree, read

if TYPE_CHECKING:
    from knowledge.load import Knowledge

At = Callable[[str, PathInFile, str], str]
"""File, path in it and what is wrong there → the problem with its line."""

_NO_DOCUMENT = "is not in documents.yaml; add it there or correct it"


def broken(knowledge: Knowledge) -> Iterator[str]:
    """Names that nothing has, each as a problem with file and line."""
    at = _lines(knowledge)
    yield from _entries(knowledge, at)
    yield from _lists(knowledge, at)
    for file, facts in knowledge.facts:
        for path, source in sources_within(facts):
            document, place = split_source(source)
            named = knowledge.documents.get(document)
            if named is None or (named.places and place not in named.places):
                yield at(file, path, f"source {source!r} {_NO_DOCUMENT}")


def sources_within(value: object, path: PathInFile = ()) -> Iterator[tuple[PathInFile, str]]:
    """Every source within a fact, with its path in the file; one of several by its position."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if name == "source":
                yield from (((*path, name, at), source) for at, source in enumerate(inner))
            else:
                yield from sources_within(inner, (*path, name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from sources_within(inner, (*path, key))
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            yield from sources_within(inner, (*path, at))


def _entries(knowledge: Knowledge, at: At) -> Iterator[str]:
    owners = {**knowledge.calls, **knowledge.programmes}
    for entry in knowledge.entries.values():
        place = knowledge.places[entry.id]

        def amiss(said: str, *path: str | int, file: str = place.file, number: int = place.position) -> str:
            return at(file, (number, *path), said)

        name = f"entry {entry.id}"
        for number, other in enumerate(entry.related):
            if knowledge.entry(other) is None:
                yield amiss(
                    f"{name}: related entry {other!r} does not exist; correct the id", "related", number
                )
        if entry.part_of is not None and knowledge.entry(entry.part_of) is None:
            yield amiss(f"{name}: the list {entry.part_of!r} is no entry; correct the id", "part_of")
        if entry.about is not None and entry.about not in owners:
            there = ", ".join(owners)
            yield amiss(f"{name}: no call or programme {entry.about!r}; there are {there}", "about")
        for number, source in enumerate(entry.source):
            if split_source(source)[0] not in knowledge.documents:
                yield amiss(f"{name}: source {source!r} {_NO_DOCUMENT}", "source", number)


def _lists(knowledge: Knowledge, at: At) -> Iterator[str]:
    for number, name in enumerate(knowledge.most_asked):
        if name not in knowledge.entries:
            yield at("most_asked.yaml", (number,), f"there is no entry {name!r}; write its present id")
    for file, facts in knowledge.facts:
        call = getattr(facts, "call", None)
        if isinstance(call, str) and call not in knowledge.calls:
            yield at(file, ("call",), f"no call {call!r}; there are {', '.join(knowledge.calls)}")


def _lines(knowledge: Knowledge) -> At:
    """Files are read again only for the problems there are."""
    trees: dict[str, Tree] = {}

    def at(file: str, path: PathInFile, said: str) -> str:
        name = f"{DATA}/{file}"
        if file not in trees:
            trees[file] = Tree(read(knowledge.root / file, name))
        return problem(name, trees[file].line(path), said)

    return at
