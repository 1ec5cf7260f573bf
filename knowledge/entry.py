"""An entry: one topic with its answer and the ways people ask for it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from knowledge.model import Fact, Language, Sector, Sources
from knowledge.values import Day

Kind = Literal["answer", "redirect", "gap"]
EntryId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]


def _some_phrasing(value: str) -> str:
    if not phrasings(value):
        raise ValueError("write at least one phrasing, one a line")
    return value


Asks = Annotated[str, AfterValidator(_some_phrasing)]
"""Phrasings as people type them, one a line."""


def phrasings(asks: str) -> tuple[str, ...]:
    """The phrasings of a block, one a line, blank lines left out."""
    return tuple(line.strip() for line in asks.splitlines() if line.strip())


class EntryText(Fact):
    """An entry in one language: the short answer first, detail after; both are templates over facts."""

    title: str
    answer: str
    detail: str = ""
    asks: Asks


class OnlyAsks(Fact):
    """Phrasings in a language that has no texts of its own."""

    asks: Asks


class Entry(Fact):
    """A topic the bot knows (`answer`), sends elsewhere (`redirect`) or knows to be unknown (`gap`).

    `about` is the id of the call or programme it belongs to, `source` names documents beyond those of the
    facts its texts use, `person` is who can say more, `listing` allows a long list. `family` joins entries
    that say the same of different sectors (`sector`), so that "and for adults?" finds its way. `part_of` is
    the entry that lists it among its like: where two of a list compete, the list is told. `until` is
    the last day on which the text holds, `aliases` are ids it had before: links carry them.
    """

    id: EntryId
    aliases: tuple[EntryId, ...] = ()
    kind: Kind = "answer"
    about: str | None = None
    source: Sources = ()
    related: tuple[EntryId, ...] = ()
    person: Literal["sector", "head", "none"] = "sector"
    listing: bool = False
    family: EntryId | None = None
    part_of: EntryId | None = None
    sector: Sector | None = None
    until: Day | None = None
    lv: EntryText
    en: EntryText
    ru: OnlyAsks | None = None

    def text(self, language: Language) -> EntryText:
        """Its texts in one language."""
        return self.lv if language == "lv" else self.en
