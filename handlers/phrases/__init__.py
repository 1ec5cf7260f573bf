"""The sentences the bot says: a YAML file for each dialogue and language, the same keys in both."""

from __future__ import annotations

from importlib.resources import files

from pydantic import TypeAdapter

from knowledge import yamlfile
from knowledge.model import LANGUAGES, KnowledgeError, Language, problem
from knowledge.problems import checked
from knowledge.render import Rendered, Renderer

FOLDER = "handlers/phrases"
"""Where the phrases stand in the project."""


class Phrases:
    """Phrases by key; each is a template over the facts and the values of the moment.

    Raises KnowledgeError when a file is broken or a key stands in one language only.
    """

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        read = {language: _read(language) for language in LANGUAGES}
        lonely = [*_lonely(read["lv"], read["en"], "English"), *_lonely(read["en"], read["lv"], "Latvian")]
        if lonely:
            raise KnowledgeError("\n".join(lonely))
        self._phrases = {
            language: {key: phrase for _, found in files_ for key, phrase in found.items()}
            for language, files_ in read.items()
        }

    def say(self, key: str, language: Language, **values: object) -> str:
        """The phrase as Telegram HTML; an unknown key is a KeyError, a mistake in the code."""
        return self.rendered(key, language, **values).html

    def rendered(self, key: str, language: Language, **values: object) -> Rendered:
        """The phrase with the sources of the facts it uses."""
        return self._renderer.render(self._phrases[language][key], language, values)

    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self._phrases["lv"])


_Files = list[tuple[str, dict[str, str]]]
"""The files of one language, by name, with their phrases."""


def _read(language: Language) -> _Files:
    """Raises KnowledgeError with all that is wrong with the files of a language."""
    read: _Files = []
    first: dict[str, str] = {}
    problems: list[str] = []
    folder = files("handlers") / "phrases" / language
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        if not file.name.endswith(".yaml"):
            continue
        name = f"{FOLDER}/{language}/{file.name}"
        try:
            text = yamlfile.read(file, name)
            found = checked(TypeAdapter(dict[str, str]), text, name)
        except KnowledgeError as error:
            problems.append(str(error))
            continue
        for key in found.keys() & first.keys():
            said = f"the phrase {key} stands in {first[key]} too; keep one"
            problems.append(problem(name, yamlfile.line_of(text, [key]), said))
        first |= dict.fromkeys(found, name)
        read.append((name, found))
    if problems:
        raise KnowledgeError("\n".join(problems))
    return read


def _lonely(here: _Files, there: _Files, other: str) -> list[str]:
    """Phrases that the other language lacks."""
    known = {key for _, found in there for key in found}
    return [
        problem(name, _line(name, key), f"the phrase {key} has no {other} text; add it")
        for name, found in here
        for key in found
        if key not in known
    ]


def _line(name: str, key: str) -> int:
    text = yamlfile.read(files("handlers") / name.removeprefix("handlers/"), name)
    return yamlfile.line_of(text, [key])
