"""YAML as a curator means it: `12:00`, `NO` and `0123` stay text, and every error names its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.resources.abc import Traversable

import yaml

from knowledge.model import KnowledgeError

DATA = "knowledge/data"
"""Where the data stand in the project; errors name files from there."""

PathInFile = Sequence[str | int]


class _PlainLoader(yaml.CSafeLoader):
    """The safe loader of libyaml, resolving only null, true/false and plain numbers."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's contract

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """A mapping whose keys are texts and stand once."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    None, None, 'a text that begins with {{ needs "quotation marks" or >-', key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key.value!r} stands twice; keep one", key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


for _tag, _pattern, _first in (
    ("null", r"^(?:~|null|)$", "~n\0"),
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", "-0123456789"),
):
    _PlainLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


def read(file: Traversable, name: str) -> str:
    """The text of a file; `name` is what errors call it.

    Raises KnowledgeError with the line of the first letter that is not UTF-8.
    """
    content = file.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise KnowledgeError.at(name, line, "not UTF-8; save it as UTF-8") from None


def parse(text: str, name: str) -> object:
    """The content of one YAML file.

    Raises KnowledgeError with file and line where it is not YAML, or a key stands twice.
    """
    try:
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        said = error.problem or "not YAML"
        if not isinstance(error, yaml.constructor.ConstructorError):
            said += " — check indentation, colons and quotation marks"
        raise KnowledgeError.at(name, line, said) from error
    except yaml.reader.ReaderError as error:
        line = text.encode().count(b"\n", 0, error.position) + 1
        raise KnowledgeError.at(name, line, "a character that cannot be seen; delete it") from error


class Tree:
    """A YAML file with the line of everything in it."""

    def __init__(self, text: str) -> None:
        self._root = yaml.compose(text, Loader=_PlainLoader)

    def line(self, path: PathInFile) -> int:
        """The line (from 1) of a path of keys and positions; the nearest parent's where it is missing."""
        return self.lines(path).start

    def lines(self, path: PathInFile) -> range:
        """All lines that what stands at a path takes; one line where it is missing."""
        node, line, end = self._root, 1, 2
        for step in path:
            found = _child(node, step)
            if found is None:
                # the variant of a fact is a step of pydantic's paths and none in the file
                end = line + 1
                continue
            node, line = found
            end = node.end_mark.line + (2 if node.end_mark.column else 1)
        return range(line, max(end, line + 1))


def line_of(text: str, path: PathInFile) -> int:
    """The line of one path; for several, keep the `Tree`."""
    return Tree(text).line(path)


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, int] | None:
    """The node below a key or position, and its line."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step].start_mark.line + 1
    return None
