"""All commands in the order Telegram's menu and /help show them, each with the menus that list it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from handlers import (
    budget,
    check,
    contact,
    deadline,
    language,
    lists,
    privacy,
    sources,
    start,
    stats,
    travel,
)
from handlers.context import Turn
from handlers.reply import Reply

Action = Callable[[Turn, str], Awaitable[Reply]]
"""What answers a command: the turn and what was typed after the command."""


Scope = Literal["private", "group", "admin"]
"""Who sees a menu: everybody in private, a group, or who runs the bot, in their private chat."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command; its description is the phrase `command.<name>`.

    `scopes` are the menus that list it: what a menu hides is answered all the same, so a command for few
    must look who asks. One that `opens` a dialogue does so in private only: a group gets a link to it.
    """

    name: str
    action: Action
    scopes: tuple[Scope, ...] = ("private", "group")
    opens: bool = False


COMMANDS: tuple[Command, ...] = (
    Command("check", check.command, opens=True),
    Command("travel", travel.command),
    Command("budget", budget.command, opens=True),
    Command("deadline", deadline.command),
    Command("contact", contact.command),
    Command("priorities", lists.priorities_command),
    Command("activities", lists.activities_command),
    Command("funding", lists.funding_command),
    Command("sources", sources.command, ("private",)),
    Command("language", language.command, ("private",), opens=True),
    Command("privacy", privacy.command, ("private",), opens=True),
    Command("help", start.help_command),
    Command("start", start.command, ("private",)),
    Command("stats", stats.command, ("admin",)),
)


def listed(scope: Scope) -> tuple[Command, ...]:
    """The commands of a menu; who runs the bot sees those of everybody too."""
    seen = {scope, "private"} if scope == "admin" else {scope}
    return tuple(command for command in COMMANDS if seen & set(command.scopes))
