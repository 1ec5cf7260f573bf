"""YAML as a curator means it: `12:00`, `NO` and `0123` stay text, and every error names its line."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

from knowledge.model import KnowledgeError

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


def parse(text: str, name: str) -> object:
    """The content of one YAML file.

    Raises KnowledgeError with file and line where it is not YAML, or a key stands twice.
    """
    try:
        return yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeError(
            f"{name}:{line}: {error.problem or 'not YAML'} — check indentation, colons and quotation marks"
        ) from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{name}:1: {error}") from error


def line_of(text: str, path: PathInFile) -> int:
    """The line (from 1) of a path of keys and list positions; the nearest parent's where it is missing."""
    node = yaml.compose(text, Loader=_PlainLoader)
    line = 1
    for step in path:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    line, found = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            found = node.value[step]
            line = found.start_mark.line + 1
        if found is None:
            break
        node = found
    return line
