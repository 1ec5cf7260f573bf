"""The JSON Schema that editors check the knowledge with is that of the models."""

import json
from pathlib import Path

import pytest

from bot import schema
from knowledge.load import packaged_data

DATA = Path(str(packaged_data()))
WRITTEN = DATA.parent / "schema"
PLAIN = {"words.yaml", "months.yaml", "place_names.yaml", "translations.yaml"}
"""Files of the program, not of the curator: no model, no schema."""


def test_the_written_schemas_are_those_of_the_models() -> None:
    written = {file.name: file.read_text(encoding="utf-8") for file in WRITTEN.iterdir()}
    assert written == schema.schemas(), "run `ka2bot schema --write knowledge/schema`"


@pytest.mark.parametrize("file", sorted(DATA.rglob("*.yaml")), ids=lambda file: file.name)
def test_every_file_of_the_curator_names_its_schema(file: Path) -> None:
    first = file.read_text(encoding="utf-8").splitlines()[0]
    if file.name in PLAIN:
        assert "$schema" not in first
        return
    named = first.removeprefix("# yaml-language-server: $schema=")
    assert named != first, f"{file}: the first line names no schema"
    kind = {"entries": "entries", "calls": "call", "programmes": "programme", "checks": "checks"}
    wanted = kind.get(file.parent.name, file.stem)
    assert (file.parent / named).resolve() == (WRITTEN / f"{wanted}.json").resolve()


def test_a_source_may_be_one_text_or_several_and_unknown_keys_are_wrong() -> None:
    entry = json.loads(schema.schemas()["entries.json"])["$defs"]["Entry"]
    assert [form["type"] for form in entry["properties"]["source"]["anyOf"]] == ["string", "array"]
    assert entry["additionalProperties"] is False
    assert {"id", "lv", "en"} <= set(entry["required"])
    assert "title" in json.loads(schema.schemas()["entries.json"])["$defs"]["EntryText"]["properties"]


def test_schemas_are_written_into_a_folder(tmp_path: Path) -> None:
    paths = schema.write(tmp_path / "new")
    assert {path.name for path in paths} == schema.schemas().keys()
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in paths)
