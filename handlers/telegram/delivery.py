"""What goes out: a reply → messages on the screen, and what is remembered of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeAlias, TypeVar

from telegram import InputFile, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import CallbackQueryLimit, MessageLimit, ParseMode
from telegram.error import BadRequest, NetworkError, RetryAfter

from handlers.buttons import VERSION, Button
from handlers.context import Card, Turn
from handlers.reply import Document, Reply, Rows
from handlers.splitting import parts, plain, shortened, utf16_length
from handlers.telegram.incoming import Incoming

T = TypeVar("T")
Fields: TypeAlias = dict[str, object]
"""An object of the Bot API, by its names."""

LONGEST_WAIT = timedelta(seconds=3)
"""Flood control is waited out up to this; who waits longer has asked again by then."""

PAUSES = (0.2, 0.6, 1.8)
"""Seconds before a second, third and fourth try of a call that the network broke, give or take a half."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

# Telegram has no codes for these, only words (python-telegram-bot #2254)
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message",
)
_NOT_MODIFIED = "message is not modified"
_TOO_OLD = "query is too old"
_BROKEN_MARKUP = "can't parse entities"


async def deliver(came: Incoming, turn: Turn, reply: Reply) -> None:
    """Shows a reply in place or as a new message, then remembers what it was about.

    A file is always a new message: it changes no other, nor does the open card move to it.
    """
    if not reply.html and reply.document is None:
        await _swap(came, reply)
        return
    if reply.document is not None:
        reply = replace(reply, in_place=False, card=None)
    store, opened = turn.services.store, turn.card.message if turn.card else None
    target = (came.pressed if came.query else opened) if reply.in_place else None
    if target is None and came.edited and came.question is not None and reply.document is None:
        target = await store.reply(turn.who, came.question)
    shown = await _edit(came, target, reply) if target is not None else None
    if shown is None:
        shown = await send(came, reply)
    if came.question is not None and not reply.in_place and _is_one_text(reply):
        await store.keep_reply(turn.who, came.question, shown)
    if reply.finding is not None and came.text:
        found = reply.finding
        await store.note_outcome(came.text, found.language, found.kind, reply.asked)
    if reply.thread is not None:
        await store.keep_thread(turn.who, reply.thread)
    if reply.card is not None:
        await store.keep_card(turn.who, Card(shown, reply.card))
    elif target is not None and target == opened:
        await store.keep_card(turn.who, None)


async def send(came: Incoming, reply: Reply) -> int:
    """Sends a reply, split where it is too long, with the buttons at its end; gives the last message's id.

    Words too many for a caption go before their file.
    """
    markup, document = with_keyboard(reply.buttons), reply.document
    if document is not None and _fits_caption(reply.html):
        return (await _send_document(came, document, reply.html, markup)).message_id
    *before, last = parts(reply.html)
    for part in before:
        await _send(came, part, {})
    if document is None:
        return (await _send(came, last, markup)).message_id
    await _send(came, last, {})
    return (await _send_document(came, document, "", markup)).message_id


async def stop_clock(came: Incoming, toast: str | None = None, url: str | None = None) -> None:
    """Answers a button press, with a word on top of the screen or a link into this bot if there is one.

    A network that will not take it is no reason to keep the answer back: the clock stops by itself some day.
    """
    query, limit = came.query, CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    if query is None:
        return
    try:
        await _patiently(
            lambda: came.bot.answer_callback_query(query, shortened(toast, limit) if toast else None, url=url)
        )
    except BadRequest as error:
        if _TOO_OLD not in error.message.lower():
            raise
    except (NetworkError, RetryAfter):
        return


def with_keyboard(rows: Rows) -> Fields:
    """What a call says of the buttons below a message; nothing where there are none.

    As Telegram reads it: an object of the library for each button, to be written out again at once, took a
    tenth of an update's time.
    """
    return _markup([[_button(button) for button in row] for row in rows])


def _markup(rows: list[list[Fields]]) -> Fields:
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _button(button: Button) -> Fields:
    fields: Fields = {"text": button.label}
    if button.data is not None:
        fields["callback_data"] = button.data
    if button.url is not None:
        fields["url"] = button.url
    if button.copy:
        fields["copy_text"] = {"text": button.copy}
    return fields


