"""Telegram by long polling, from the first request to a clean stop."""

from __future__ import annotations

import asyncio
import logging
import signal

from telegram.error import InvalidToken, NetworkError, TelegramError
from telegram.ext import Updater

from bot.application import UPDATES
from bot.errors import UNKNOWN_TOKEN, SettingsError, TelegramUnreachableError
from bot.failures import described
from bot.running import running
from bot.settings import Settings

_log = logging.getLogger(__name__)


def run(settings: Settings, *, take_over: bool) -> None:
    """Answers until SIGTERM or SIGINT; raises SettingsError or UnreachableError where it cannot start."""
    try:
        asyncio.run(_poll(settings, take_over=take_over))
    except InvalidToken:
        # its message holds the token
        raise SettingsError(UNKNOWN_TOKEN) from None
    except NetworkError:
        raise TelegramUnreachableError(settings.api_url) from None


async def _poll(settings: Settings, *, take_over: bool) -> None:
    stop = _stop_signal()
    async with running(settings) as bot:
        application = bot.application
        webhook = await application.bot.get_webhook_info()
        if webhook.url and not take_over:
            # polling would delete it without a word
            raise SettingsError(
                "a webhook is set for this bot, so another process may be serving it; "
                "stop that one, then start with --take-over to delete the webhook and poll"
            )
        updater = application.updater
        assert isinstance(updater, Updater)  # noqa: S101 - built with one
        await application.start()
        try:
            await updater.start_polling(allowed_updates=UPDATES, error_callback=_on_poll_error)
            _log.info("polling")
            await stop.wait()
            _log.info("stopping")
        finally:
            # in this order: fetch nothing more, then answer what was fetched
            if updater.running:
                await updater.stop()
            await application.stop()
    _log.info("stopped")


def _stop_signal() -> asyncio.Event:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


def _on_poll_error(error: TelegramError) -> None:
    """One line; the updater tries again by itself."""
    _log.warning("getUpdates failed, trying again: %s", described(error))
