"""Who may ask the page what, and what the page itself may load."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from bot.web.app import HOSTS, Page
from bot.web.known import LiveKnowledge
from bot.web.serving import web
from bot.web.words import ON_PAGE, WITH_TEXT
from handlers.phrases import Phrases
from tests import worlds

URL = "http://127.0.0.1:8042"


@pytest.fixture
async def page(live: LiveKnowledge) -> AsyncIterator[Page]:
    page = Page(live, lambda: worlds.OPEN, "lv", 8042)
    yield page
    await page.close()


@pytest.fixture
async def browser(page: Page) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(page.app())
    async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
        yield client


async def opened(browser: httpx.AsyncClient) -> str:
    """Opens the page; gives the token that stands in it."""
    html = (await browser.get("/")).text
    found = re.search(r'name="token" content="([^"]+)"', html)
    assert found
    return found[1]


# who may ask


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "192.168.0.1"])
async def test_another_name_in_host_is_refused(browser: httpx.AsyncClient, host: str) -> None:
    assert (await browser.get("/", headers={"Host": host})).status_code == 400


@pytest.mark.parametrize("host", HOSTS)
async def test_this_machine_is_let_in_by_its_names(browser: httpx.AsyncClient, host: str) -> None:
    assert (await browser.get("/", headers={"Host": f"{host}:8042"})).status_code == 200


@pytest.mark.parametrize("path", ["/say", "/edit", "/press", "/again", "/language", "/day", "/anew"])
async def test_nothing_is_changed_without_session_token_and_own_origin(
    browser: httpx.AsyncClient, path: str
) -> None:
    assert (await browser.post(path, json={})).status_code == 403, "without a session"
    token = await opened(browser)
    for headers in (
        {},
        {"X-Token": "wrong"},
        {"X-Token": token, "Origin": "http://evil.example"},
        {"X-Token": token, "Origin": "http://127.0.0.1:9999"},
        {"X-Token": token, "Sec-Fetch-Site": "cross-site"},
        {"X-Token": token, "Sec-Fetch-Site": "same-site"},
    ):
        assert (await browser.post(path, json={}, headers=headers)).status_code == 403, headers
    assert (await browser.get(path)).status_code == 405


async def test_what_is_said_is_read_by_its_own_session_only(browser: httpx.AsyncClient, page: Page) -> None:
    token = await opened(browser)
    own = {"X-Token": token, "Origin": URL, "Sec-Fetch-Site": "same-origin"}
    assert (await browser.post("/say", json={"text": "cik naudas"}, headers=own)).status_code == 204
    transport = httpx.ASGITransport(page.app())
    async with httpx.AsyncClient(transport=transport, base_url=URL) as another:
        assert await opened(another) != token
        assert (await another.post("/say", json={"text": "x"}, headers=own)).status_code == 403
        assert (await another.get("/files/file-1")).status_code == 404
    async with httpx.AsyncClient(transport=transport, base_url=URL) as nobody:
        assert (await nobody.get("/events")).status_code == 403
        assert (await nobody.get("/files/file-1")).status_code == 403


async def test_another_page_may_lead_here_but_not_read_here(browser: httpx.AsyncClient) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert (await browser.get("/", headers=link)).status_code == 200
    assert (await browser.get("/", headers={"Sec-Fetch-Site": "cross-site"})).status_code == 403
    assert (await browser.get("/events", headers=link)).status_code == 403


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/say", {}),
        ("/say", {"text": "   "}),
        ("/say", {"text": "x" * 4097}),
        ("/say", {"text": "x" * 70_000}),
        ("/edit", {"id": 99, "text": "x"}),
        ("/press", {"id": "a", "number": 0}),
        ("/language", {"language": "de"}),
        ("/day", {"day": "tomorrow"}),
    ],
)
async def test_what_no_page_sends_is_refused_and_harms_nothing(
    browser: httpx.AsyncClient, path: str, body: dict[str, object]
) -> None:
    own = {"X-Token": await opened(browser)}
    assert (await browser.post(path, json=body, headers=own)).status_code in (400, 413)
    assert (await browser.post("/say", json={"text": "/help"}, headers=own)).status_code == 204


# what the page may load


async def test_the_page_loads_from_itself_alone_and_is_framed_by_nobody(browser: httpx.AsyncClient) -> None:
    response = await browser.get("/")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    cookie = response.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/"))
    assert not re.search(r"(?:src|href)=\"(?!/|#)", response.text)
    assert not re.search(r"\son\w+=|<script(?! src)|style=", response.text)


@pytest.mark.parametrize("name", ["page.js", "page.css", "icon.svg"])
async def test_script_style_and_picture_name_nothing_elsewhere(browser: httpx.AsyncClient, name: str) -> None:
    response = await browser.get(f"/static/{name}")
    assert response.status_code == 200
    assert "content-security-policy" in response.headers
    content = response.text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", content)


@pytest.mark.parametrize("name", ["page.html", "..%2Fapp.py", "nothing"])
async def test_nothing_else_is_served(browser: httpx.AsyncClient, name: str) -> None:
    assert (await browser.get(f"/static/{name}")).status_code == 404


def test_the_template_says_every_sentence_that_is_made_for_it() -> None:
    template = (Path(web.__code__.co_filename).parent / "page" / "page.html").read_text(encoding="utf-8")
    said = {f"web.{name}" for name in re.findall(r"\bwords\.(\w+)", template)}
    assert said == {*ON_PAGE, *WITH_TEXT}


def test_the_sentences_of_the_page_stand_in_both_languages() -> None:
    phrases: Phrases = worlds.services().phrases
    assert {*ON_PAGE, *WITH_TEXT} <= phrases.keys()
