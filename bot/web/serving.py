"""`ka2bot web`: the page on this machine, until Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
import uvicorn

from bot.errors import SettingsError
from bot.listening import Server, on_stop, taken
from bot.settings import Settings
from bot.showable import require_showable
from bot.web import PORT
from bot.web.app import Page
from bot.web.known import LiveKnowledge
from knowledge.model import Language

HOST = "127.0.0.1"
"""This machine only. The page is for whoever sits at it and is no way to offer the bot to others."""

PATIENCE = 2
"""Seconds that an open connection may still take after Ctrl-C."""


def web(settings: Settings, language: Language, port: int) -> None:
    """Serves the page until SIGTERM or Ctrl-C, in that language; the terminal is told in English.

    Raises SettingsError where the port is taken, KnowledgeError where there is nothing good to begin with.
    """
    try:
        listening = taken(HOST, port)
    except OSError as error:
        raise SettingsError(
            f"cannot listen at {HOST}:{port}: {error.strerror}; "
            f"another preview may be open there, try ka2bot web --port {port + 1 if port < 65535 else PORT}"
        ) from None
    with listening:
        live = LiveKnowledge(settings.clock())
        require_showable(live.known.services)
        # the address in full, since port 0 means any
        bound = int(listening.getsockname()[1])
        page = Page(live, settings.clock(), language, bound)
        typer.echo(f"Preview: http://{HOST}:{bound}/ (Ctrl-C stops it)")
        asyncio.run(_serve(page, live, listening))
        typer.echo("The preview has stopped.")


async def _serve(page: Page, live: LiveKnowledge, listening: socket.socket) -> None:
    stop = asyncio.Event()
    on_stop(stop.set)
    async with served(page, live, listening) as work:
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({stopped, *work}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()


@asynccontextmanager
async def served(
    page: Page, live: LiveKnowledge, listening: socket.socket
) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
    """The page at work, and the watch over the files; what breaks either is raised at the end."""
    config = uvicorn.Config(
        page.app(),
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=PATIENCE,
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    watching = asyncio.create_task(live.watch(page.tell))
    try:
        yield serving, watching
    finally:
        # first the streams: the server waits for every open connection
        await page.close()
        server.should_exit = True
        await serving
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
