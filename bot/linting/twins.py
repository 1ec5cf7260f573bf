"""Every text that stands in Latvian and in English: entries, phrases, checks and the names of facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from bot.linting.places import DATA, yaml_files
from knowledge import yamlfile
from knowledge.load import Knowledge
from knowledge.model import LANGUAGES

Step = str | int
Role = Literal["answer", "phrase", "fact"]

FIELDS = ("title", "answer", "detail")
"""Texts of an entry that stand in both languages."""

WORD_LISTS = frozenset(("words", "beside", "filler"))
"""Keys that hold words to recognise: each language has its own, nothing is translated."""

HELD: tuple[tuple[str, Role], ...] = (("calls", "fact"), ("programmes", "fact"), ("checks", "phrase"))
"""Folders of data with texts, and whether these hold figures or name them."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A text and its translation, by a name that stays when the text moves; empty where one is missing.

    `role` tells texts of entries and phrases, which may only name figures, from facts, which hold them.
    """

    name: str
    role: Role
    lv: str
    en: str
    lv_file: str
    en_file: str
    lv_path: tuple[Step, ...]
    en_path: tuple[Step, ...]


def twins(knowledge: Knowledge) -> Iterator[Twin]:
    """All texts that stand in two languages."""
    yield from entry_twins(knowledge)
    yield from phrase_twins()
    for folder, role in HELD:
        if (knowledge.root / folder).is_dir():
            for file, content in yaml_files(knowledge.root / folder, f"{DATA}/{folder}"):
                tree = yamlfile.parse(yamlfile.read(content, file), file)
                name = file.removeprefix(f"{DATA}/").removesuffix(".yaml")
                yield from _within(tree, file, role, (name,), ())


def entry_twins(knowledge: Knowledge) -> Iterator[Twin]:
    """The texts of all entries."""
    for entry in knowledge.entries.values():
        place = knowledge.places[entry.id]
        file = f"{DATA}/{place.file}"
        for field in FIELDS:
            lv, en = (getattr(entry.text(language), field).strip() for language in LANGUAGES)
            if lv or en:
                paths = ((place.position, language, field) for language in LANGUAGES)
                yield Twin(f"entries/{entry.id}/{field}", "answer", lv, en, file, file, *paths)


def phrase_twins() -> Iterator[Twin]:
    """The phrases; a key that stands in one language only does not get past loading."""
    folder, name = files("handlers") / "phrases", "handlers/phrases"
    texts: dict[str, dict[str, tuple[str, str]]] = {language: {} for language in LANGUAGES}
    for language in LANGUAGES:
        for file, content in yaml_files(folder / language, f"{name}/{language}"):
            tree = yamlfile.parse(yamlfile.read(content, file), file)
            if isinstance(tree, dict):
                texts[language].update({str(key): (str(text), file) for key, text in tree.items()})
    for key, (lv, lv_file) in texts["lv"].items():
        en, en_file = texts["en"].get(key, ("", lv_file))
        yield Twin(f"phrases/{key}", "phrase", lv, en, lv_file, en_file, (key,), (key,))


def _within(
    tree: object, file: str, role: Role, name: tuple[str, ...], path: tuple[Step, ...]
) -> Iterator[Twin]:
    if isinstance(tree, dict):
        if isinstance(tree.get("lv"), str) and isinstance(tree.get("en"), str):
            lv, en = (*path, "lv"), (*path, "en")
            yield Twin("/".join(name), role, tree["lv"], tree["en"], file, file, lv, en)
            return
        for key, inner in tree.items():
            if key not in WORD_LISTS:
                yield from _within(inner, file, role, (*name, str(key)), (*path, str(key)))
    elif isinstance(tree, list):
        for number, inner in enumerate(tree):
            known = inner.get("id") or inner.get("code") if isinstance(inner, dict) else None
            yield from _within(inner, file, role, (*name, str(known or number)), (*path, number))
