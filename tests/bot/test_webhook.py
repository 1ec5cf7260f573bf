"""The webhook's routes: who is let in, what is refused, and what the operator sees."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest

from bot import webhook
from bot.application import build_application
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.metrics import Metrics
from bot.running import Running
from bot.store.database import open_database
from bot.store.durable import DurableStore
from bot.updates import Updates
from bot.webhook import LARGEST, SECRET_HEADER, Webhook
from handlers.context import Services
from tests.conftest import SetClock

SECRET = "s3cret-for-tests-0123456789"


@dataclass
class Server:
    """The webhook without a network."""

    routes: Webhook
    client: httpx.AsyncClient

    async def post(self, content: object, secret: str = SECRET) -> int:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return (
            await self.client.post("/telegram", content=body, headers={SECRET_HEADER: secret})
        ).status_code

    async def figures(self) -> str:
        return (await self.client.get("/metrics")).text


@pytest.fixture
async def server(
    services: Services, telegram: LocalTelegram, tmp_path: Path, clock: SetClock
) -> AsyncIterator[Server]:
    metrics = Metrics()
    store = DurableStore(open_database(f"sqlite:///{tmp_path / 'ka2bot.db'}"), clock, metrics)
    services = replace(services, store=store)
    metrics.knows("1.2.3", services)
    application = build_application(services, "1:local", local=telegram)
    running = Running(application, services, store, metrics, Updates(services, store, metrics))
    async with application:
        routes = Webhook(running, SECRET, asyncio.Semaphore(2), room=3)
        transport = httpx.ASGITransport(routes.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            yield Server(routes, client)
    await store.close()


@pytest.fixture
def anna(telegram: LocalTelegram) -> Person:
    return Person(telegram)


async def test_an_update_is_answered_once_and_acknowledged_each_time(
    server: Server, anna: Person, telegram: LocalTelegram
) -> None:
    update = anna.writes("/help")
    assert [await server.post(update) for _ in range(3)] == [200, 200, 200]
    assert len(telegram.calls_of("sendMessage")) == 1


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "0", "ā" * 27])
async def test_without_the_secret_nobody_is_let_in(
    server: Server, anna: Person, telegram: LocalTelegram, secret: str
) -> None:
    body = json.dumps(anna.writes("/help")).encode()
    headers = [(SECRET_HEADER.encode(), secret.encode())] if secret else []
    response = await server.client.post("/telegram", content=body, headers=headers)
    assert (response.status_code, response.text) == (403, "")
    assert telegram.calls_of("sendMessage") == []
    assert 'ka2bot_webhook_refused_total{reason="secret"} 1.0' in await server.figures()


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"\xff\xfe", b"[]", b"null", b"{}", b'{"update_id": "1"}', b'{"update_id": true}'),
        *(b'{"update_id": -1}', b'{"update_id": 1e400}', b"9" * 5000, b"[" * 100_000),
        b'{"update_id": %d}' % 2**63,
    ],
)
async def test_what_is_no_update_is_refused(server: Server, body: bytes) -> None:
    assert await server.post(body) == 400


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"poll": {"id": 1}},
        {"message": 5},
        {"message": {"message_id": 1}},
        {"message": {"message_id": "x", "date": "y", "chat": []}},
        {"callback_query": {"id": "1"}},
        {"message": {"message_id": 1, "date": 0, "chat": {"id": 2**70, "type": "private"}}},
        {"message": {"message_id": 2**70, "date": 0, "chat": {"id": 1, "type": "private"}}},
        {"message": {"message_id": 1, "date": 10**18, "chat": {"id": 1, "type": "private"}}},
        {"something_new": {"id": 1}},
    ],
)
async def test_an_update_that_cannot_be_read_is_acknowledged_since_it_would_read_no_better(
    server: Server, telegram: LocalTelegram, content: dict[str, object]
) -> None:
    assert await server.post({"update_id": 1} | content) == 200
    assert telegram.calls_of("sendMessage") == []


async def test_a_body_too_large_is_refused_announced_or_not(server: Server) -> None:
    assert await server.post(b" " * (LARGEST + 1)) == 413

    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(11):
            yield b" " * 1_000_000

    response = await server.client.post("/telegram", content=in_pieces(), headers={SECRET_HEADER: SECRET})
    assert response.status_code == 413


async def test_a_body_that_does_not_come_is_given_up(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "PATIENCE", 0.05)

    async def never() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.sleep(60)

    response = await server.client.post("/telegram", content=never(), headers={SECRET_HEADER: SECRET})
    assert response.status_code == 408


async def test_more_than_there_is_room_for_is_sent_away_to_come_again(
    server: Server, telegram: LocalTelegram
) -> None:
    people = [Person(telegram, 10 + number) for number in range(6)]
    updates = [person.writes("/help") for person in people]
    answers = await asyncio.gather(*(server.post(update) for update in updates))
    assert sorted(answers) == [200, 200, 200, 503, 503, 503]
    again = [update for update, status in zip(updates, answers, strict=True) if status == 503]
    assert [await server.post(update) for update in again] == [200, 200, 200]
    assert len(telegram.calls_of("sendMessage")) == 6


async def test_the_operator_sees_health_readiness_and_figures(server: Server, anna: Person) -> None:
    assert (await server.client.get("/healthz")).text == "ok"
    await server.post(anna.writes("zbrkt flmpf"))
    ready = await server.client.get("/readyz")
    assert (ready.status_code, ready.json()) == (200, {"ready": True, "store": "up"})
    server.routes.stopping = True
    assert (await server.client.get("/readyz")).status_code == 503
    figures = await server.figures()
    assert 'ka2bot_updates_total{kind="message",result="answered"} 1.0' in figures
    assert 'ka2bot_answers_total{outcome="fallback"} 1.0' in figures
    assert "ka2bot_missed_questions_total 1.0" in figures
    assert 'ka2bot_knowledge_info{call="ka2-2020",state="open",version="1.2.3"} 1.0' in figures


async def test_nothing_here_shows_a_secret(server: Server) -> None:
    assert SECRET not in repr(server.routes)
    assert "1:local" not in repr(server.routes)


async def test_other_addresses_and_methods_are_not_there(server: Server) -> None:
    assert (await server.client.get("/telegram")).status_code == 405
    assert (await server.client.get("/")).status_code == 404
