"""Inline queries at Telegram: the asker's language, cards as articles, short personal caching."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TypeAlias

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from handlers import links
from handlers.context import Services, Turn, Who
from handlers.inline import Card, offered
from handlers.telegram.incoming import cleaned, spoken

Callback: TypeAlias = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[object, object, None]]

CACHED = 30
"""Seconds for which Telegram repeats an answer to the same person: typing and deleting asks once, and what
depends on the day or on the language chosen is soon right again."""


def on_inline(services: Services) -> Callback:
    """Offers cards; reads what the person has chosen, and keeps nothing."""

    async def callback(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.inline_query
        if query is not None:
            await _answer(context.bot, query, await _turn(services, query, context.bot))

    return callback


async def _turn(services: Services, query: InlineQuery, bot: Bot) -> Turn:
    """A turn in no chat: neither thread nor card, only what the person has chosen in private."""
    person = query.from_user
    who = Who(person.id, person.id)
    profile = await services.store.profile(who)
    language = profile.language or spoken(person.language_code or "")
    return Turn(services, who, language, services.clock(), profile, bot_name=bot.username)


async def _answer(bot: Bot, query: InlineQuery, turn: Turn) -> None:
    offer = offered(turn, cleaned(query.query))
    try:
        await bot.answer_inline_query(
            query.id,
            [_article(turn, card) for card in offer.cards],
            cache_time=CACHED,
            is_personal=True,
            button=InlineQueryResultsButton(offer.button, start_parameter=offer.payload),
        )
    except BadRequest as error:
        # the next key was struck meanwhile, and Telegram waits for that answer only
        if "query is too old" not in error.message.lower():
            raise


def _article(turn: Turn, card: Card) -> InlineQueryResultArticle:
    more = InlineKeyboardButton(turn.label("inline.more"), url=links.address(turn.bot_name, card.payload))
    return InlineQueryResultArticle(
        card.id,
        card.title,
        InputTextMessageContent(
            card.html, ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
        InlineKeyboardMarkup.from_button(more),
        description=card.description,
    )
