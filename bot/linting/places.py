"""File and line of what a finding is about; files are read again only for the findings there are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable

from knowledge.entry import Entry, phrasings
from knowledge.load import Knowledge
from knowledge.yamlfile import DATA, PathInFile, Tree, read

__all__ = ["DATA", "Places", "yaml_files"]


Near = Callable[..., str]
"""Words → file and line of the first of them within a text."""


class Places:
    """Finds lines in the files of a knowledge base and of the phrases."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._texts: dict[str, str] = {}
        self._trees: dict[str, Tree] = {}

    def at(self, file: str, path: PathInFile = ()) -> str:
        """A file (from the project's folder) with the line of a path of keys and positions in it."""
        return f"{file}:{self._tree(file).line(path)}"

    def near(self, file: str, path: PathInFile, *words: str) -> str:
        """The same, with the line of the text at the path that holds the first of the words found in it."""
        lines = self._tree(file).lines(path)
        written = self._text(file).splitlines()
        holding = (number for word in words for number in lines if word in written[number - 1])
        return f"{file}:{next(holding, lines.start)}"

    def finder(self, file: str, path: PathInFile) -> Near:
        """`near` for one text, to be called only where something is wrong with it."""
        return partial(self.near, file, path)

    def entry(self, entry_id: str, *path: str | int) -> str:
        """An entry, or a field of it."""
        return self.at(*self.of(entry_id, *path))

    def of(self, entry_id: str, *path: str | int) -> tuple[str, PathInFile]:
        """The same as file and path in it."""
        place = self._knowledge.places[entry_id]
        return f"{DATA}/{place.file}", (place.position, *path)

    def phrasing(self, entry: Entry, language: str, phrasing: str) -> str:
        """One phrasing of an entry: the line it stands on, the title's where it is the title."""
        text = getattr(entry, language)
        if phrasing not in phrasings(text.asks):
            return self.entry(entry.id, language, "title")
        file, _, line = self.entry(entry.id, language, "asks").rpartition(":")
        lines = self._text(file).splitlines()
        for number, content in enumerate(lines[int(line) :], int(line) + 1):
            if content.strip() == phrasing:
                return f"{file}:{number}"
        return f"{file}:{line}"

    def _tree(self, file: str) -> Tree:
        """The file with its lines; kept, since a file may have a thousand findings."""
        if file not in self._trees:
            self._trees[file] = Tree(self._text(file))
        return self._trees[file]

    def _text(self, file: str) -> str:
        if file not in self._texts:
            self._texts[file] = read(self._found(file), file)
        return self._texts[file]

    def _found(self, file: str) -> Traversable:
        if file.startswith(f"{DATA}/"):
            return self._knowledge.root / file.removeprefix(f"{DATA}/")
        package, _, inside = file.partition("/")
        return files(package) / inside


def yaml_files(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    """Name and content of every YAML file in and below a folder, in order."""
    found: list[tuple[str, Traversable]] = []
    for item in sorted(folder.iterdir(), key=lambda each: each.name):
        if item.is_dir():
            found += yaml_files(item, f"{name}/{item.name}")
        elif item.name.endswith(".yaml"):
            found.append((f"{name}/{item.name}", item))
    return found
