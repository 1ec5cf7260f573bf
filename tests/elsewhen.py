"""The bot with a made-up call alone: a figure of the packaged call could only come from code or a phrase."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.memory import MemoryStore
from handlers.context import Services, Turn, Who
from handlers.phrases import Phrases
from knowledge.load import Knowledge, load_knowledge, packaged_data
from knowledge.model import Language
from knowledge.reading import SectorReader
from knowledge.render import Renderer
from knowledge.search import Search

PACKAGED, MADE_UP = "ka2-2020", "ka2-2031"
CALL = Path(__file__).parent / "data" / "calls" / f"{MADE_UP}.yaml"
OPEN = datetime(2031, 5, 1, 10, 0, tzinfo=ZoneInfo("Europe/Riga"))

_DOCUMENT = """
invented:
  title: {lv: "Izdomātais rokasgrāmatas sējums", en: "Invented handbook"}
  place: {lv: "nodaļa „{place}”", en: "chapter “{place}”"}
  confidence: guide
"""


@cache
def knowledge() -> Knowledge:
    """The packaged entries and checks, told of the made-up call, and no other call."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "data"
        shutil.copytree(Path(str(packaged_data())), root, ignore=shutil.ignore_patterns("places.tsv.gz"))
        (root / "calls" / f"{PACKAGED}.yaml").unlink()
        shutil.copy(CALL, root / "calls")
        for file in (*root.glob("entries/*.yaml"), *root.glob("checks/*.yaml")):
            file.write_text(file.read_text(encoding="utf-8").replace(PACKAGED, MADE_UP), encoding="utf-8")
        with (root / "documents.yaml").open("a", encoding="utf-8") as documents:
            documents.write(_DOCUMENT)
        return load_knowledge(root)


@cache
def _search() -> Search:
    return Search(knowledge())


def services(now: datetime = OPEN) -> Services:
    """Everything a conversation works with, the made-up call in it."""
    renderer = Renderer(knowledge())
    return Services(
        knowledge(),
        renderer,
        _search(),
        SectorReader(knowledge().call),
        Phrases(renderer),
        MemoryStore(lambda: now),
        lambda: now,
    )


def turn(language: Language = "lv") -> Turn:
    """A message by nobody, in a language."""
    return Turn(services(), Who(1, 1), language, OPEN)
