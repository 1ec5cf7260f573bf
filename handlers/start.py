"""/start and /help: who the bot is, what it can do, that its word is not binding, and where a link leads."""

from __future__ import annotations

from dataclasses import replace

from handlers import commands, language, links
from handlers.answers import entry_reply
from handlers.buttons import Button, pack
from handlers.context import Turn
from handlers.replies import reply_to
from handlers.reply import Reply, Rows
from knowledge.model import SECTORS

FIRST_TOPICS = ("deadline", "grant-ceiling", "minimum-partners")
"""Entries offered to somebody who does not know what to ask: what agencies are asked most."""


async def command(turn: Turn, args: str) -> Reply:
    """The greeting, with language buttons and first questions; with a payload, what its link opens."""
    if turn.in_group:
        # "/start@bot payload" is what Telegram itself says where a link has brought the bot in
        return Reply(turn.say("group.hello"))
    payload = args.strip()
    if not payload:
        return _greeting(turn)
    opened = await _opened(turn, payload)
    return opened or _greeting(turn, turn.say("links.unknown") + "\n\n")


async def help_command(turn: Turn, args: str) -> Reply:
    """All commands with what they do, and how to ask freely."""
    scope: commands.Scope = "group" if turn.in_group else "private"
    lines = [f"/{each.name} — {turn.say(f'command.{each.name}')}" for each in commands.listed(scope)]
    key = "group.help" if turn.in_group else "help.text"
    return Reply(turn.say(key, commands="\n".join(lines)), _topics(turn))


def _greeting(turn: Turn, before: str = "") -> Reply:
    return Reply(before + turn.say("start.greeting"), (*language.rows(), *_topics(turn)))


async def _opened(turn: Turn, payload: str) -> Reply | None:
    """What a link opens, in the language chosen, else the link's; None for one that leads nowhere."""
    target = links.read(payload)
    if target is None:
        return None
    if target.language is not None and turn.profile.language is None:
        turn = turn.speaking(target.language)
    if target.kind == "question":
        asked = reply_to(target.words, replace(turn, thread=None), fixed_language=target.language is not None)
        # who wrote the link is not the one who asks
        return replace(asked, finding=None) if target.words else None
    if target.kind == "command":
        if target.name == links.GREETING and not target.words:
            return _greeting(turn)
        named = next((c for c in commands.listed("private") if c.name == target.name.casefold()), None)
        if named is not None and named.action is not command:
            return await named.action(turn, target.words)
    entry = turn.services.knowledge.entry(target.name.casefold())
    sector = next((known for known in SECTORS if known == target.words), None)
    return entry_reply(turn, entry, sector) if entry else None


def _topics(turn: Turn) -> Rows:
    known = (turn.services.knowledge.entry(topic) for topic in FIRST_TOPICS)
    return tuple(
        (Button(entry.text(turn.language).title, pack("e", turn.language, entry.id, "")),)
        for entry in known
        if entry
    )
