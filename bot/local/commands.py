"""Commands in what people type, marked as Telegram marks them."""

import re

from bot.local.entities import Entity, utf16_length

# TDLib's match_bot_commands: not inside a word, a path or a tag
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")


def command_entities(text: str) -> tuple[Entity, ...]:
    """Find `/command` and `/command@bot` anywhere in the text, offsets in UTF-16 code units."""
    return tuple(
        Entity("bot_command", utf16_length(text[: match.start()]), utf16_length(match[0]))
        for match in _COMMAND.finditer(text)
    )
