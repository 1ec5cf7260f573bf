"""What happens when a handler fails: an apology for the person, a line for the operator, nothing personal."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Coroutine
from pathlib import Path
from traceback import extract_tb
from typing import TypeAlias

from telegram import Update
from telegram.error import Forbidden

from handlers.context import Services
from handlers.telegram import Context, apologise

ErrorCallback: TypeAlias = Callable[[object, Context], Coroutine[object, object, None]]

_log = logging.getLogger(__name__)


def on_error(services: Services) -> ErrorCallback:
    """Logs the type of an error, its place and a reference; the person gets an apology with the same one."""

    async def callback(update: object, context: Context) -> None:
        error = context.error
        if error is None:
            return
        # whoever has blocked the bot, or thrown it out, does not wait for an answer
        if isinstance(error, Forbidden):
            _log.info("not delivered: the bot is blocked or was removed")
            return
        reference = secrets.token_hex(4)
        _log.error("update failed, reference %s: %s", reference, described(error))
        if isinstance(update, Update):
            try:
                await apologise(services, update, context.bot, reference)
            except Exception as second:  # the last thing that could be done for the person
                _log.error("no apology for %s: %s", reference, described(second))

    return callback


def described(error: BaseException) -> str:
    """Type and innermost places of an error; no message, since it may hold what a person wrote."""
    frames = reversed(extract_tb(error.__traceback__)[-3:])
    places = (f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)
    return f"{type(error).__name__} at {' < '.join(places)}"
