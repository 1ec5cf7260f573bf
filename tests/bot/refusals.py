"""What the tests of the local Telegram share: a moment, a chat, keyboards, and how refusals read."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
CHAT = 1001


def refused(reason: str) -> pytest.RaisesExc[BadRequest]:
    # python-telegram-bot writes the description with one capital and small letters
    return pytest.RaisesExc(BadRequest, match=re.compile(reason, re.IGNORECASE))


def keyboard(*buttons: InlineKeyboardButton) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([list(buttons)])


def button(data: str = "x", label: str = "Label") -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=data)
