"""The bot as a table of contents: every handler in order, with the reason for the order."""

from __future__ import annotations

from typing import Any, TypeAlias

from telegram.constants import UpdateType
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseUpdateProcessor,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ExtBot,
    InlineQueryHandler,
    JobQueue,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.audience import ForUs
from bot.failures import on_error
from handlers import (
    ask,
    budget,
    budget_showing,
    check,
    contact,
    journey,
    language,
    lists,
    other,
    privacy,
    reminders,
    travel,
    votes,
)
from handlers.buttons import VERSION
from handlers.commands import COMMANDS
from handlers.context import Services
from handlers.telegram import (
    Context,
    Pressed,
    on_blocked,
    on_command,
    on_other,
    on_press,
    on_text,
    refuse,
)
from handlers.telegram.inline import on_inline

# python-telegram-bot's own places for data stay unused, whatever their type
App: TypeAlias = Application[
    ExtBot[None], Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], JobQueue[Context]
]

UPDATES = (
    UpdateType.MESSAGE,
    UpdateType.EDITED_MESSAGE,
    UpdateType.CALLBACK_QUERY,
    UpdateType.INLINE_QUERY,
    UpdateType.MY_CHAT_MEMBER,
)
"""What Telegram is asked to send: what has a handler below, and nothing else."""

BUTTONS: tuple[tuple[str, Pressed], ...] = (
    (ask.KIND, ask.pressed),
    (travel.KIND, travel.pressed),
    (journey.KIND, journey.pressed),
    (check.KIND, check.pressed),
    (budget_showing.KIND, budget.pressed),
    (contact.KIND, contact.pressed),
    (lists.KIND, lists.pressed),
    (language.KIND, language.pressed),
    (privacy.KIND, privacy.pressed),
    (votes.KIND, votes.pressed),
    (reminders.KIND, reminders.pressed),
)


def build_application(
    services: Services,
    token: str,
    base_url: str = "",
    *,
    local: BaseRequest | None = None,
    request: BaseRequest | None = None,
    processor: BaseUpdateProcessor | None = None,
) -> App:
    """An application with every handler; with `local` it talks to that instead of the network.

    `request` carries the calls but for polling's own, `processor` takes polling's updates.
    """
    builder = ApplicationBuilder().token(token)
    if base_url:
        builder = builder.base_url(base_url)
    if request is not None:
        builder = builder.request(request)
    if processor is not None:
        builder = builder.concurrent_updates(processor)
    if local is not None:
        builder = builder.request(local).get_updates_request(local)
    application = builder.build()
    add_handlers(application, services)
    return application


def add_handlers(application: App, services: Services) -> None:
    """All handlers in one group: the first that fits takes the update, and none after it."""
    new, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
    for_us = ForUs()

    # 1. Commands, also in a message edited into one. First, since a command is text as well.
    #    Those for administrators are for them and in private; to anybody else a command nobody knows.
    admins = filters.User(user_id=services.admins) & filters.ChatType.PRIVATE
    for command in COMMANDS:
        asked = (new | edited) & admins if command.scopes == ("admin",) else None
        application.add_handler(CommandHandler(command.name, on_command(services, command), filters=asked))

    # 2. Any other command. After the known ones; in a group only where this bot is meant.
    application.add_handler(
        MessageHandler((new | edited) & filters.COMMAND & for_us, on_text(services, other.unknown_command))
    )

    # 3. Words: a question or a typed answer; so are an edited question and the words under a picture.
    #    Commands for other bots must not pass for words.
    words = (filters.TEXT | filters.CAPTION) & ~filters.COMMAND
    application.add_handler(MessageHandler((new | edited) & words & for_us, on_text(services, ask.text)))

    # 4. Everything else a person sends in private; a group's stickers are for the group. New messages only:
    #    a shared live location is edited every few seconds. What Telegram itself notes in a chat (joined,
    #    pinned, renamed) is nobody's question.
    something = filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL & ~filters.COMMAND
    application.add_handler(MessageHandler(new & something & for_us, on_other(services, other.not_text)))

    # 5. Buttons, by the kind their data begin with.
    for kind, pressed in BUTTONS:
        application.add_handler(
            CallbackQueryHandler(on_press(services, pressed), pattern=f"^{kind}{VERSION}:")
        )

    # 6. Buttons of an older edition. After all kinds, so that no press stays without an answer.
    application.add_handler(CallbackQueryHandler(on_press(services, refuse)))

    # 7. What is being typed after the bot's name in any chat.
    application.add_handler(InlineQueryHandler(on_inline(services)))

    # 8. Blocked, unblocked, added, removed: nobody waits for a word. Who blocks the bot is forgotten.
    application.add_handler(ChatMemberHandler(on_blocked(services), ChatMemberHandler.MY_CHAT_MEMBER))

    application.add_error_handler(on_error(services))
