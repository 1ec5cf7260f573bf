"""Whom a message is for: in private always the bot, in a group only where it is meant."""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatType
from telegram.ext.filters import MessageFilter


class ForUs(MessageFilter):
    """Private messages; in groups answers to the bot's own messages and commands that carry its name.

    A card that somebody took from this bot in inline mode is its own word and no question, also in private.
    """

    def filter(self, message: Message) -> bool:
        """Whether the person waits for an answer of this bot."""
        bot = message.get_bot()
        if message.via_bot is not None and message.via_bot.id == bot.id:
            return False
        if message.chat.type == ChatType.PRIVATE:
            return True
        answered = message.reply_to_message
        if answered is not None and answered.from_user is not None and answered.from_user.id == bot.id:
            return True
        command = (message.text or "").split(maxsplit=1)[:1]
        return any(word.lower().endswith(f"@{bot.username}".lower()) for word in command)
