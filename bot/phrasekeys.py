"""Phrase keys in the code against those in the phrase files: none missing, none left over.

A key written with changing parts, `f"state.{now.state}"`, stands for every key that fits the pattern.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

SAYING = frozenset(("say", "label", "rendered", "word"))
"""Methods whose first argument is a key."""

_KEY = re.compile(r"[a-z_]+(\.[a-z0-9_-]+)+")


@dataclass(frozen=True, slots=True)
class _Use:
    place: str
    pattern: str
    certain: bool
    """The text is said, so its key must exist; any other text may only look like a key."""


def key_findings(keys: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Place and message for each key that is said and does not exist, or exists and is never used."""
    uses = [use for package in ("handlers", "bot") for use in _uses(files(package), package)]
    for use in uses:
        if use.certain and not any(re.fullmatch(use.pattern, key) for key in keys):
            yield (
                use.place,
                f"no phrase has the key {use.pattern.replace(chr(92), '')}; add it to handlers/phrases",
            )
    used = {key for key in keys for use in uses if re.fullmatch(use.pattern, key)}
    for key in sorted(keys - used):
        yield "handlers/phrases", f"the phrase {key} is never used; delete it in all languages"


def _uses(folder: Traversable, name: str) -> Iterator[_Use]:
    for item in sorted(folder.iterdir(), key=lambda each: each.name):
        place = f"{name}/{item.name}"
        if item.is_dir():
            yield from _uses(item, place)
        elif item.name.endswith(".py"):
            yield from _uses_in(item.read_text(encoding="utf-8"), place)


def _uses_in(source: str, place: str) -> Iterator[_Use]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            said = node.func.attr in SAYING
            for text in _texts(node.args[0]) if said else ():
                yield _Use(f"{place}:{text.lineno}", _pattern(text), certain=True)
        elif isinstance(node, ast.Constant | ast.JoinedStr) and _looks_like_key(node):
            yield _Use(f"{place}:{node.lineno}", _pattern(node), certain=False)


def _texts(node: ast.expr) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The texts an argument may be, through `a if … else b`."""
    if isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node


def _looks_like_key(node: ast.Constant | ast.JoinedStr) -> bool:
    if isinstance(node, ast.JoinedStr):
        first = node.values[0] if node.values else None
        return isinstance(first, ast.Constant) and re.match(r"[a-z_]+\.", str(first.value)) is not None
    return isinstance(node.value, str) and _KEY.fullmatch(node.value) is not None


def _pattern(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    return "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".+" for v in node.values)
