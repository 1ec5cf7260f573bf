"""A turn for the quiz's tests: the packaged call and rules, one made-up entry, a store in memory."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.memory import MemoryStore
from handlers import check
from handlers.buttons import Button, unpack
from handlers.context import Card, Services, Turn, Who
from handlers.phrases import Phrases
from handlers.reply import Reply
from knowledge.call import Call
from knowledge.load import Knowledge, load_knowledge, packaged_data
from knowledge.model import Language
from knowledge.reading import SectorReader
from knowledge.render import Renderer
from knowledge.search import Search

OPEN = datetime(2020, 2, 1, 9, 0, tzinfo=ZoneInfo("Europe/Riga"))
CLOSED = datetime(2021, 2, 1, 9, 0, tzinfo=ZoneInfo("Europe/Riga"))

ENTRY = """
- id: eche
  about: ka2-2020
  lv: {title: Harta augstskolām, answer: Augstskolām., asks: kas ir harta}
  en: {title: Charter for universities, answer: For universities., asks: what is the charter}
"""


@cache
def packaged() -> Knowledge:
    """The packaged knowledge with one entry, so that a broken entry elsewhere breaks its own tests only."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "data"
        others = shutil.ignore_patterns("entries", "most_asked.yaml")
        shutil.copytree(Path(str(packaged_data())), root, ignore=others)
        (root / "entries").mkdir()
        (root / "entries" / "one.yaml").write_text(ENTRY, encoding="utf-8")
        return load_knowledge(root)


def with_call(**changes: object) -> Knowledge:
    """The knowledge with another call: other limits under the same id."""
    knowledge = packaged()
    call = knowledge.call.model_copy(update=changes)
    return replace(knowledge, calls={call.id: call})


def services(knowledge: Knowledge) -> Services:
    """Everything a turn works with."""
    renderer = Renderer(knowledge)
    return Services(
        knowledge=knowledge,
        renderer=renderer,
        search=Search(knowledge),
        sectors=SectorReader(knowledge.call),
        phrases=Phrases(renderer),
        store=MemoryStore(lambda: OPEN),
        clock=lambda: OPEN,
    )


@cache
def _packaged_services() -> Services:
    return services(packaged())


def turn(language: Language = "lv", now: datetime = OPEN, card: str | None = None) -> Turn:
    """A turn over the packaged knowledge."""
    return Turn(
        _packaged_services(), Who(1, 1), language, now, card=Card(1, card) if card is not None else None
    )


def call() -> Call:
    """The packaged call."""
    return packaged().call


def buttons(reply: Reply) -> list[Button]:
    """All buttons in reading order."""
    return [button for row in reply.buttons for button in row]


def labels(reply: Reply) -> list[str]:
    """What stands on the buttons."""
    return [button.label for button in buttons(reply)]


async def press(at: Turn, reply: Reply, label: str) -> Reply:
    """The reply to a press of the one button whose label begins so."""
    found = [button for button in buttons(reply) if button.label.startswith(label)]
    assert len(found) == 1, (label, labels(reply))
    pressed = unpack(found[0].data or "")
    assert pressed is not None
    return await check.pressed(at, pressed)
