"""Topics that a short question may equally mean: declared by the curator, so that nobody reports them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from pydantic import TypeAdapter, ValidationError

from bot.linting.finding import Finding
from bot.linting.places import DATA, Places
from knowledge import yamlfile
from knowledge.load import Knowledge
from knowledge.model import KnowledgeError

FILE = "ambiguous.yaml"


def declared(knowledge: Knowledge) -> frozenset[tuple[str, str]]:
    """Every pair of entries, in both orders, that may be taken for one another."""
    return frozenset(pair for group in _groups(knowledge) for pair in permutations(group, 2))


def unknown_ids(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Ids in the declarations that no entry has."""
    for number, group in enumerate(_groups(knowledge)):
        for position, entry_id in enumerate(group):
            if entry_id not in knowledge.entries:
                place = places.at(f"{DATA}/{FILE}", (number, position))
                yield Finding(place, f"there is no entry {entry_id!r}; correct the id or delete it")


def _groups(knowledge: Knowledge) -> list[list[str]]:
    file = knowledge.root / FILE
    if not file.is_file():
        return []
    name = f"{DATA}/{FILE}"
    text = yamlfile.read(file, name)
    tree = yamlfile.parse(text, name)
    try:
        return TypeAdapter(list[list[str]]).validate_python(tree or [])
    except ValidationError as error:
        line = yamlfile.line_of(text, error.errors()[0]["loc"])
        raise KnowledgeError.at(name, line, 'write "- [entry-id, entry-id]", one group a line') from error
