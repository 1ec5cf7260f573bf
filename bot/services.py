"""What conversations work with, built once at the start; imports nothing of `telegram`."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from bot.indexcache import built_index
from bot.memory import MemoryStore
from handlers.context import Clock, Services, Store
from handlers.phrases import Phrases
from knowledge.load import load_knowledge
from knowledge.reading import SectorReader
from knowledge.render import Renderer
from knowledge.search import Search


def build_services(
    clock: Clock,
    data: Traversable | None = None,
    *,
    store: Store | None = None,
    operator: str = "",
    admins: frozenset[int] = frozenset(),
) -> Services:
    """Loads the knowledge (the packaged one by default) and what works on it; the store is memory by default.

    Raises KnowledgeError where the knowledge or the phrases are broken.
    """
    knowledge = load_knowledge(data)
    renderer = Renderer(knowledge)
    return Services(
        knowledge=knowledge,
        renderer=renderer,
        search=Search(knowledge, built=built_index(knowledge)),
        sectors=SectorReader(knowledge.call),
        phrases=Phrases(renderer),
        store=store or MemoryStore(clock),
        clock=clock,
        operator=operator,
        admins=admins,
    )
