"""A figure of the call stands once, in the call's facts; a text that repeats it goes stale unnoticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.linting.finding import Finding
from bot.linting.places import DATA, Places
from bot.linting.templates import parts
from bot.linting.twins import Twin
from knowledge import yamlfile
from knowledge.load import Knowledge
from knowledge.model import KnowledgeError

FILE = "figures.yaml"
"""Figures, entry by entry, that may stand in a text although a fact has that value or the twin lacks them."""

SMALLEST = 10
"""Single digits count and order all sorts of things; from here on a figure is likely the call's."""


def written_out(twins: Iterable[Twin], knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Figures of a call or of the programme that a text repeats instead of naming the fact."""
    allowed = allowed_figures(knowledge)
    facts = figures_of(knowledge)
    for twin in twins:
        if twin.role == "fact" or twin.name.endswith("/title"):  # titles are no templates
            continue
        sides = ((twin.lv, twin.lv_file, twin.lv_path), (twin.en, twin.en_file, twin.en_path))
        for text, file, path in sides:
            excused = allowed.get(twin.name.split("/")[1], frozenset())
            for figure in sorted(parts(text).written & facts.keys() - excused):
                yield Finding(
                    places.at(file, path),
                    f"{twin.name}: {figure} is {facts[figure]}; name the fact instead, "
                    f"or declare the figure in {DATA}/{FILE} if it means something else",
                    "warning",
                )


def allowed_figures(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """Entry id or phrase key → the figures that mean something else there than the fact of that value."""
    if not (knowledge.root / FILE).is_file():
        return {}
    name = f"{DATA}/{FILE}"
    text = yamlfile.read(knowledge.root / FILE, name)
    tree = yamlfile.parse(text, name)
    try:
        declared = TypeAdapter(dict[str, list[int | str]]).validate_python(tree or {})
    except ValidationError as error:
        line = yamlfile.line_of(text, error.errors()[0]["loc"])
        raise KnowledgeError.at(name, line, 'write "entry-id: [24]", one entry a line') from error
    return {name: frozenset(map(str, figures)) for name, figures in declared.items()}


def figures_of(knowledge: Knowledge) -> dict[str, str]:
    """Every figure of a call → the fact that holds it."""
    found: dict[str, str] = {}
    for call in knowledge.calls.values():
        for path, value in _leaves(call, "call"):
            if isinstance(value, int) and value >= SMALLEST:
                found.setdefault(str(value), path)
            elif isinstance(value, str) and value.isdigit() and len(value) > 1:
                found.setdefault(value, path)
    return found


def _leaves(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in ("source", "words"):
                yield from _leaves(getattr(value, name), f"{path}.{name}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}")
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{number}]")
    elif not isinstance(value, bool):
        yield path, value
