"""/privacy: what is held, deleted on a press; and no word of that while the database is away."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.application import build_application
from bot.local.conversation import Conversation
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.metrics import Metrics
from bot.store.database import open_database
from bot.store.durable import DurableStore
from handlers.context import Services
from tests import databases
from tests.conftest import SetClock
from tests.journeys.screens import labels, only, press, say

HELD = {"lv": "izvēlētā valoda: latviešu", "en": "chosen language: English"}
DELETED = {"lv": "Izdzēsts", "en": "Deleted"}
NOT_DELETED = {"lv": "šobrīd neizdevās izdzēst", "en": "could not be deleted just now"}
UNREADABLE = {"lv": "Šobrīd nevaru nolasīt", "en": "I cannot read just now"}


@dataclass
class Trouble:
    """A bot on a database that can be taken away and brought back."""

    store: DurableStore
    talk: Conversation
    language: str
    now: float = 0.0

    async def away(self) -> None:
        async def fails(*given: object, **named: object) -> object:
            raise OSError

        self.store._database.do = fails  # type: ignore[method-assign, assignment]

    async def back(self) -> None:
        del self.store._database.do
        self.now += 60


@pytest.fixture(params=["lv", "en"])
async def trouble(
    request: pytest.FixtureRequest,
    services: Services,
    telegram: LocalTelegram,
    clock: SetClock,
    tmp_path: Path,
) -> AsyncIterator[Trouble]:
    bot: Trouble
    database = open_database(databases.sqlite_url(tmp_path))
    store = DurableStore(database, clock, Metrics(), lambda: bot.now)
    application = build_application(replace(services, store=store), "1:local", local=telegram)
    bot = Trouble(
        store, Conversation(application, Person(telegram, language_code=request.param)), request.param
    )
    await store.open()
    async with application:
        await bot.talk.say(f"/language {request.param}")
        yield bot
    await store.close()


async def test_what_could_not_be_deleted_is_not_said_to_be(trouble: Trouble) -> None:
    assert HELD[trouble.language] in (await say(trouble.talk, "/privacy")).text
    await trouble.away()
    shown = await trouble.talk.press("🗑")
    assert NOT_DELETED[trouble.language] in only(shown).text
    assert labels(only(shown))[0].startswith("🗑"), "to try again"
    again = await trouble.talk.press("🗑")
    assert all(each.toast for each in again), "the message says it already"
    assert again
    await trouble.back()
    assert HELD[trouble.language] in (await say(trouble.talk, "/privacy")).text, "it was held all the time"
    assert DELETED[trouble.language] in (await press(trouble.talk, "🗑")).text
    assert HELD[trouble.language] not in (await say(trouble.talk, "/privacy")).text


async def test_what_cannot_be_read_is_not_said_to_be_nothing(trouble: Trouble) -> None:
    await trouble.away()
    shown = await say(trouble.talk, "/privacy")
    assert UNREADABLE[trouble.language] in shown.text
    await trouble.back()
    assert DELETED[trouble.language] in (await press(trouble.talk, "🗑")).text
