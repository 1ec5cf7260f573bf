"""A reply of Telegram is told apart from what broke on its way."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from bot import requests
from bot.metrics import Metrics
from bot.requests import CountedRequest
from tests.faults.botapi import TOKEN, BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as api:
        yield api


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def bot(api: BotApi, metrics: Metrics) -> AsyncIterator[Bot]:
    request = CountedRequest(metrics, 4)
    async with Bot(TOKEN, f"{api.url}/bot", request=request, get_updates_request=request) as bot:
        yield bot


def called(metrics: Metrics, result: str) -> bool:
    return f'ka2bot_telegram_requests_total{{result="{result}"}}' in metrics.text().decode()


async def test_a_text_arrives_as_it_was_sent(api: BotApi, bot: Bot, metrics: Metrics) -> None:
    text = "Cik? 5 % + & = “ā”\n😀"
    assert (await bot.send_message(7, text)).text == text
    (call,) = api.of_chat[7]
    assert call.parameters == {"chat_id": "7", "text": text}
    assert called(metrics, "ok")


async def test_a_file_takes_the_librarys_way(api: BotApi, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []

    async def library(self: HTTPXRequest, url: str, *args: object, **kwargs: object) -> tuple[int, bytes]:
        taken.append(url.rpartition("/")[2])
        return 200, b'{"ok":true,"result":{"message_id":1,"date":0,"chat":{"id":7,"type":"private"}}}'

    monkeypatch.setattr(HTTPXRequest, "do_request", library)
    await bot.send_document(7, b"BEGIN:VCALENDAR", filename="x.ics")
    assert taken == ["sendDocument"]
    assert api.of_chat[7] == []


async def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append((await reader.readuntil(b"\r\n\r\n")).split()[1].decode())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n" + b'{"ok":true,"result":true}')
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(proxy, "127.0.0.1", 0) as server:
        monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        async with CountedRequest(Metrics(), 4) as request:
            assert await request.post("http://telegram.invalid/bot1:x/getMe") is True
    assert asked == ["http://telegram.invalid/bot1:x/getMe"]


async def test_what_breaks_on_the_way_is_an_error_of_the_network(
    api: BotApi, bot: Bot, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.chance, api.slow = 1.0, 0.2
    monkeypatch.setitem(requests.PATIENCE, "read", 0.1)
    errors: list[TelegramError] = []
    for number in range(60):
        with pytest.raises(TelegramError) as caught:
            await bot.send_message(number, "x")
        errors.append(caught.value)
    assert {TimedOut, NetworkError, RetryAfter, Forbidden} <= {type(error) for error in errors}
    assert not any(TOKEN in str(error) for error in errors)
    assert called(metrics, "TimedOut")
    assert called(metrics, "429")


async def test_a_server_that_is_not_there_is_an_error_of_the_network(metrics: Metrics) -> None:
    request = CountedRequest(metrics, 4)
    async with request:
        with pytest.raises(NetworkError, match="ConnectionRefusedError"):
            await request.post("http://127.0.0.1:9/bot1:x/getMe")


@pytest.mark.parametrize("payload", [b"", b"<html>", b'{"ok":true,"resu', b"[]", b'"x"', b'{"ok":true}'])
def test_what_is_no_reply_is_an_error_of_the_network(
    payload: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(NetworkError, match="malformed reply"):
        CountedRequest.parse_json_payload(payload)
    assert caplog.text == ""


def test_a_refusal_is_a_reply() -> None:
    assert CountedRequest.parse_json_payload(b'{"ok":false,"error_code":400}')["error_code"] == 400
