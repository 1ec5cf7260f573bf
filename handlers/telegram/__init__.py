"""Telegram on one side, turns and replies on the other: the only place in `handlers` that knows `telegram`.

`bot/application.py` hangs these callbacks into an application; dialogues see a `Turn` and give a `Reply`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeAlias

from telegram import Bot, Update
from telegram.constants import ChatMemberStatus
from telegram.ext import ContextTypes

from handlers import other
from handlers.buttons import Press
from handlers.context import Profile, Services, Turn, Who
from handlers.reply import Reply
from handlers.telegram.delivery import deliver, send, stop_clock
from handlers.telegram.incoming import incoming, language_of, turn_of

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
Callback: TypeAlias = Callable[[Update, Context], Coroutine[object, object, None]]
Worded: TypeAlias = Callable[[Turn, str], Awaitable[Reply]]
Pressed: TypeAlias = Callable[[Turn, Press], Awaitable[Reply]]


def on_text(services: Services, action: Worded) -> Callback:
    """Answers a text, or the caption of a picture or a file."""

    async def callback(update: Update, context: Context) -> None:
        if came := incoming(update, context.bot):
            turn = await turn_of(services, came)
            await deliver(came, turn, await action(turn, came.text))

    return callback


def on_command(services: Services, action: Worded) -> Callback:
    """Answers a command; the action gets what was typed after it."""

    async def typed(turn: Turn, text: str) -> Reply:
        return await action(turn, " ".join(text.split(maxsplit=1)[1:]))

    return on_text(services, typed)


def on_other(services: Services, action: Worded) -> Callback:
    """Answers a message without words; the action gets its kind, such as `sticker`."""

    async def callback(update: Update, context: Context) -> None:
        if came := incoming(update, context.bot):
            turn = await turn_of(services, came)
            await deliver(came, turn, await action(turn, came.what))

    return callback


def on_press(services: Services, action: Pressed) -> Callback:
    """Answers a button; one that cannot be read is refused politely. Its clock stops in any case."""

    async def callback(update: Update, context: Context) -> None:
        came = incoming(update, context.bot)
        if came is None:
            return
        try:
            turn = await turn_of(services, came)
            reply = await action(turn, came.press) if came.press else await other.stale(turn)
        except Exception:
            await stop_clock(came)
            raise
        await stop_clock(came, reply.toast)
        await deliver(came, turn, reply)

    return callback


def on_blocked(services: Services) -> Callback:
    """Forgets who has blocked the bot."""

    async def callback(update: Update, context: Context) -> None:
        changed = update.my_chat_member
        if changed is not None and changed.new_chat_member.status == ChatMemberStatus.BANNED:
            await services.store.forget(Who(changed.chat.id, changed.from_user.id))

    return callback


async def refuse(turn: Turn, press: Press) -> Reply:
    """For buttons that read well but belong to no dialogue: they are of another edition."""
    return await other.stale(turn)


async def slow_down(services: Services, update: Update, bot: Bot, *, tell: bool) -> None:
    """For somebody who sends more than anybody reads: a word if `tell`; a button's clock always stops."""
    came = incoming(update, bot)
    if came is None:
        return
    words = await other.too_much(
        Turn(services, came.who, language_of(came, Profile(), None), services.clock())
    )
    if came.query:
        await stop_clock(came, words.toast if tell else None)
    elif tell:
        await send(came, words)


async def apologise(services: Services, update: Update, bot: Bot, reference: str) -> None:
    """Tells the person that something broke; works even where what is remembered cannot be read."""
    if came := incoming(update, bot):
        language = language_of(came, Profile(), None)
        turn = Turn(services, came.who, language, services.clock())
        await send(came, await other.failed(turn, reference))
