"""What a template names: the facts and values it reads, and the figures that are written out in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

FACTS = ("call", "programme")
"""Names under which templates find the facts."""

_ENVIRONMENT = Environment(autoescape=True)
_TAG = re.compile(r"<[^>]*>")
_NUMERAL = re.compile(r"(?<!\w)\d(?:[\d.,:]|[ \u00a0\u202f](?=\d{3}(?!\d)))*")
_GROUP = re.compile(r"[ \u00a0\u202f,.](?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a template consists of.

    `facts` are those it names, as written (`call.contact('he').email`), `values` what else it needs,
    `written` the figures in the text, `counted` those in expressions. `fault` is why it is no template.
    """

    facts: frozenset[str]
    values: frozenset[str]
    written: frozenset[str]
    counted: frozenset[str]
    steps: frozenset[str]
    """Every name after a dot or in brackets, whatever it stands on."""
    filters: frozenset[str]
    fault: str = ""


_NO = frozenset[str]()
NONE = Parts(_NO, _NO, _NO, _NO, _NO, _NO)
"""The parts of a text that names nothing."""


@lru_cache(maxsize=8192)
def parts(template: str) -> Parts:
    """The parts of a template; of one that cannot be read only why."""
    try:
        tree = _ENVIRONMENT.parse(template)
    except TemplateSyntaxError as error:
        return replace(NONE, fault=error.message or "not a template")
    text = "".join(str(data.data) for data in tree.find_all(nodes.TemplateData))
    return Parts(
        frozenset(_chains(tree)),
        frozenset(_values(tree)) - {*FACTS, "lang", "none", "loop"},
        frozenset(numerals(text)),
        frozenset(str(number) for number in _counted(tree)),
        frozenset(_steps(tree)),
        frozenset(found.name for found in tree.find_all(nodes.Filter)),
    )


def numerals(text: str) -> Iterator[str]:
    """The figures of a text in one spelling: "12 500" and "12,500" are 12500, "12:00" is "12.00"."""
    for match in _NUMERAL.finditer(_TAG.sub(" ", text)):
        figure = _GROUP.sub("", match[0].rstrip(".,:"))
        yield figure.replace(",", ".").replace(":", ".")


def _chains(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Call):
        chain = chain_of(node)
        if chain is not None:
            if chain.partition(".")[0] in FACTS:
                yield chain
            for inner in _arguments(node):
                yield from _chains(inner)
            return
    for child in node.iter_child_nodes():
        yield from _chains(child)


def _arguments(node: nodes.Node) -> Iterator[nodes.Node]:
    """What stands in brackets along a chain."""
    while isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Call):
        if isinstance(node, nodes.Getitem):
            yield node.arg
        elif isinstance(node, nodes.Call):
            yield from node.args
        node = node.node


def chain_of(node: nodes.Node) -> str | None:
    """A fact as written, `…` for what is only known when it is said; None for what is no chain of names."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return _joined(node.node, f".{node.attr}")
        case nodes.Getitem():
            return _joined(node.node, f"[{_constant(node.arg)}]")
        case nodes.Call():
            return _joined(node.node, f"({', '.join(_constant(arg) for arg in node.args)})")
    return None


def _joined(node: nodes.Node, step: str) -> str | None:
    before = chain_of(node)
    return None if before is None else before + step


def _constant(node: nodes.Node) -> str:
    return repr(node.value) if isinstance(node, nodes.Const) else "…"


def _counted(node: nodes.Node) -> Iterator[int]:
    """Whole numbers in sums and before filters; those of conditions and positions are no figures."""
    if isinstance(node, nodes.BinExpr | nodes.Filter):
        for child in (node.left, node.right) if isinstance(node, nodes.BinExpr) else (node.node,):
            if isinstance(child, nodes.Const) and isinstance(child.value, int):
                yield child.value
    for inner in node.iter_child_nodes():
        yield from _counted(inner)


def _values(tree: nodes.Template) -> set[str]:
    """Names that the moment gives: those read and never set. (jinja2.meta wants to know every filter.)"""
    names = list(tree.find_all(nodes.Name))
    return {n.name for n in names if n.ctx == "load"} - {n.name for n in names if n.ctx != "load"}


def _steps(tree: nodes.Template) -> Iterator[str]:
    for found in tree.find_all((nodes.Getattr, nodes.Const)):
        if isinstance(found, nodes.Getattr):
            yield found.attr
        elif isinstance(found, nodes.Const) and isinstance(found.value, str):
            yield found.value
