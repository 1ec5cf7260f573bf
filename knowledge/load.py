"""YAML files → one frozen `Knowledge`; whatever is wrong is said with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import TypeAdapter

from knowledge import references, yamlfile
from knowledge.call import Call
from knowledge.checklist import Checklist
from knowledge.entry import Entry
from knowledge.model import Concept, Document, KnowledgeError, Sector, problem
from knowledge.problems import checked
from knowledge.programme import Programme
from knowledge.yamlfile import DATA

T = TypeVar("T")
Held = TypeVar("Held", Call, Programme, Checklist)

MOST_ASKED = "most_asked.yaml"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: file and position, for findings and previews."""

    file: str
    position: int


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All the bot knows; loaded once, never changed, replaced as a whole."""

    calls: dict[str, Call]
    programmes: dict[str, Programme]
    documents: dict[str, Document]
    entries: dict[str, Entry]
    concepts: dict[str, Concept]
    places: dict[str, Place] = field(repr=False)
    root: Traversable = field(repr=False)
    checks: dict[str, Checklist] = field(default_factory=dict, repr=False)
    most_asked: tuple[str, ...] = ()
    """Ids of the entries to offer who has not said yet what they want, best first."""
    facts: tuple[tuple[str, Call | Programme | Checklist], ...] = field(default=(), repr=False)
    """Every file of facts (below the root) with what it holds."""

    @property
    def call(self) -> Call:
        """The latest call: the one that calculators and checks work with."""
        return max(self.calls.values(), key=lambda call: call.year)

    @property
    def programme(self) -> Programme:
        """The latest programme overview."""
        return max(self.programmes.values(), key=lambda programme: programme.period)

    def entry(self, entry_id: str) -> Entry | None:
        """An entry by its id or by an id it had before."""
        found = self.entries.get(entry_id)
        return found or next((e for e in self.entries.values() if entry_id in e.aliases), None)

    def of_family(self, entry: Entry, sector: Sector | None) -> Entry:
        """The entry that says of a sector what `entry` says; `entry` itself where there is none."""
        if entry.family is None or sector is None:
            return entry
        kin = (e for e in self.entries.values() if e.family == entry.family and e.sector == sector)
        return next(kin, entry)


def packaged_data() -> Traversable:
    """The data that come with the package."""
    return files("knowledge") / "data"


def load_knowledge(root: Traversable | None = None) -> Knowledge:
    """Reads and validates everything below `root` (the packaged data by default).

    Raises KnowledgeError naming file, line and remedy of all that is wrong: there is never half of it.
    """
    read = _Reader(root or packaged_data())
    documents = read.file("documents.yaml", TypeAdapter(dict[str, Document])) or {}
    calls = dict(read.held("calls", Call))
    programmes = dict(read.held("programmes", Programme))
    concepts = read.file("vocabulary.yaml", TypeAdapter(dict[str, Concept])) or {}
    entries, places = read.entries()
    checks = dict(read.held("checks", Checklist))
    asked = read.file(MOST_ASKED, TypeAdapter(tuple[str, ...])) if read.has(MOST_ASKED) else None
    read.stop_if_broken()
    knowledge = Knowledge(
        {facts.id: facts for facts in calls.values()},
        {facts.id: facts for facts in programmes.values()},
        documents,
        entries,
        concepts,
        places,
        read.root,
        {facts.call: facts for facts in checks.values()},
        asked or (),
        (*calls.items(), *programmes.items(), *checks.items()),
    )
    problems = [*references.broken(knowledge)]
    if problems:
        raise KnowledgeError("\n".join(problems))
    return knowledge


class _Reader:
    """Reads file after file and keeps what is wrong with each, so that a curator sees all of it at once."""

    def __init__(self, root: Traversable) -> None:
        self.root = root
        self._problems: list[str] = []

    def has(self, name: str) -> bool:
        return (self.root / name).is_file()

    def file(self, name: str, shape: TypeAdapter[T]) -> T | None:
        """What a file holds; None where something is wrong with it."""
        try:
            return checked(shape, self._text(name), f"{DATA}/{name}")
        except KnowledgeError as error:
            self._problems.append(str(error))
            return None

    def held(self, folder: str, kind: type[Held]) -> Iterator[tuple[str, Held]]:
        """The files of a folder with their facts; none where there is no such folder."""
        field_ = "call" if kind is Checklist else "id"
        seen: dict[str, str] = {}
        for name in self._below(folder):
            facts = self.file(name, TypeAdapter(kind))
            if facts is None:
                continue
            known = str(getattr(facts, field_))
            if known in seen:
                self._stands_twice(
                    name, (field_,), known, f"{seen[known]}:{self._line(seen[known], (field_,))}"
                )
            seen.setdefault(known, name)
            yield name, facts

    def entries(self) -> tuple[dict[str, Entry], dict[str, Place]]:
        """All entries by their ids, and where they stand."""
        entries: dict[str, Entry] = {}
        places: dict[str, Place] = {}
        for name in self._below("entries"):
            for position, entry in enumerate(self.file(name, TypeAdapter(list[Entry])) or ()):
                if entry.id in entries:
                    first = places[entry.id]
                    line = self._line(first.file, (first.position, "id"))
                    self._stands_twice(name, (position, "id"), entry.id, f"{first.file}:{line}")
                    continue
                entries[entry.id] = entry
                places[entry.id] = Place(name, position)
        return entries, places

    def stop_if_broken(self) -> None:
        """Raises KnowledgeError with all that was wrong so far."""
        if self._problems:
            raise KnowledgeError("\n".join(self._problems))

    def _stands_twice(self, name: str, path: yamlfile.PathInFile, known: str, there: str) -> None:
        said = f"the id {known!r} stands at {DATA}/{there} too; give one of the two another id"
        self._problems.append(problem(f"{DATA}/{name}", self._line(name, path), said))

    def _line(self, name: str, path: yamlfile.PathInFile) -> int:
        return yamlfile.line_of(self._text(name), path)

    def _text(self, name: str) -> str:
        try:
            return yamlfile.read(self.root / name, f"{DATA}/{name}")
        except FileNotFoundError:
            raise KnowledgeError.at(f"{DATA}/{name}", 1, "the file is missing; bring it back") from None

    def _below(self, folder: str) -> list[str]:
        if not (self.root / folder).is_dir():
            return []
        return sorted(
            f"{folder}/{item.name}" for item in (self.root / folder).iterdir() if item.name.endswith(".yaml")
        )
