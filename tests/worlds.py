"""What tests talk to: the packaged knowledge once, a store in memory, a clock that stands still."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.local.conversation import Shown
from bot.local.state import LocalDocument
from bot.memory import MemoryStore
from handlers.context import Services, Turn, Who
from handlers.phrases import Phrases
from knowledge.load import Knowledge, load_knowledge
from knowledge.model import Language
from knowledge.reading import SectorReader
from knowledge.render import Renderer
from knowledge.search import Search

RIGA = ZoneInfo("Europe/Riga")
OPEN = datetime(2020, 2, 1, 10, 0, tzinfo=RIGA)
"""A moment at which the 2020 call is open."""
CLOSED = datetime(2026, 11, 22, 12, 0, tzinfo=RIGA)
"""A moment long after the 2020 call."""


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


@cache
def _search() -> Search:
    return Search(knowledge())


@cache
def _renderer() -> Renderer:
    return Renderer(knowledge())


@cache
def _phrases() -> Phrases:
    return Phrases(_renderer())


@cache
def _sectors() -> SectorReader:
    return SectorReader(knowledge().call)


def services(now: datetime = CLOSED) -> Services:
    return Services(
        knowledge(),
        _renderer(),
        _search(),
        _sectors(),
        _phrases(),
        MemoryStore(lambda: now),
        lambda: now,
    )


def turn(language: Language = "lv", now: datetime = CLOSED) -> Turn:
    return Turn(services(now), Who(1, 1), language, now)


def document(shown: Iterable[Shown]) -> LocalDocument:
    """The one file among what appeared, with its content."""
    (found,) = [each.document for each in shown if each.document]
    return found
