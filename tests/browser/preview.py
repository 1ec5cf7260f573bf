"""The page as it is served, on a copy of the knowledge that a test may change, and a person before it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from playwright.async_api import Locator, Page, ViewportSize, expect

from bot.listening import taken
from bot.web.app import Page as WebPage
from bot.web.known import LiveKnowledge
from bot.web.serving import HOST, served
from knowledge.load import packaged_data
from tests import worlds

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}

WAIT = 30_000
"""Milliseconds for a condition on the page; it takes far less, but CI may be busy."""

expect.set_options(timeout=WAIT)


@dataclass(frozen=True, slots=True)
class Preview:
    """A page that is being served."""

    url: str
    data: Path
    """The knowledge it reads, a copy."""

    def write(self, file: str, old: str, new: str) -> None:
        """Changes a file as an editor does."""
        path = self.data / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@asynccontextmanager
async def preview(folder: Path, now: datetime = worlds.OPEN) -> AsyncIterator[Preview]:
    """Serves the page on any free port of this machine."""
    data = folder / "data"
    packaged = packaged_data()
    assert isinstance(packaged, Path)
    shutil.copytree(packaged, data)
    # without the check of what was taken over: it keeps a core busy for seconds
    live = LiveKnowledge(lambda: now, data, rest=3600)
    with taken(HOST, 0) as listening:
        port = listening.getsockname()[1]
        async with served(WebPage(live, lambda: now, "lv", port), live, listening):
            yield Preview(f"http://{HOST}:{port}/", data)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with the page before them."""

    page: Page
    faults: list[str] = field(default_factory=list)
    """What the browser complained of."""

    @property
    def bot(self) -> Locator:
        return self.page.locator(".message.bot")

    @property
    def own(self) -> Locator:
        return self.page.locator(".message.own")

    @property
    def last(self) -> Locator:
        return self.bot.last

    @property
    def why(self) -> Locator:
        return self.page.locator("#explanation")

    @property
    def news(self) -> Locator:
        return self.page.locator("#news")

    async def opens(self, url: str) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on(
            "request",
            lambda asked: None if asked.url.startswith((url, "blob:")) else self.faults.append(asked.url),
        )
        await self.page.goto(url)
        await self.is_ready()

    async def is_ready(self) -> None:
        await expect(self.page.locator("body[data-ready]")).to_be_attached()

    async def says(self, text: str) -> None:
        """Types and sends; done when the bot has answered with a new message."""
        answers = await self.bot.count()
        await self.page.locator("#text").fill(text)
        await self.page.keyboard.press("Enter")
        await expect(self.bot).to_have_count(answers + 1)
        await expect(self.page.locator("#typing")).to_be_hidden()

    async def presses(self, label: str) -> None:
        """Presses a button under the last message."""
        await self.last.locator(".row").get_by_role("button", name=label, exact=True).first.click()
