"""`ka2bot register`: tells Telegram how the bot presents itself and where to send updates."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from difflib import ndiff

import typer
from telegram import Bot
from telegram.error import InvalidToken, NetworkError

from bot.application import UPDATES
from bot.errors import UNKNOWN_TOKEN, SettingsError, TelegramUnreachableError
from bot.profile import Change, Lines, compared, pieces, register
from bot.services import build_services
from bot.settings import Settings
from bot.showable import require_showable
from handlers.phrases import Phrases


def run(settings: Settings, *, dry_run: bool) -> None:
    """Sets what differs and prints it; a dry run prints everything, and with a token what differs."""
    services = build_services(settings.clock())
    require_showable(services)
    phrases = services.phrases
    if dry_run:
        typer.echo("\n".join(_everything(settings, phrases)))
        if not settings.has_token():
            return
        typer.echo("\nNow at Telegram:")
    try:
        asyncio.run(_at_telegram(settings, phrases, dry_run=dry_run))
    except InvalidToken:
        raise SettingsError(UNKNOWN_TOKEN) from None
    except NetworkError:
        if dry_run:
            typer.echo("could not be asked")
        raise TelegramUnreachableError(settings.api_url) from None


async def _at_telegram(settings: Settings, phrases: Phrases, *, dry_run: bool) -> None:
    async with Bot(settings.bot_token(), base_url=settings.base_url) as bot:
        if dry_run:
            typer.echo("\n".join(report(await compared(bot, phrases, settings.admins()), "would be set")))
            return
        typer.echo("\n".join(report(await register(bot, phrases, settings.admins()), "set")))
        if not bot.supports_inline_queries:
            typer.echo("inline mode is off: @BotFather, /setinline")
        if bot.can_read_all_group_messages:
            typer.echo("privacy mode is off: @BotFather, /setprivacy, Enable")
        if settings.webhook_url:
            await set_webhook(bot, settings)
            typer.echo(_webhook_line(settings))


def report(changes: Iterable[Change], done: str) -> Iterator[str]:
    """What differed, with the lines that go and come; one line where nothing did."""
    unchanged = True
    for change in changes:
        unchanged = False
        yield f"{change.piece.name}: {f'refused, {change.refused}' if change.refused else done}"
        yield from (f"  {line}" for line in _difference(change.before, change.piece.wanted))
    if unchanged:
        yield "commands, descriptions and menu button are as they should be"


def _difference(before: Lines, wanted: Lines) -> Iterator[str]:
    return (line for line in ndiff(before, wanted) if not line.startswith("?"))


def _everything(settings: Settings, phrases: Phrases) -> Iterator[str]:
    for piece in pieces(phrases, settings.admins()):
        yield f"{piece.name}:{'' if piece.wanted else ' none'}"
        yield from (f"  {line}" for line in piece.wanted)
    if settings.webhook_url:
        yield _webhook_line(settings)


async def set_webhook(bot: Bot, settings: Settings) -> None:
    """Tells Telegram where to send updates and with which secret; what waits there is kept."""
    await bot.set_webhook(
        str(settings.webhook_url),
        secret_token=settings.secret_of_webhook(),
        allowed_updates=UPDATES,
        max_connections=settings.concurrency,
    )


def _webhook_line(settings: Settings) -> str:
    return f"webhook: {settings.webhook_url}, {settings.concurrency} connections, {', '.join(UPDATES)}"
