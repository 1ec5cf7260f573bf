"""`ka2bot schema`: JSON Schema of the YAML files, from the models that check them at loading.

Editors with a YAML language server complete and check with it while one types; each file says by its first
line which schema is its own.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from knowledge.call import Call
from knowledge.checklist import Checklist
from knowledge.entry import Entry, EntryId
from knowledge.model import Concept, Document
from knowledge.programme import Programme

SHAPES: dict[str, TypeAdapter[Any]] = {
    "entries": TypeAdapter(list[Entry]),
    "call": TypeAdapter(Call),
    "programme": TypeAdapter(Programme),
    "checks": TypeAdapter(Checklist),
    "documents": TypeAdapter(dict[str, Document]),
    "vocabulary": TypeAdapter(dict[str, Concept]),
    "budget_words": TypeAdapter(dict[str, Concept]),
    "ambiguous": TypeAdapter(list[list[str]]),
    "most_asked": TypeAdapter(list[EntryId]),
    "figures": TypeAdapter(dict[str, list[int | str]]),
}
"""Name of a schema → what its files hold."""


class _OneOrSeveral(GenerateJsonSchema):
    """Schemas as the files are written: where a list is asked for, a single text will do for sources."""

    def function_before_schema(self, schema: Any) -> JsonSchemaValue:
        """The inner schema, or one text of it."""
        inner = super().function_before_schema(schema)
        if inner.get("type") == "array" and inner.get("items") == {"type": "string"}:
            return {"anyOf": [{"type": "string"}, inner]}
        return inner


def schemas() -> dict[str, str]:
    """File name → JSON Schema, as text."""
    return {f"{name}.json": _text(name, shape) for name, shape in SHAPES.items()}


def write(folder: Path) -> list[Path]:
    """Writes all schemas into a folder and gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)
    return written


def _text(name: str, shape: TypeAdapter[Any]) -> str:
    schema = shape.json_schema(schema_generator=_OneOrSeveral)
    whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name, **_plain(schema)}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _plain(schema: Any) -> Any:
    """Without the titles pydantic makes of field names; a field called title stays."""
    if isinstance(schema, dict):
        return {
            key: _plain(inner)
            for key, inner in schema.items()
            if not (key == "title" and isinstance(inner, str))
        }
    return [_plain(inner) for inner in schema] if isinstance(schema, list) else schema
