"""Whether every text can be shown, found out before anybody is answered."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

from bot.linting.finding import Finding
from bot.linting.places import Places
from bot.linting.rendering import entry_findings
from bot.linting.saying import unsayable
from bot.linting.templates import parts
from bot.linting.twins import twins
from handlers.context import Services
from knowledge.budgetwords import budget_words
from knowledge.model import KnowledgeError
from knowledge.place_names import read_names
from knowledge.render import Renderer


def require_showable(services: Services) -> None:
    """Raises KnowledgeError with every text that cannot be shown, its line and the remedy. Takes a second."""
    read_words()
    # with a renderer of its own: all texts at once are more than a running bot keeps
    errors = list(_errors(replace(services, renderer=Renderer(services.knowledge))))
    parts.cache_clear()
    gc.collect()
    if errors:
        raise KnowledgeError("\n".join(map(str, dict.fromkeys(errors))))


def read_words() -> None:
    """Reads the lists of words that are else read when they are first needed; raises KnowledgeError."""
    budget_words()
    read_names()


def _errors(services: Services) -> Iterator[Finding]:
    places = Places(services.knowledge)
    for entry in services.knowledge.entries.values():
        yield from (found for found in entry_findings(services, entry, places) if found.level == "error")
    yield from unsayable(twins(services.knowledge), services, places)
