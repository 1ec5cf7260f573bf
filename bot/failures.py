"""What happens when a handler fails: an apology for the person, a line for the operator, nothing personal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from pathlib import Path
from traceback import extract_tb
from typing import TypeAlias

from telegram import Bot, Update
from telegram.error import BadRequest, Forbidden

from bot import trace
from handlers.context import Services
from handlers.telegram import Context, apologise
from handlers.telegram.incoming import incoming

ErrorCallback: TypeAlias = Callable[[object, Context], Coroutine[object, object, None]]

# Telegram has no codes for these, only words
_NO_RIGHT = ("not enough rights", "have no rights", "chat_write_forbidden", "topic_closed")

_log = logging.getLogger(__name__)


def on_error(services: Services) -> ErrorCallback:
    """Reports what a handler raised."""

    async def callback(update: object, context: Context) -> None:
        if context.error is not None:
            await report(services, update, context.bot, context.error)

    return callback


async def report(services: Services, update: object, bot: Bot, error: BaseException) -> None:
    """Logs the type of an error, its place and a reference; the person gets an apology with the same one.

    Whoever has blocked the bot does not wait for an answer and is forgotten. A group that has thrown it out,
    or where it may not write, gets none; the person there has done nothing.
    """
    now = trace.current() or trace.Trace()
    if isinstance(error, Forbidden) or _may_not_write(error):
        now.result = "blocked"
        _log.info("not delivered: the bot is blocked, was removed, or may not write there")
        if isinstance(update, Update) and (came := incoming(update, bot)) and not came.in_group:
            await services.store.forget(came.who)
        return
    if now.result == "answered":
        now.result = "failed"
    _log.error("update failed, reference %s: %s", now.reference, described(error))
    if isinstance(update, Update):
        try:
            await apologise(services, update, bot, now.reference)
        except Exception as second:  # the last thing that could be done for the person
            _log.error("no apology for %s: %s", now.reference, described(second))


def _may_not_write(error: BaseException) -> bool:
    """Whether a group keeps the bot from writing: by its rights, or since the topic is closed."""
    said = error.message.lower() if isinstance(error, BadRequest) else ""
    return any(words in said for words in _NO_RIGHT)


def described(error: BaseException) -> str:
    """Type and innermost places of an error; no message, since it may hold what a person wrote."""
    frames = reversed(extract_tb(error.__traceback__)[-3:])
    places = (f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__} at {' < '.join(places)}"
