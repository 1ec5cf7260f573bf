"""Debian's Chromium under playwright, which brings no browser of its own here."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

FLAGS = (
    "--no-sandbox",  # CI and containers run as root, where Chromium's sandbox refuses to start
    "--disable-dev-shm-usage",  # /dev/shm has 64 MB in a container; pages crash when it is full
    "--disable-gpu",  # there is none, and looking for one takes a second
    "--font-render-hinting=none",  # the same letters at every scale, for the screenshots
)

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Path of the browser; without one the test is skipped, but in CI it fails."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        missing = "no Chromium here; on Debian: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    return found


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A headless browser."""
    path = chromium()
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield launched
        finally:
            await launched.close()
