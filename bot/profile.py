"""How the bot presents itself in Telegram: commands and descriptions, in every language."""

from __future__ import annotations

import asyncio
from html import unescape

import typer
from telegram import Bot, BotCommand
from telegram.error import InvalidToken, NetworkError

from bot.application import UPDATES
from bot.errors import UNKNOWN_TOKEN, SettingsError, UnreachableError
from bot.failures import described
from bot.services import build_services
from bot.settings import Settings
from handlers.commands import COMMANDS
from handlers.phrases import Phrases
from knowledge.model import LANGUAGES, Language

SHORT, LONG = "bot.short_description", "bot.description"
"""What Telegram shows on the bot's page, and in a chat that has not begun."""

DEFAULT: Language = "lv"
"""What people see whose Telegram speaks a language that the bot does not."""


async def register(bot: Bot, phrases: Phrases) -> None:
    """Sets commands and descriptions, for everybody and for each language."""
    for code, language in (("", DEFAULT), *((known, known) for known in LANGUAGES)):
        await bot.set_my_commands(commands(phrases, language), language_code=code or None)
        await bot.set_my_description(_say(phrases, LONG, language), code or None)
        await bot.set_my_short_description(_say(phrases, SHORT, language), code or None)


def commands(phrases: Phrases, language: Language) -> tuple[BotCommand, ...]:
    """The commands with their descriptions, in the order of the menu."""
    return tuple(BotCommand(c.name, _say(phrases, f"command.{c.name}", language)) for c in COMMANDS)


def _say(phrases: Phrases, key: str, language: Language) -> str:
    return unescape(phrases.say(key, language))


def run(settings: Settings, *, dry_run: bool) -> None:
    """Registers at Telegram, or only prints what would be set."""
    phrases = build_services(settings.clock()).phrases
    if dry_run:
        if settings.webhook_url:
            typer.echo(_webhook_line(settings))
        for language in LANGUAGES:
            typer.echo(f"[{language}]")
            for key in (SHORT, LONG):
                typer.echo(_say(phrases, key, language))
            for command in commands(phrases, language):
                typer.echo(f"/{command.command} — {command.description}")
        return
    try:
        asyncio.run(_at_telegram(settings, phrases))
    except InvalidToken:
        raise SettingsError(UNKNOWN_TOKEN) from None
    except NetworkError as error:
        raise UnreachableError(f"{settings.api_url} cannot be reached: {described(error)}") from None


async def _at_telegram(settings: Settings, phrases: Phrases) -> None:
    async with Bot(settings.bot_token(), base_url=settings.base_url) as bot:
        await register(bot, phrases)
        typer.echo("commands and descriptions are set")
        if settings.webhook_url:
            await set_webhook(bot, settings)
            typer.echo(_webhook_line(settings))


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
