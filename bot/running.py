"""What `run` and `serve` share: settings → an application on Telegram, its store and its figures."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version

from telegram.error import InvalidToken, NetworkError

from bot.application import App, build_application
from bot.collecting import to_stay
from bot.errors import UNKNOWN_TOKEN, SettingsError, TelegramUnreachableError
from bot.metrics import Metrics
from bot.reminding import Reminding, reminding
from bot.requests import CountedRequest
from bot.services import build_services
from bot.settings import Settings
from bot.showable import require_showable
from bot.store.database import open_database
from bot.store.durable import DurableStore
from bot.updates import InOrder, Updates
from handlers.context import Services

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that is ready to answer."""

    application: App = field(repr=False)
    services: Services
    store: DurableStore
    metrics: Metrics
    updates: Updates


@asynccontextmanager
async def running(settings: Settings) -> AsyncIterator[Running]:
    """Everything started, and stopped again at the end.

    Raises KnowledgeError where a text cannot be shown, before Telegram hears of anything, SettingsError or
    UnreachableError where Telegram does not know the token or cannot be reached; a database that cannot be
    reached stops nothing.
    """
    token, metrics = settings.bot_token(), Metrics()
    # by this machine's clock, also where KA2BOT_NOW pretends another: what is held must grow old
    store = DurableStore(open_database(settings.database()), lambda: datetime.now(UTC), metrics)
    with to_stay():
        services = build_services(
            settings.clock(), store=store, operator=settings.operator, admins=settings.admins()
        )
    require_showable(services)
    metrics.knows(version("ka2bot"), services)
    updates = Updates(services, store, metrics)
    application = build_application(
        services,
        token,
        settings.base_url,
        request=CountedRequest(metrics, 2 * settings.concurrency),
        processor=InOrder(updates, settings.concurrency),
    )
    if not settings.operator:
        _log.warning("OPERATOR is not set: /privacy cannot say who answers for the data")
    try:
        await store.open()
        try:
            await application.initialize()
        except InvalidToken:
            # its message holds the token
            raise SettingsError(UNKNOWN_TOKEN) from None
        except NetworkError:
            raise TelegramUnreachableError(settings.api_url) from None
        purge = asyncio.create_task(store.purge_for_ever())
        try:
            async with reminding(Reminding(services, store, application.bot, metrics)):
                yield Running(application, services, store, metrics, updates)
        finally:
            purge.cancel()
            await asyncio.gather(purge, return_exceptions=True)
            await application.shutdown()
    finally:
        await store.close()
