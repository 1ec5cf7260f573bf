"""What arrives: an update of Telegram → who, where, what, and the turn that follows from it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.helpers import effective_message_type

from handlers.buttons import Press, unpack
from handlers.context import Profile, Services, Thread, Turn, Who
from knowledge.model import Language

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message or a button press, with all that an answer to it needs."""

    bot: Bot
    who: Who
    language_code: str
    text: str = ""
    what: str = ""
    """Kind of the message's content by Telegram's name, such as `sticker`."""
    topic: int | None = None
    """The topic of a forum in which it was said."""
    answers_to: int | None = None
    """The message to point at; in groups only, where others write in between."""
    question: int | None = None
    """The message that asks."""
    edited: bool = False
    """The message was changed since it was first sent."""
    in_group: bool = False
    """Others read along; so they may where a message was sent through inline mode, to wherever it was."""
    query: str | None = None
    """A button press that waits for its answer."""
    pressed: int | None = None
    """The message whose button was pressed; None too when it is so old that Telegram hides it."""
    press: Press | None = None
    keyboard: InlineKeyboardMarkup | None = None
    """The buttons among which one was pressed."""


def incoming(update: Update, bot: Bot) -> Incoming | None:
    """What arrived and from whom; None for a post without an author to answer."""
    if update.callback_query is not None:
        return _pressed(update.callback_query, bot)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or _is_echo(message):
        return None
    return Incoming(
        bot,
        Who(message.chat_id, message.from_user.id),
        message.from_user.language_code or "",
        text=cleaned(message.text or message.caption or ""),
        what=effective_message_type(message) or "",
        topic=_topic(message),
        answers_to=None if message.chat.type == ChatType.PRIVATE else message.message_id,
        question=message.message_id,
        edited=update.edited_message is not None,
        in_group=message.chat.type != ChatType.PRIVATE,
    )


def cleaned(text: str) -> str:
    """A text without what nobody sees: control characters, zero widths, marks that turn the direction.

    Line breaks stay. Telegram allows 4096 characters; whatever else comes is cut there.
    """
    return "".join(c for c in text[:4096] if c in "\n\t" or unicodedata.category(c) not in _UNSEEN)


def _is_echo(message: Message) -> bool:
    """Whether nobody asks: another bot, or a channel's post that Telegram repeats in its group.

    An administrator who hides behind the group comes as a bot too, but with the group as sender.
    """
    by_bot = message.from_user is not None and message.from_user.is_bot and message.sender_chat is None
    return by_bot or bool(message.is_automatic_forward)


def _pressed(query: CallbackQuery, bot: Bot) -> Incoming:
    message = query.message
    # python-telegram-bot parses a message too old to see as Message too, with nothing in it
    shown = message if isinstance(message, Message) and message.is_accessible else None
    return Incoming(
        bot,
        Who(message.chat.id if message else query.from_user.id, query.from_user.id),
        query.from_user.language_code or "",
        topic=_topic(shown) if shown else None,
        in_group=message is None or message.chat.type != ChatType.PRIVATE,
        query=query.id,
        pressed=shown.message_id if shown else None,
        press=unpack(query.data or ""),
        keyboard=shown.reply_markup if shown else None,
    )


def _topic(message: Message) -> int | None:
    return message.message_thread_id if message.is_topic_message else None


async def turn_of(services: Services, came: Incoming) -> Turn:
    """The turn with everything that is remembered of the person in this chat."""
    store, who = services.store, came.who
    profile, thread, card = await store.profile(who), await store.thread(who), await store.card(who)
    if came.in_group and profile == Profile():
        # what a person has chosen in private is theirs everywhere
        profile = await store.profile(Who(who.person, who.person))
    return replace(bare_turn(services, came, profile, thread), profile=profile, thread=thread, card=card)


def bare_turn(
    services: Services, came: Incoming, profile: Profile | None = None, thread: Thread | None = None
) -> Turn:
    """The turn without what is remembered; that only decides the language."""
    language = language_of(came, profile or Profile(), thread)
    now = services.clock()
    return Turn(services, came.who, language, now, in_group=came.in_group, bot_name=came.bot.username)


def language_of(came: Incoming, profile: Profile, thread: Thread | None) -> Language:
    """The language chosen, else the button's, else that of the last answer, else of the person's Telegram."""
    return (
        profile.language
        or (came.press.language if came.press else None)
        or (thread.language if thread else None)
        or spoken(came.language_code)
    )


def spoken(language_code: str) -> Language:
    """The language to begin with, by that of a person's Telegram."""
    return "en" if language_code.lower().startswith("en") else "lv"
