"""All commands in the order Telegram's menu and /help show them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers import budget, check, contact, deadline, language, lists, privacy, sources, start, travel
from handlers.context import Turn
from handlers.reply import Reply

Action = Callable[[Turn, str], Awaitable[Reply]]
"""What answers a command: the turn and what was typed after the command."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command; its description is the phrase `command.<name>`."""

    name: str
    action: Action


COMMANDS: tuple[Command, ...] = (
    Command("check", check.command),
    Command("travel", travel.command),
    Command("budget", budget.command),
    Command("deadline", deadline.command),
    Command("contact", contact.command),
    Command("priorities", lists.priorities_command),
    Command("activities", lists.activities_command),
    Command("funding", lists.funding_command),
    Command("sources", sources.command),
    Command("language", language.command),
    Command("privacy", privacy.command),
    Command("help", start.help_command),
    Command("start", start.command),
)
