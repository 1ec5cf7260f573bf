"""One browser and one page for the file, a session of their own for each test."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TypeAlias

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize

from tests.browser.chromium import browser as launched
from tests.browser.preview import PHONE, WAIT, Preview, Visitor, preview

Visit: TypeAlias = Callable[..., Awaitable[Visitor]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with launched() as browser:
        yield browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Preview]:
    async with preview(tmp_path_factory.mktemp("preview")) as page:
        yield page


@pytest.fixture
def knowledge_kept(served: Preview) -> Iterator[None]:
    """Puts changed files back."""
    before = {file: file.read_bytes() for file in served.data.rglob("*.yaml")}
    yield
    for file, content in before.items():
        if file.read_bytes() != content:
            file.write_bytes(content)


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, served: Preview) -> AsyncIterator[Visit]:
    """Opens the page as somebody new; the test fails with whatever the browser complained of."""
    visitors: list[Visitor] = []

    async def visiting(size: ViewportSize = PHONE) -> Visitor:
        context = await browser.new_context(viewport=size, locale="lv-LV", reduced_motion="reduce")
        await context.grant_permissions(["clipboard-read", "clipboard-write"])
        context.set_default_timeout(WAIT)
        visitor = Visitor(await context.new_page())
        visitors.append(visitor)
        await visitor.opens(served.url)
        return visitor

    yield visiting
    faults = [fault for visitor in visitors for fault in visitor.faults]
    for visitor in visitors:
        await visitor.page.context.close()
    assert faults == []
