"""What the Bot API takes, by the installed python-telegram-bot: parameters of methods, fields of objects."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from functools import cache

from telegram import Bot, TelegramObject

from bot.local.wire import JsonObject, Parameters, mistake

_NOT_SENT = frozenset(
    ("self", "api_kwargs", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout")
)
"""Arguments that stay within the library."""


@cache
def methods() -> Mapping[str, frozenset[str]]:
    """Parameters of each method, by its Bot API name in small letters, `sendmessage`."""
    return {
        name.replace("_", ""): _parameters(function)
        for name, function in inspect.getmembers(Bot, inspect.iscoroutinefunction)
        if not name.startswith("_")
    }


def check(method: str, parameters: Parameters) -> None:
    """Refuse a parameter that Telegram would not look at."""
    if unknown := parameters.names() - methods()[method.lower()]:
        raise mistake(f"{method} takes no {min(unknown)}")


def fields(kind: type[TelegramObject]) -> frozenset[str]:
    """Fields of a Bot API object, `type` included."""
    return _parameters(kind) | {"type"}


def insist(raw: JsonObject, kind: type[TelegramObject]) -> JsonObject:
    """Refuse an object with a field that Telegram does not know, and would drop without a word."""
    if unknown := raw.keys() - fields(kind):
        raise mistake(f"{kind.__name__} has no field {min(unknown)}")
    return raw


def _parameters(function: object) -> frozenset[str]:
    assert callable(function)  # noqa: S101 - a method or a class
    return frozenset(inspect.signature(function).parameters) - _NOT_SENT
