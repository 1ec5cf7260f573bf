"""Facts that texts name and no file holds, and facts that no text or rule ever names."""

from __future__ import annotations

import ast
import re
from ast import literal_eval
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from pydantic import BaseModel

from bot.linting.finding import Finding
from bot.linting.places import DATA, Near, Places
from bot.linting.templates import parts
from bot.linting.twins import Twin
from knowledge.call import Call
from knowledge.checklist import Checklist
from knowledge.load import Knowledge
from knowledge.model import Concept, Fact, Text

UNKNOWN: Final = object()
"""The value of a fact that depends on the moment."""

_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<key>[^\]]*)\]|\((?P<arguments>[^)]*)\)")
_LAST_NAME = re.compile(r"[^\W\d]\w*")
_CODE = ("knowledge", "handlers", "bot")


def undefined(twins: Iterable[Twin], knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Facts that a text names and that do not exist; branches that no rendering reaches are read too."""
    for twin in twins:
        sides = ((twin.lv, twin.lv_file, twin.lv_path), (twin.en, twin.en_file, twin.en_path))
        for text, file, path in sides if twin.role != "fact" else ():
            yield from misnamed(twin.name, text, knowledge, places.finder(file, path))


def misnamed(name: str, text: str, knowledge: Knowledge, near: Near) -> Iterator[Finding]:
    """The facts that a text names and that do not exist; `near` finds their line."""
    for chain in sorted(parts(text).facts):
        if not exists(chain, knowledge):
            said = f"{name}: there is no fact {chain}; see {DATA}/calls for the names"
            yield Finding(near(chain, _LAST_NAME.findall(chain)[-1]), said)


def unused(twins: Iterable[Twin], knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Facts of a call or programme whose name stands in no text and in no code."""
    named = {step for twin in twins for text in (twin.lv, twin.en) for step in parts(text).steps}
    for package in _CODE:
        named |= _named_in(files(package))
    for file, fact in knowledge.facts:
        if isinstance(fact, Checklist):
            continue
        name = "call" if isinstance(fact, Call) else "programme"
        for path in _nameable(fact, ()):
            if path[-1] not in named and (knowledge.root / file).is_file():
                said = f"{name}.{'.'.join(path)} is used nowhere; name it in an answer or delete it"
                yield Finding(places.at(f"{DATA}/{file}", path), said, "warning")


def value_of(chain: str, knowledge: Knowledge) -> object:
    """The value of a fact as a text names it; UNKNOWN where the moment decides.

    Raises AttributeError, LookupError, StopIteration or TypeError where there is no such fact.
    """
    value: object = knowledge.call if re.match(r"call\b", chain) else knowledge.programme
    for step in _STEP.finditer(chain):
        name = step["name"]
        if name is not None:
            value = value[name] if isinstance(value, dict) and name in value else getattr(value, name)
        elif step["key"] is not None:
            if step["key"] == "…" or not isinstance(value, dict | tuple):
                return UNKNOWN
            value = value[literal_eval(step["key"])]
        else:
            given = step["arguments"].replace("…", "'school'")
            if not callable(value) or given.count("'school'") > 1:
                return UNKNOWN
            value = value(*literal_eval(f"[{given}]"))
        if value is None:
            return UNKNOWN
    return value


def exists(chain: str, knowledge: Knowledge) -> bool:
    """Whether there is a fact of that name."""
    try:
        value_of(chain, knowledge)
    except (LookupError, AttributeError, StopIteration, TypeError):
        return False
    return True


def is_wording(chain: str, knowledge: Knowledge) -> bool:
    """Whether a fact is a name in both languages, or a form of one: nothing that translations must share."""
    try:
        owner = value_of(chain.rpartition(".")[0], knowledge) if "." in chain else None
        return isinstance(owner, Text) or isinstance(value_of(chain, knowledge), Text)
    except (LookupError, AttributeError, StopIteration, TypeError):
        return False


def _nameable(fact: Fact, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Paths of facts one can name: not sources, the parts of texts, or what stands in lists."""
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if name == "source" or isinstance(fact, Text | Concept):
            continue
        yield (*path, name)
        if isinstance(value, BaseModel) and isinstance(value, Fact):
            yield from _nameable(value, (*path, name))
        elif isinstance(value, dict):
            yield from ((*path, name, str(key)) for key in value)


def _named_in(folder: Traversable) -> set[str]:
    """Every attribute, key and named value in the code below a folder."""
    names: set[str] = set()
    for item in folder.iterdir():
        if item.is_dir():
            names |= _named_in(item)
        elif item.name.endswith(".py") and item.name not in ("call.py", "programme.py"):
            for node in ast.walk(ast.parse(item.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute):
                    names.add(node.attr)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    names.add(node.value)
    return names
