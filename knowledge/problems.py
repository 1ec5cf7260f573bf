"""What pydantic finds wrong with a file, in the words of whoever wrote it: where, what, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from knowledge import yamlfile
from knowledge.model import KnowledgeError, problem
from knowledge.values import Amiss
from knowledge.yamlfile import PathInFile, Tree

T = TypeVar("T")

Found = Mapping[str, Any]
"""One error as pydantic tells it."""

NO_SUCH_FIELD = "there is no such field here; check its spelling and how far it is indented"

_ADD = {"lv": "the Latvian text", "en": "the English text", "asks": "phrasings, one a line"}
"""What to add where a field is missing; of the others the name says it."""

_LIST = "must be a list, as in  [one, two]"
_FIELDS = "must hold fields, as in  name: value"
_WHOLE = "must be a whole number, without spaces, points or quotation marks"

_SPELLINGS = {
    "^[a-z0-9-]{1,40}$": "only a-z, 0-9 and -, at most 40 of them",
    r"^[1-9]\d{0,2}[dh]$": "days or hours, as 7d or 3h",
    "^[A-Z]$": "one capital letter",
    "^[a-z]$": "one small letter",
}
"""Pattern of a field → what may stand there."""

_SAID: dict[str, Callable[[Any], str]] = {
    "extra_forbidden": lambda _: NO_SUCH_FIELD,
    "string_type": lambda _: 'must be a text; what looks like a number stands in "quotation marks"',
    "string_pattern_mismatch": lambda context: f"must be {_SPELLINGS[context['pattern']]}",
    "int_type": lambda _: _WHOLE,
    "int_parsing": lambda _: _WHOLE,
    "int_from_float": lambda _: _WHOLE,
    "float_type": lambda _: "must be a number",
    "float_parsing": lambda _: "must be a number",
    "bool_type": lambda _: "must be true or false",
    "bool_parsing": lambda _: "must be true or false",
    "greater_than_equal": lambda context: f"must be at least {context['ge']}",
    "less_than_equal": lambda context: f"must be at most {context['le']}",
    "too_short": lambda context: f"must hold at least {context['min_length']}",
    "literal_error": lambda context: f"must be {context['expected']}".replace("'", ""),
    "union_tag_invalid": lambda context: f"must be one of {context['expected_tags']}".replace("'", ""),
    "union_tag_not_found": lambda _: "kind is missing; add it",
    "list_type": lambda _: _LIST,
    "tuple_type": lambda _: _LIST,
    "dict_type": lambda _: _FIELDS,
    "model_type": lambda _: _FIELDS,
    "model_attributes_type": lambda _: _FIELDS,
}
"""Kind of error → what to say; the message of pydantic stands for all others."""

_VERBS = ("is ", "must ")
"""Beginnings of what is said of a field; anything else stands after a colon."""


def checked(shape: TypeAdapter[T], text: str, name: str) -> T:
    """The content of a YAML file as what it should hold.

    Raises KnowledgeError with everything that is wrong with it, a line each.
    """
    content = yamlfile.parse(text, name)
    try:
        return shape.validate_python(content)
    except ValidationError as error:
        raise KnowledgeError("\n".join(_problems(error, content, text, name))) from error


def _problems(error: ValidationError, content: object, text: str, name: str) -> Iterator[str]:
    if content is None:
        yield problem(name, 1, "the file is empty; bring back what stood there")
        return
    tree = Tree(text)
    found = {(tree.line(_path(each)), _sentence(each, content)): None for each in error.errors()}
    yield from (problem(name, line, said) for line, said in sorted(found, key=lambda it: it[0]))


def _path(found: Found) -> PathInFile:
    """Where to look, as far as the fact itself can tell; a wrong key is looked for under its own name."""
    path = tuple(step for step in found["loc"] if step != "[key]")
    cause = found.get("ctx", {}).get("error")
    if isinstance(cause, Amiss):
        return (*path, *cause.path)
    return (*path, "kind") if found["type"] == "union_tag_invalid" else path


def _sentence(found: Found, content: object) -> str:
    path = _path(found)
    subject, steps = _named(path, content)
    said = _said(found, path)
    if not steps:
        return f"{subject}: {said}" if subject else said
    where = ".".join(steps)
    whole = f"{where} {said}" if said.startswith(_VERBS) else f"{where}: {said}"
    return f"{subject}: {whole}" if subject else whole


def _named(path: PathInFile, content: object) -> tuple[str, list[str]]:
    """The entry that a path leads into, if any, and the steps from there; things in lists by their ids."""
    subject, steps, inside = "", list[str](), content
    for number, step in enumerate(path):
        known, below = _below(inside, step)
        if not known and number < len(path) - 1:
            continue  # pydantic's name for a variant
        name = below.get("id") or below.get("code") if isinstance(below, dict) else None
        if isinstance(step, int) and number == 0:
            subject = f"entry {name}" if name else f"item {step + 1}"
        else:
            steps.append(str(name or step + 1) if isinstance(step, int) else step)
        inside = below
    return subject, steps


def _below(value: object, step: str | int) -> tuple[bool, object]:
    if isinstance(value, dict) and step in value:
        return True, value[step]
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return True, value[step]
    return False, None


def _said(found: Found, path: PathInFile) -> str:
    kind = found["type"]
    if kind == "missing":
        return f"is missing; add {_ADD.get(str(path[-1]), 'it')}"
    if found["input"] is None and kind.endswith("_type"):
        return "is empty; write something there, or delete the line"
    if kind == "value_error":
        return str(found["ctx"]["error"])
    said = _SAID.get(kind)
    return said(found.get("ctx", {})) if said else found["msg"]
