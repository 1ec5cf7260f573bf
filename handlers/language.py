"""/language: the language of the answers, chosen once and remembered."""

from __future__ import annotations

from dataclasses import replace

from handlers.buttons import Button, Press, pack
from handlers.context import Turn
from handlers.reply import Reply, Rows
from knowledge.model import LANGUAGES, Language

KIND = "g"

NAMES: dict[Language, str] = {"lv": "Latviešu", "en": "English"}
"""Each language by its own name: who looks for it can read no other."""


async def command(turn: Turn, args: str) -> Reply:
    """Offers the languages; `/language en` chooses at once."""
    asked = next((known for known in LANGUAGES if args.strip().casefold().startswith(known)), None)
    return await _chosen(turn, asked, in_place=False) if asked else Reply(turn.say("language.choose"), rows())


async def pressed(turn: Turn, press: Press) -> Reply:
    """Keeps the language that the button carries and says so in it."""
    return await _chosen(turn, press.language, in_place=True)


def rows() -> Rows:
    """One button a language."""
    return (tuple(Button(name, pack(KIND, language)) for language, name in NAMES.items()),)


async def _chosen(turn: Turn, language: Language, *, in_place: bool) -> Reply:
    await turn.services.store.keep_profile(turn.who, replace(turn.profile, language=language))
    return Reply(turn.speaking(language).say("language.kept"), rows(), in_place=in_place)
