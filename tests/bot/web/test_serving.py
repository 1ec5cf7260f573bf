"""`ka2bot web` from start to stop."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import sys

import httpx
import pytest

from bot.errors import SettingsError
from bot.settings import read_settings
from bot.web.serving import HOST, web
from tests.bot.web.test_page import opened


def test_it_listens_on_this_machine_only() -> None:
    assert HOST == "127.0.0.1"


def test_a_port_that_is_taken_is_said_with_what_to_do() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"127.0.0.1:{port}.*ka2bot web --port \d+"):
            web(read_settings(), "lv", port)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
async def test_it_prints_its_address_in_english_whatever_the_page_speaks_and_stops_cleanly_with_a_window_open(
    ending: signal.Signals,
) -> None:
    command = (sys.executable, "-W", "error", "-m", "bot", "web", "--port", "0", "--lang", "lv")
    process = await asyncio.create_subprocess_exec(
        *command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "KA2BOT_NOW": "2020-02-01"},
    )
    assert process.stdout
    assert process.stderr
    async with asyncio.timeout(60):
        said = (await process.stdout.readline()).decode()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert address, said
        assert said == f"Preview: {address[0]} (Ctrl-C stops it)\n"
        async with httpx.AsyncClient(base_url=address[0], trust_env=False) as browser:
            await opened(browser)
            async with browser.stream("GET", "/events") as events:
                lines = events.aiter_lines()
                assert '"do": "screen"' in await anext(lines)
                process.send_signal(ending)
                rest = [line async for line in lines]
        assert rest
        assert await process.wait() == 0
        assert (await process.stdout.read()).decode() == "The preview has stopped.\n"
        assert (await process.stderr.read()).decode() == ""
