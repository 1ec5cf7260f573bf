"""The page's own sentences, in the language chosen at its top."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from html import unescape

from bot.settings import RIGA
from handlers.context import Clock
from handlers.phrases import Phrases
from knowledge import formats
from knowledge.model import Language

ON_PAGE = (
    "web.title",
    "web.name",
    "web.bot",
    "web.typing",
    "web.preview",
    "web.preview_hint",
    "web.controls",
    "web.language",
    "web.day",
    "web.today",
    "web.anew",
    "web.no_script",
    "web.talk",
    "web.messages",
    "web.you",
    "web.edited",
    "web.edit",
    "web.editing",
    "web.cancel",
    "web.close",
    "web.ok",
    "web.begin",
    "web.menu",
    "web.commands",
    "web.write",
    "web.send",
    "web.down",
    "web.opens_link",
    "web.copies",
    "web.lost",
    "web.again",
    "web.only_telegram",
    "web.ask_again",
    "web.copy_place",
    "web.why",
    "web.why_nothing",
    "web.why_outcome",
    "web.why_sources",
    "web.why_candidates",
    "web.why_no_candidates",
    "web.why_nearest",
    "web.why_words",
)
"""Sentences that stand in the page's template under their names without `web.`."""

WITH_TEXT = ("web.copied", "web.not_copied")
"""Sentences that the page completes itself: they hold `{text}` there."""


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases as plain text, and the moment as this chat pretends it."""

    phrases: Phrases
    language: Language
    clock: Clock

    def say(self, key: str, **values: object) -> str:
        """A phrase without markup."""
        return unescape(self.phrases.say(key, self.language, **values))

    def on_page(self) -> dict[str, str]:
        """Everything the template says."""
        said = {key.removeprefix("web."): self.say(key) for key in ON_PAGE}
        return said | {key.removeprefix("web."): self.say(key, text="{text}") for key in WITH_TEXT}

    def number(self, value: Decimal) -> str:
        """A number with the language's comma or point."""
        return formats.number(value, self.language)

    def local(self, moment: datetime) -> datetime:
        """The moment as clocks in Riga show it."""
        return moment.astimezone(RIGA)

    def local_now(self) -> datetime:
        """The present moment of this chat in Riga."""
        return self.local(self.clock())
