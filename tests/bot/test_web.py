"""`ka2bot web` without a browser: who may ask what, what the page may load, how it starts and stops."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import date
from pathlib import Path

import httpx
import pytest

from bot.errors import SettingsError
from bot.settings import read_settings
from bot.web.app import HOSTS, Page
from bot.web.known import LiveKnowledge, News
from bot.web.serving import HOST, web
from bot.web.session import Session
from bot.web.words import ON_PAGE, WITH_TEXT
from handlers.phrases import Phrases
from knowledge.load import packaged_data
from tests import worlds

URL = "http://127.0.0.1:8042"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveKnowledge:
    data, packaged = tmp_path_factory.mktemp("live") / "data", packaged_data()
    assert isinstance(packaged, Path)
    shutil.copytree(packaged, data)
    return LiveKnowledge(lambda: worlds.OPEN, data)


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


# what a window gets


async def shown(session: Session, news: News | None = None) -> list[dict[str, object]]:
    """What a window that opens now is told first."""
    async with aclosing(session.watch(news or News())) as happening:
        return [await anext(happening) for _ in range(2)]


async def test_a_new_window_gets_the_screen_as_it_stands(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "en")
    await session.say("/travel 850 4")
    await session.press(2, 3)
    screen, _ = await shown(session)
    messages = screen["messages"]
    assert isinstance(messages, list)
    assert [each["by_bot"] for each in messages] == [False, True]
    assert "€1,375" in messages[1]["text"] or "1,375" in messages[1]["text"]
    assert not messages[1]["edited"], "a stepper would wear the word for ever"
    await session.close()


async def test_a_button_that_is_gone_is_said_to_be(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    async with aclosing(session.watch(News())) as happening:
        await anext(happening), await anext(happening)
        await session.press(7, 1)
        assert await anext(happening) == {"do": "toast", "text": "Šīs pogas tur vairs nav.", "alert": False}
    await session.close()


async def test_closing_a_session_ends_its_windows(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    async with aclosing(session.watch(News())) as happening:
        await anext(happening), await anext(happening)
        await session.close()
        with pytest.raises(StopAsyncIteration):
            await anext(happening)


async def test_the_language_switch_overrules_a_language_chosen_in_the_chat(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    await session.say("/language lv")
    await session.speak("en")
    await session.say("cik naudas var dabut")
    screen, _ = await shown(session)
    messages = screen["messages"]
    assert isinstance(messages, list)
    assert "per month" in messages[-1]["text"] or "month" in messages[-1]["text"]
    await session.close()


async def test_another_day_counts_for_answers_and_times(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    session.pretend(date(2020, 5, 1))
    assert session.clock().isoformat() == "2020-05-01T10:00:00+03:00"
    await session.say("cik naudas var dabut")
    screen, _ = await shown(session)
    messages = screen["messages"]
    assert isinstance(messages, list)
    assert (messages[-1]["day"], "slēgts" in messages[-1]["text"]) == ("2020-05-01", True)
    await session.close()


async def test_an_explanation_survives_that_its_files_break(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    file = live.known.services.knowledge.root / "entries" / "money.yaml"
    assert isinstance(file, Path)
    before = file.read_bytes()
    file.write_text("- id: [", encoding="utf-8")
    try:
        await session.say("cik naudas var dabut")
        screen, _ = await shown(session)
    finally:
        file.write_bytes(before)
    messages = screen["messages"]
    assert isinstance(messages, list)
    why = messages[-1]["explanation"]
    assert (why["place"], why["kind"]) == ("knowledge/data/entries/money.yaml:3", "answer")
    assert why["candidates"][0]["entry"] == "grant-ceiling"
    await session.close()


# the files


async def looked(live: LiveKnowledge) -> bool:
    """Two looks: the second finds the files at rest."""
    return await live.look() or await live.look()


async def test_files_that_stay_the_same_are_no_news(live: LiveKnowledge) -> None:
    await looked(live)
    assert not await looked(live)


async def test_a_file_still_being_written_is_left_alone_until_it_rests(live: LiveKnowledge) -> None:
    root = live.known.services.knowledge.root
    file = root / "entries" / "travel.yaml"
    assert isinstance(file, Path)
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: len(text) // 2] + "\n  oops", encoding="utf-8")
    assert not await live.look()
    file.write_text(text + "\n# written to its end\n", encoding="utf-8")
    assert not await live.look()
    assert await live.look()
    assert not live.news.broken
    assert live.news.changed == ("knowledge/data/entries/travel.yaml",)


@pytest.mark.parametrize("content", [b"\xff\xfe not utf-8", b"- id: [", b"- {}", b"{{ x }}: 1"])
async def test_whatever_is_wrong_with_a_file_it_is_said_and_the_last_good_stays(
    live: LiveKnowledge, content: bytes
) -> None:
    file = live.known.services.knowledge.root / "entries" / "people.yaml"
    assert isinstance(file, Path)
    before, known = file.read_bytes(), live.known
    file.write_bytes(content)
    try:
        assert await looked(live)
        assert live.news.broken
        assert live.known is known
        assert live.news.problems[0].place.startswith("knowledge/data/entries/people.yaml")
        assert live.news.problems[0].message
    finally:
        file.write_bytes(before)
        await looked(live)
    assert not live.news.broken


async def test_what_lint_says_follows_a_change_that_was_taken_over(live: LiveKnowledge) -> None:
    file = live.known.services.knowledge.root / "entries" / "money.yaml"
    assert isinstance(file, Path)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("title: Maksimālais finansējums", "title: Lielākais finansējums", 1), "utf-8"
    )
    assert await looked(live)
    assert await live.check()
    assert any("Latvian text changed after the English" in each.message for each in live.news.problems)
    file.write_text(text, encoding="utf-8")
    await looked(live)


async def test_a_file_about_the_language_is_said_to_count_at_the_next_start(
    live: LiveKnowledge,
) -> None:
    file = live.known.services.knowledge.root / "months.yaml"
    assert isinstance(file, Path)
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert await looked(live)
    assert live.news.restart == ("knowledge/data/months.yaml",)


# from start to stop


def test_it_listens_on_this_machine_only() -> None:
    assert HOST == "127.0.0.1"


def test_a_port_that_is_taken_is_said_with_what_to_do() -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"127.0.0.1:{port}.*ka2bot web --port \d+"):
            web(read_settings(), "lv", port)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
async def test_it_prints_its_address_and_stops_cleanly_with_a_window_open(ending: signal.Signals) -> None:
    command = (sys.executable, "-W", "error", "-m", "bot", "web", "--port", "0", "--lang", "en")
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


def test_the_sentences_of_the_page_stand_in_both_languages() -> None:
    phrases: Phrases = worlds.services().phrases
    assert {*ON_PAGE, *WITH_TEXT} <= phrases.keys()
