"""Phrases and the texts of checks: they wait for values of the moment, so they are read instead of said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.linting import markup
from bot.linting.facts import misnamed
from bot.linting.finding import Finding
from bot.linting.places import Places
from bot.linting.templates import NONE, parts
from bot.linting.twins import Twin
from handlers.context import Services


def unsayable(twins: Iterable[Twin], services: Services, places: Places) -> Iterator[Finding]:
    """Phrases that are no templates, or use a filter, a fact or markup that does not exist."""
    for twin in twins:
        if twin.role != "phrase":
            continue
        for text, file, path in (
            (twin.lv, twin.lv_file, twin.lv_path),
            (twin.en, twin.en_file, twin.en_path),
        ):
            for said in _faults(text, services.renderer.filters()):
                yield Finding(places.at(file, path), f"{twin.name}: {said}")
            if "{" in text:
                yield from misnamed(twin.name, text, services.knowledge, places.finder(file, path))


def _faults(text: str, filters: frozenset[str]) -> Iterator[str]:
    found = parts(text) if "{" in text else NONE
    if found.fault:
        yield f"{found.fault}; correct what stands in {{{{ }}}} or {{% %}}"
        return
    for name in sorted(found.filters - filters):
        yield f"there is no filter {name}; docs/knowledge.md lists them"
    wrong = markup.fault(text)
    if wrong:
        yield wrong
