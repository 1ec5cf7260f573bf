"""The text of a message as the bot sends it: parsed, trimmed, measured."""

from html import escape
from typing import NamedTuple

from telegram.constants import MessageLimit, ParseMode

from bot.local.entities import Entity, trimmed, utf16_length
from bot.local.markup import MarkupError, parse
from bot.local.wire import JsonObject, mistake


class Formatted(NamedTuple):
    """A text ready to be shown."""

    text: str
    entities: tuple[Entity, ...]
    html: str


def message_text(source: str, parse_mode: str, entities: list[JsonObject]) -> Formatted:
    """Read the text of a message; raises `ApiError` for empty, too long or broken."""
    formatted = _formatted(source, parse_mode, entities)
    if not formatted.text:
        raise mistake("message text is empty")
    if utf16_length(formatted.text) > MessageLimit.MAX_TEXT_LENGTH:
        raise mistake("message is too long")
    return formatted


def caption_text(source: str, parse_mode: str, entities: list[JsonObject]) -> Formatted:
    """Read a caption, which may be empty; raises `ApiError` for too long or broken."""
    formatted = _formatted(source, parse_mode, entities)
    if utf16_length(formatted.text) > MessageLimit.CAPTION_LENGTH:
        raise mistake("message caption is too long")
    return formatted


def _formatted(source: str, parse_mode: str, entities: list[JsonObject]) -> Formatted:
    if not parse_mode:
        try:
            given = tuple(Entity.from_dict(entity) for entity in entities)
        except ValueError as error:
            raise mistake(f"can't parse entities: {error}") from error
        text, kept, html = source, given, escape(source, quote=False)
    elif parse_mode.lower() == ParseMode.HTML.lower():
        try:
            (text, kept), html = parse(source), source
        except MarkupError as error:
            raise mistake(f"can't parse entities: {error}") from error
    else:
        # Telegram knows Markdown too; this bot writes HTML only, so Markdown is a slip
        raise mistake(f"unsupported parse_mode {parse_mode}")
    if len(kept) > MessageLimit.MESSAGE_ENTITIES:
        # Telegram would drop the rest without a word
        raise mistake(
            f"can't parse entities: {len(kept)} of at most {MessageLimit.MESSAGE_ENTITIES} entities"
        )
    return Formatted(*trimmed(text, kept), html)
