"""Updates of every shape, made up: each is acknowledged or refused, and none breaks anything."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from telegram.request import BaseRequest

from bot.application import build_application
from bot.metrics import Metrics
from bot.running import Running
from bot.store import reach
from bot.store.database import open_database
from bot.store.durable import DurableStore
from bot.updates import Updates
from bot.webhook import Webhook
from tests import databases, worlds
from tests.faults.botapi import ME
from tests.faults.conftest import size

WORDS = """/check|/travel 850 4|/travel|/language en|/privacy|/contact skola|/start x|//|cik partneru vajag?
    |jā|3|un četriem?|850 km 4 skolēni|KA203 18 mēneši 3 partneri|<b>|{{ 7 * 7 }}|%s %n|1e9999 km|-1 km"""
PRESSED = """e1:lv:duration:|t1:lv:850:4|c1:lv::|c1:lv:x:y:x|k1:en:vet|l1:lv:p|g1:en|p1:lv:del||:|e1|e0:lv:x|
    e1:xx:y|t1:lv:-1:0|t1:lv:99999999999999999999999999999999"""
TEXTS = st.one_of(
    st.sampled_from([*re.split(r"\s*[|]\s*", WORDS), "\u202e\u200b", "\x00\x1b[2J", "9" * 400]),
    st.text(max_size=80),
    st.text(alphabet="kaāmtrf0123456789 ./,-€%", max_size=60),
)
IDS = st.one_of(st.integers(1, 5), st.integers(-(2**64), 2**64))
DATA = st.one_of(
    st.sampled_from([*re.split(r"\s*[|]\s*", PRESSED), "k1:lv:\0"]),
    st.text(max_size=64),
    st.from_regex(r"[a-z][01]:(lv|en):[0-9a-zA-Z:._-]{0,40}", fullmatch=True),
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)
PERSON = st.fixed_dictionaries(
    {"id": st.integers(1, 5), "is_bot": st.booleans(), "first_name": st.text(max_size=5)},
    optional={
        "language_code": st.sampled_from(["lv", "en", "ru", "", "xx-YY"]),
        "username": st.text(max_size=5),
    },
)
CHAT = st.fixed_dictionaries(
    {"id": IDS, "type": st.sampled_from(["private", "group", "supergroup", "channel", "new_kind"])}
)
CONTENT: dict[str, st.SearchStrategy[Any]] = {
    "text": TEXTS,
    "caption": TEXTS,
    "sticker": JUNK,
    "voice": st.just({"file_id": "1", "file_unique_id": "1", "duration": 1}),
    "location": st.just({"longitude": 24.1, "latitude": 56.9}),
    "contact": st.just({"phone_number": "1", "first_name": "x"}),
    "dice": st.just({"emoji": "🎲", "value": 3}),
    "new_chat_title": st.text(max_size=5),
    "migrate_to_chat_id": IDS,
    "sender_chat": CHAT,
    "is_topic_message": st.booleans(),
    "message_thread_id": IDS,
    "is_automatic_forward": st.booleans(),
    "entities": st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(["bot_command", "url", "new"]),
                "offset": st.integers(-1, 9),
                "length": st.integers(-1, 99),
            }
        ),
        max_size=2,
    ),
    "something_new": JUNK,
}
MESSAGE = st.fixed_dictionaries(
    {"message_id": IDS, "date": st.integers(0, 2**40), "chat": CHAT}, optional=CONTENT | {"from": PERSON}
)
PRESS = st.fixed_dictionaries(
    {"id": st.text(max_size=5), "from": PERSON, "chat_instance": st.text(max_size=3)},
    optional={
        "data": DATA,
        "message": MESSAGE,
        "inline_message_id": st.text(max_size=3),
        "game_short_name": TEXTS,
    },
)
MEMBER = st.fixed_dictionaries(
    {
        "chat": CHAT,
        "from": PERSON,
        "date": st.integers(0, 2**33),
        "old_chat_member": st.fixed_dictionaries({"user": PERSON, "status": st.just("member")}),
        "new_chat_member": st.fixed_dictionaries(
            {
                "user": PERSON,
                "status": st.sampled_from(["kicked", "member", "left", "new"]),
                "until_date": st.just(0),
            }
        ),
    }
)
QUERY = st.fixed_dictionaries(
    {"id": st.text(max_size=3), "from": PERSON, "query": TEXTS, "offset": st.text(max_size=3)},
    optional={"chat_type": st.sampled_from(["sender", "group", "x"])},
)
UPDATES = st.one_of(
    st.fixed_dictionaries({"inline_query": QUERY}),
    st.fixed_dictionaries({"message": MESSAGE}),
    st.fixed_dictionaries({"edited_message": MESSAGE}),
    st.fixed_dictionaries({"callback_query": PRESS}),
    st.fixed_dictionaries({"my_chat_member": MEMBER}),
    st.fixed_dictionaries({"channel_post": MESSAGE}),
    st.dictionaries(
        st.sampled_from(["message", "callback_query", "poll", "inline_query", "x"]), JUNK, max_size=2
    ),
)


class Agreeable(BaseRequest):
    """A Telegram that does all it is asked, or sometimes what only Telegram would say."""

    read_timeout = None

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        result: object = True
        if url.endswith("getMe"):
            result = ME
        elif url.endswith(("sendMessage", "editMessageText")):
            result = {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}, "text": "x"}
        return 200, json.dumps({"ok": True, "result": result}).encode()


def test_no_update_breaks_anything(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a store that fails here fails by what it is given, not because the disk is busy elsewhere
    monkeypatch.setattr(reach, "PATIENCE", 60.0)
    request, metrics = Agreeable(), Metrics()
    runner = asyncio.Runner()
    store = DurableStore(open_database(databases.sqlite_url(tmp_path)), lambda: worlds.OPEN, metrics)
    services = replace(worlds.services(worlds.OPEN), store=store)
    application = build_application(services, "1:x", local=request)
    updates = Updates(services, store, metrics)
    running = Running(application, services, store, metrics, updates)
    webhook = Webhook(running, "", asyncio.Semaphore(9), 9)
    numbers = iter(range(1, 10**9))

    @settings(
        max_examples=size(400, 20_000),
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(UPDATES)
    def each(content: dict[str, object]) -> None:
        # nobody's measure is to end the proof
        updates._measure._buckets.clear()
        body = json.dumps({"update_id": next(numbers)} | content).encode()
        assert runner.run(webhook._take(body)).status_code == 200

    with runner:
        runner.run(application.initialize())
        each()
        runner.run(application.shutdown())
        runner.run(store.close())
    failed = [record.getMessage() for record in caplog.records if "failed" in record.getMessage()]
    assert failed == [], failed[:5]
    assert 'result="failed"' not in metrics.text().decode()
    assert "ka2bot_store_failures_total 0.0" in metrics.text().decode()
    ends = re.findall(r'ka2bot_updates_total{kind="(\w+)",result="(\w+)"} (\d+)', metrics.text().decode())
    print(ends)  # noqa: T201
    assert {"message", "edited_message", "callback_query", "my_chat_member", "other"} <= {
        end[0] for end in ends
    }
