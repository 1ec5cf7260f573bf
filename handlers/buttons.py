"""Buttons and the data behind them: kind, version, language and fields in at most 64 bytes.

All state of a dialogue travels here, so a restart loses nothing and any replica can go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from knowledge.model import Language

LIMIT = 64
"""Bytes that Telegram allows behind a button."""

VERSION = "1"
"""Raised when the meaning of packed fields changes; data of another version are refused politely."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button: exactly one of packed data, a link, or a text to copy."""

    label: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """What a pressed button carries."""

    kind: str
    language: Language
    fields: tuple[str, ...]


def pack(kind: str, language: Language, *fields: str) -> str:
    """The data of a button, e.g. `t1:lv:850:4`.

    Raises ValueError above 64 bytes or where a field holds a colon: both are mistakes in the code.
    """
    if any(":" in field for field in (kind, *fields)):
        raise ValueError(f"a field of {kind!r} holds a colon")
    data = ":".join((kind + VERSION, language, *fields))
    if len(data.encode()) > LIMIT:
        raise ValueError(f"{len(data.encode())} bytes are more than {LIMIT}: {data}")
    return data


def unpack(data: str) -> Press | None:
    """What a button carries; None for data of another version, or that nobody here has packed."""
    head, *rest = data.split(":")
    if len(head) < 2 or not head.endswith(VERSION) or not rest:
        return None
    language = next((known for known in get_args(Language) if known == rest[0]), None)
    return Press(head.removesuffix(VERSION), language, tuple(rest[1:])) if language else None
