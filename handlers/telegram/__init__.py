"""Telegram on one side, turns and replies on the other: the only place in `handlers` that knows `telegram`.

`bot/application.py` hangs these callbacks into an application; dialogues see a `Turn` and give a `Reply`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import TypeAlias

from telegram import Bot, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ContextTypes

from handlers import links, other
from handlers.buttons import Press
from handlers.commands import Command
from handlers.context import Services, Turn, Who
from handlers.fitting import fitted, opens_in_private
from handlers.reply import Reply
from handlers.telegram.delivery import deliver, send, stop_clock
from handlers.telegram.incoming import Incoming, bare_turn, incoming, turn_of

Context: TypeAlias = ContextTypes.DEFAULT_TYPE
Callback: TypeAlias = Callable[[Update, Context], Coroutine[object, object, None]]
Worded: TypeAlias = Callable[[Turn, str], Awaitable[Reply]]
Pressed: TypeAlias = Callable[[Turn, Press], Awaitable[Reply]]


def on_text(services: Services, action: Worded) -> Callback:
    """Answers a text, or the caption of a picture or a file."""

    async def answer(turn: Turn, came: Incoming) -> Reply:
        return fitted(turn, await action(turn, came.text))

    return _answering(services, answer)


def on_command(services: Services, command: Command) -> Callback:
    """Answers a command; the action gets what was typed after it. A group gets the way to a dialogue."""

    async def answer(turn: Turn, came: Incoming) -> Reply:
        words = " ".join(came.text.split(maxsplit=1)[1:])
        payload = _payload(turn, command, words)
        if turn.in_group and command.opens:
            return opens_in_private(turn, payload or command.name)
        return fitted(turn, await command.action(turn, words), payload)

    return _answering(services, answer)


def on_other(services: Services, action: Worded) -> Callback:
    """Answers a message without words; the action gets its kind, such as `sticker`."""

    async def answer(turn: Turn, came: Incoming) -> Reply:
        return fitted(turn, await action(turn, came.what))

    return _answering(services, answer)


def _payload(turn: Turn, command: Command, words: str) -> str:
    """The payload that gives the command again; none where its words do not go along."""
    if command.name == links.GREETING:
        # what a link has opened is passed on by the same link
        return words if links.read(words) and not turn.in_group else links.GREETING
    payload = links.command_payload(command.name, words)
    return "" if words and payload == command.name else payload


def _answering(services: Services, answer: Callable[[Turn, Incoming], Awaitable[Reply]]) -> Callback:
    async def callback(update: Update, context: Context) -> None:
        if came := incoming(update, context.bot):
            turn = await turn_of(services, came)
            await deliver(came, turn, await answer(turn, came))

    return callback


def on_press(services: Services, action: Pressed) -> Callback:
    """Answers a button; one that cannot be read is refused politely. Its clock stops in any case.

    In a group whoever presses is taken to the private chat, so that nobody changes what others read.
    """

    async def callback(update: Update, context: Context) -> None:
        came = incoming(update, context.bot)
        if came is None:
            return
        try:
            turn = await turn_of(services, came)
            if turn.in_group:
                there = links.address(turn.bot_name, links.payload_of_press(came.press))
                await stop_clock(came, url=there)
                return
            reply = await action(turn, came.press) if came.press else await other.stale(turn)
        except Exception:
            await stop_clock(came)
            raise
        await stop_clock(came, reply.toast)
        await deliver(came, turn, fitted(turn, reply))

    return callback


def on_blocked(services: Services) -> Callback:
    """Forgets who has blocked the bot; who throws it out of a group or a channel has not."""

    async def callback(update: Update, context: Context) -> None:
        changed = update.my_chat_member
        if changed is None or changed.chat.type != ChatType.PRIVATE:
            return
        if changed.new_chat_member.status == ChatMemberStatus.BANNED:
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
    words = await other.too_much(bare_turn(services, came))
    if came.query:
        await stop_clock(came, words.toast if tell else None)
    elif tell:
        await send(came, words)


async def apologise(services: Services, update: Update, bot: Bot, reference: str) -> None:
    """Tells the person that something broke; works even where what is remembered cannot be read."""
    if came := incoming(update, bot):
        await send(came, await other.failed(bare_turn(services, came), reference))
