"""YAML files → one frozen `Knowledge`; whatever is wrong is said with file, line and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from knowledge import yamlfile
from knowledge.call import Call
from knowledge.checklist import Checklist
from knowledge.entry import Entry
from knowledge.model import Concept, Document, KnowledgeError, Sector, split_source
from knowledge.programme import Programme

T = TypeVar("T")

NO_SUCH_FIELD = "there is no such field here; check its spelling and how far it is indented"


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

    def line(self, entry_id: str, *path: str | int) -> str:
        """File and line of an entry, or of a field of it, as an editor opens it."""
        place = self.places[entry_id]
        text = (self.root / place.file).read_text(encoding="utf-8")
        return f"{place.file}:{yamlfile.line_of(text, (place.position, *path))}"


def packaged_data() -> Traversable:
    """The data that come with the package."""
    return files("knowledge") / "data"


def load_knowledge(root: Traversable | None = None) -> Knowledge:
    """Reads and validates everything below `root` (the packaged data by default).

    Raises KnowledgeError naming file, line and remedy; there is never half a knowledge base.
    """
    root = root or packaged_data()
    documents = _read(root, "documents.yaml", TypeAdapter(dict[str, Document]))
    calls = {c.id: c for name in _yaml_below(root, "calls") for c in [_read(root, name, TypeAdapter(Call))]}
    programmes = {
        p.id: p
        for name in _yaml_below(root, "programmes")
        for p in [_read(root, name, TypeAdapter(Programme))]
    }
    concepts = _read(root, "vocabulary.yaml", TypeAdapter(dict[str, Concept]))
    entries: dict[str, Entry] = {}
    places: dict[str, Place] = {}
    for name in _yaml_below(root, "entries"):
        for position, entry in enumerate(_read(root, name, TypeAdapter(list[Entry]))):
            if entry.id in entries:
                raise KnowledgeError(
                    f"{name}: entry {entry.id!r} stands in {places[entry.id].file} too; rename one"
                )
            entries[entry.id] = entry
            places[entry.id] = Place(name, position)
    checks = {
        c.call: c
        for name in (_yaml_below(root, "checks") if (root / "checks").is_dir() else ())
        for c in [_read(root, name, TypeAdapter(Checklist))]
    }
    asked = TypeAdapter(tuple[str, ...])
    most_asked = _read(root, MOST_ASKED, asked) if (root / MOST_ASKED).is_file() else ()
    knowledge = Knowledge(calls, programmes, documents, entries, concepts, places, root, checks, most_asked)
    problems = [*_broken_references(knowledge)]
    if problems:
        raise KnowledgeError("\n".join(problems))
    return knowledge


def _yaml_below(root: Traversable, folder: str) -> list[str]:
    return sorted(
        f"{folder}/{item.name}" for item in (root / folder).iterdir() if item.name.endswith(".yaml")
    )


def _read(root: Traversable, name: str, shape: TypeAdapter[T]) -> T:
    try:
        text = (root / name).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KnowledgeError(f"{name}: the file is missing") from error
    content = yamlfile.parse(text, name)
    try:
        return shape.validate_python(content)
    except ValidationError as error:
        raise KnowledgeError("\n".join(_findings(error, text, name))) from error


def _findings(error: ValidationError, text: str, name: str) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        where = ".".join(str(step) for step in problem["loc"])
        said = NO_SUCH_FIELD if problem["type"] == "extra_forbidden" else problem["msg"]
        yield f"{name}:{yamlfile.line_of(text, problem['loc'])}: {where}: {said}"


def _broken_references(knowledge: Knowledge) -> Iterator[str]:
    owners = {**knowledge.calls, **knowledge.programmes}
    for entry in knowledge.entries.values():
        for other in entry.related:
            if knowledge.entry(other) is None:
                yield f"{knowledge.line(entry.id, 'related')}: related entry {other!r} does not exist"
        if entry.part_of is not None and knowledge.entry(entry.part_of) is None:
            yield f"{knowledge.line(entry.id, 'part_of')}: the list {entry.part_of!r} is no entry"
        if entry.about is not None and entry.about not in owners:
            line = knowledge.line(entry.id, "about")
            yield f"{line}: no call or programme {entry.about!r}; there are {', '.join(owners)}"
        for source in entry.source:
            if split_source(source)[0] not in knowledge.documents:
                yield f"{knowledge.line(entry.id, 'source')}: no document {source!r} in documents.yaml"
    for name in knowledge.most_asked:
        if name not in knowledge.entries:
            yield f"{MOST_ASKED}: there is no entry {name!r}; write its present id"
    for call in knowledge.checks.keys() - knowledge.calls.keys():
        yield f"checks: no call {call!r}; there are {', '.join(knowledge.calls)}"
    for owner, facts in (*owners.items(), *((f"checks of {c}", k) for c, k in knowledge.checks.items())):
        for source in sorted(_sources_within(facts)):
            document, place = split_source(source)
            named = knowledge.documents.get(document)
            if named is None or (named.places and place not in named.places):
                yield f"{owner}: source {source!r} is not in documents.yaml; add it there or correct it"


def _sources_within(value: object) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            inner = getattr(value, name)
            if name == "source":
                yield from inner
            else:
                yield from _sources_within(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _sources_within(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _sources_within(inner)
