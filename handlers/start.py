"""/start and /help: who the bot is, what it can do, and that its word is not binding."""

from __future__ import annotations

from handlers import commands, language
from handlers.buttons import Button, pack
from handlers.context import Turn
from handlers.reply import Reply, Rows

FIRST_TOPICS = ("deadline", "grant-ceiling", "minimum-partners")
"""Entries offered to somebody who does not know what to ask: what agencies are asked most."""


async def command(turn: Turn, args: str) -> Reply:
    """The greeting, with language buttons and first questions."""
    return Reply(turn.say("start.greeting"), (*language.rows(), *_topics(turn)))


async def help_command(turn: Turn, args: str) -> Reply:
    """All commands with what they do, and how to ask freely."""
    lines = [f"/{each.name} — {turn.say(f'command.{each.name}')}" for each in commands.COMMANDS]
    return Reply(turn.say("help.text", commands="\n".join(lines)), _topics(turn))


def _topics(turn: Turn) -> Rows:
    known = (turn.services.knowledge.entry(topic) for topic in FIRST_TOPICS)
    return tuple(
        (Button(entry.text(turn.language).title, pack("e", turn.language, entry.id, "")),)
        for entry in known
        if entry
    )
