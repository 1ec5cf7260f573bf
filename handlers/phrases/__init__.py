"""The sentences the bot says: a YAML file for each dialogue and language, the same keys in both."""

from __future__ import annotations

from importlib.resources import files

from pydantic import TypeAdapter, ValidationError

from knowledge import yamlfile
from knowledge.model import LANGUAGES, KnowledgeError, Language
from knowledge.render import Rendered, Renderer


class Phrases:
    """Phrases by key; each is a template over the facts and the values of the moment.

    Raises KnowledgeError when a file is broken or a key stands in one language only.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self._phrases: dict[Language, dict[str, str]] = {lang: _read(lang) for lang in LANGUAGES}
        lonely = set(self._phrases["lv"]) ^ set(self._phrases["en"])
        if lonely:
            raise KnowledgeError(
                f"phrases: {', '.join(sorted(lonely))} stand in one language only; add the other"
            )

    def say(self, key: str, language: Language, **values: object) -> str:
        """The phrase as Telegram HTML; an unknown key is a KeyError, a mistake in the code."""
        return self.rendered(key, language, **values).html

    def rendered(self, key: str, language: Language, **values: object) -> Rendered:
        """The phrase with the sources of the facts it uses."""
        return self._renderer.render(self._phrases[language][key], language, values)

    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self._phrases["lv"])


def _read(language: Language) -> dict[str, str]:
    folder = files("handlers") / "phrases" / language
    phrases: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".yaml"):
            continue
        name = f"handlers/phrases/{language}/{file.name}"
        text = file.read_text(encoding="utf-8")
        try:
            found = TypeAdapter(dict[str, str]).validate_python(yamlfile.parse(text, name))
        except ValidationError as error:
            path = [str(step) for step in error.errors()[0]["loc"]]
            raise KnowledgeError(f"{name}:{yamlfile.line_of(text, path)}: {path[0]}: write a text") from error
        twice = phrases.keys() & found.keys()
        if twice:
            raise KnowledgeError(f"{name}: {', '.join(sorted(twice))} stand in another file too; keep one")
        phrases.update(found)
    return phrases