def _is_one_text(reply: Reply) -> bool:
    """Whether the reply is one message that an edit of its question can change."""
    return reply.document is None and len(parts(reply.html)) == 1


def _fits_caption(html: str) -> bool:
    # also as words with the addresses written out, which is what is left when markup is refused
    return utf16_length(plain(html)) <= MessageLimit.CAPTION_LENGTH


async def _edit(came: Incoming, target: int, reply: Reply) -> int | None:
    """Changes a message; None where it is gone, or where the text does not fit into one."""
    if len(parts(reply.html)) != 1:
        return None

    async def edit(text: str, parse_mode: ParseMode | None) -> object:
        return await came.bot.edit_message_text(
            text,
            came.who.chat,
            target,
            parse_mode=parse_mode,
            link_preview_options=_NO_PREVIEW,
            api_kwargs=with_keyboard(reply.buttons),
        )

    return target if await _is_changed(lambda: _as_html_or_plain(reply.html, edit)) else None


async def _swap(came: Incoming, reply: Reply) -> None:
    """Puts other buttons in the place of one kind; the message keeps its text and its other buttons."""
    pressed, keys = came.pressed, came.keyboard
    if not reply.swaps or pressed is None or keys is None:
        return
    kind = reply.swaps + VERSION + ":"
    others = (
        [button.to_dict() for button in row if not str(button.callback_data or "").startswith(kind)]
        for row in keys.inline_keyboard
    )
    new = ([_button(button) for button in row] for row in reply.buttons)
    markup = _markup([*(row for row in others if row), *new])
    await _is_changed(
        lambda: _patiently(
            lambda: came.bot.edit_message_reply_markup(came.who.chat, pressed, api_kwargs=markup)
        )
    )


async def _is_changed(edit: Callable[[], Awaitable[object]]) -> bool:
    """Edits a message; False where it is gone."""
    try:
        await edit()
    except BadRequest as error:
        said = error.message.lower()
        if any(gone in said for gone in _GONE):
            return False
        # a second tap on the same button: what it asks for stands there already
        if _NOT_MODIFIED not in said:
            raise
    return True


async def _send(came: Incoming, html: str, markup: Fields) -> Message:
    async def send_it(text: str, parse_mode: ParseMode | None) -> Message:
        return await came.bot.send_message(
            came.who.chat,
            text,
            parse_mode=parse_mode,
            link_preview_options=_NO_PREVIEW,
            api_kwargs=markup,
            message_thread_id=came.topic,
            reply_parameters=_pointer(came),
        )

    return await _as_html_or_plain(html, send_it)


async def _send_document(came: Incoming, document: Document, html: str, markup: Fields) -> Message:
    async def send_it(text: str, parse_mode: ParseMode | None) -> Message:
        return await came.bot.send_document(
            came.who.chat,
            InputFile(document.content, document.name),
            caption=text or None,
            parse_mode=parse_mode,
            api_kwargs=markup,
            message_thread_id=came.topic,
            reply_parameters=_pointer(came),
        )

    return await _as_html_or_plain(html, send_it)


def _pointer(came: Incoming) -> ReplyParameters | None:
    """In groups, where others write in between, an answer points at its question."""
    return ReplyParameters(came.answers_to, allow_sending_without_reply=True) if came.answers_to else None


async def _as_html_or_plain(html: str, call: Callable[[str, ParseMode | None], Awaitable[T]]) -> T:
    """Markup that Telegram refuses is our mistake; the person still gets the words."""
    try:
        return await _patiently(lambda: call(html, ParseMode.HTML))
    except BadRequest as error:
        if _BROKEN_MARKUP not in error.message.lower():
            raise
        return await _patiently(lambda: call(plain(html), None))


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    """More tries after a short flood wait or a broken connection: an answer twice is better than none."""
    for pause in PAUSES:
        try:
            return await call()
        except RetryAfter as error:
            wait = error.retry_after
            if isinstance(wait, int):
                wait = timedelta(seconds=wait)
            if wait > LONGEST_WAIT:
                raise
            seconds = wait.total_seconds()
        except NetworkError as error:
            if isinstance(error, BadRequest):
                raise
            # at random, so that all who were cut off at once do not come back at once
            seconds = pause * random.uniform(0.5, 1.5)  # noqa: S311 - nothing secret
        await asyncio.sleep(seconds)
    return await call()
