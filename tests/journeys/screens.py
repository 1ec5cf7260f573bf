"""What a person sees, said so that a journey reads as one."""

from __future__ import annotations

import re

import pytest

from bot.local.conversation import Conversation, Shown
from handlers.check import KIND as CHECK
from handlers.context import Who
from tests.conftest import Begin

BOTH = pytest.mark.parametrize("language", ["lv", "en"])

OPEN_WORDS = re.compile(
    r"🟢|🟠|ir atvērts|drīz beidzas|Līdz beigām|vēl var pieteikties|: varat pieteikties"
    r"|is open until|call is open|closes soon|Time left|still open|: you can apply\b"
)
"""Words that only an open call deserves."""


def figures(shown: Shown | str) -> str:
    """The text with plain spaces, thousands unseparated: `1 100 EUR` and `1,100 EUR` → `1100 EUR`."""
    text = shown if isinstance(shown, str) else shown.text
    return re.sub(r"(?<=\d)[,\xa0](?=\d{3})", "", text).replace("\xa0", " ")


def only(shown: list[Shown]) -> Shown:
    """The one message that appeared or changed; toasts aside."""
    messages = [each for each in shown if not each.toast and each.kind in ("new", "edited")]
    assert len(messages) == 1, [each.text for each in shown]
    return messages[0]


async def say(talk: Conversation, text: str) -> Shown:
    """What answers a text."""
    return only(await talk.say(text))


async def press(talk: Conversation, button: int | str, message_id: int | None = None) -> Shown:
    """What answers a button."""
    return only(await talk.press(button, message_id))


def labels(shown: Shown) -> list[str]:
    """What the buttons say."""
    return [button.label for button in shown.flat_buttons]


def pressable(shown: Shown) -> list[str]:
    """What the buttons say that send something to the bot; a link, such as the share button, does not."""
    return [button.label for button in shown.flat_buttons if button.data]


async def chosen(begin: Begin, language: str) -> Conversation:
    """A conversation in which the language has been chosen, so that no question changes it."""
    talk = await begin(language)
    await talk.say(f"/language {language}")
    return talk


def who(talk: Conversation) -> Who:
    """The person, as the store knows them."""
    chat = talk.person.chat.chat_id
    return Who(chat, chat)


def is_check(shown: Shown) -> bool:
    """Whether a message is a card of the quiz."""
    return any((button.data or "").startswith(CHECK + "1:") for button in shown.flat_buttons)
