"""`ka2bot serve`: from a free port to a clean stop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Iterator

import uvicorn

from bot.errors import SettingsError
from bot.listening import Server, on_stop, taken
from bot.running import running
from bot.settings import Settings
from bot.updates import LAST_WORDS, LIMIT
from bot.webhook import WAITING, Webhook

IDLE = 150
"""Seconds that a connection may stay unused. Longer than proxies keep theirs (Caddy 120, nginx 60): where the
server closes first, an update is lost on its way now and then, and Telegram has to send it again."""

_log = logging.getLogger(__name__)


def serve(settings: Settings) -> None:
    """Answers until SIGTERM or SIGINT; raises SettingsError or UnreachableError where it cannot start."""
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    secret = settings.secret_of_webhook()
    with _listening(settings.host, settings.port) as listening:
        async with running(settings) as bot:
            room = (1 + WAITING) * settings.concurrency
            webhook = Webhook(bot, secret, asyncio.Semaphore(settings.concurrency), room)
            server = Server(
                uvicorn.Config(
                    webhook.app(),
                    log_config=None,
                    access_log=False,
                    server_header=False,
                    lifespan="off",
                    timeout_keep_alive=IDLE,
                    timeout_graceful_shutdown=int(LIMIT + LAST_WORDS),
                )
            )

            def stop() -> None:
                _log.info("stopping")
                webhook.stopping, server.should_exit = True, True

            on_stop(stop)
            # the address in full, since port 0 means any
            _log.info("serving on http://%s:%d", *listening.getsockname()[:2])
            await server.serve(sockets=[listening])
    _log.info("stopped")


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    try:
        listening = taken(host, port)
    except OSError as error:
        raise SettingsError(f"HOST and PORT: cannot listen at {host} {port}: {error.strerror}") from None
    with listening:
        yield listening
