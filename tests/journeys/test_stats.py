"""/stats: figures for administrators; to anybody else a command that does not exist."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.application import build_application
from bot.local.conversation import Conversation
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.memory import MemoryStore
from handlers.context import Services
from tests.conftest import Begin, SetClock
from tests.journeys.screens import BOTH, figures, say

ADMIN = 4711


@pytest.fixture
async def admin(services: Services, telegram: LocalTelegram) -> AsyncIterator[Conversation]:
    """An administrator's conversation."""
    application = build_application(replace(services, admins=frozenset((ADMIN,))), "1:local", local=telegram)
    async with application:
        yield Conversation(application, Person(telegram, ADMIN, "lv"))


@BOTH
@pytest.mark.parametrize("typed", ["/stats", "/stats 7", "/STATS"])
async def test_for_anybody_else_it_is_a_command_nobody_knows(begin: Begin, language: str, typed: str) -> None:
    talk = await begin(language)
    assert (await say(talk, typed)).text == (await say(talk, "/nonsense")).text


async def test_other_people_of_a_bot_with_administrators_do_not_see_it(
    admin: Conversation, telegram: LocalTelegram
) -> None:
    anna = Conversation(admin.application, Person(telegram, 5, "lv"))
    assert (await say(anna, "/stats")).text == (await say(anna, "/nonsense")).text
    assert (await say(admin, "/stats")).text != (await say(admin, "/nonsense")).text


async def test_a_group_never_sees_it(admin: Conversation) -> None:
    group = Conversation(admin.application, admin.person.in_group(-5))
    assert await group.say("/stats") == []


async def test_it_is_in_no_list_of_commands(admin: Conversation) -> None:
    assert "/stats" not in (await say(admin, "/help")).text


async def test_before_anything_was_asked_it_says_so(admin: Conversation) -> None:
    assert "Vēl nekas nav jautāts" in (await say(admin, "/stats")).text


async def test_it_tells_what_was_asked_missed_and_voted(
    admin: Conversation, telegram: LocalTelegram, clock: SetClock
) -> None:
    anna = Conversation(admin.application, Person(telegram, 5, "lv"))
    await anna.say("cik ilgst projekts")
    clock.passes(days=20)
    await anna.say("cik partneru vajag")
    await anna.press("👎")
    await anna.press("Nepareiza")
    await anna.say("cik partneru vajag?")
    await anna.press("👍")
    await anna.say("qwrtzpsdfg")
    week, month, rest = figures(await say(admin, "/stats")).split("\n\n", 2)
    assert week.splitlines() == [
        "Pēdējās 7 dienas",
        "• jautājumi: 3 (atbildēti 2, piedāvāti temati 0, nezināmi 1)",
        "• vērtējumi: 👍 1, 👎 1",
    ]
    assert "• jautājumi: 4 (atbildēti 3," in month
    assert "1. Cik partneru vajag: 2\n2. Projekta ilgums: 1\n" in rest
    assert "• Cik partneru vajag: 1 (nepareiza 1)" in rest
    assert "kopš 2020. gada 1. februāra" in rest
    await admin.say("/language en")
    english = (await say(admin, "/stats")).text
    assert "Asked most (30 days)" in english
    assert "since 1 February 2020" in english


async def test_with_the_database_away_it_says_so(services: Services, telegram: LocalTelegram) -> None:
    class Away(MemoryStore):
        """A store that cannot be read."""

        async def counted(self, days: int) -> None:
            return None

    away = replace(services, admins=frozenset((ADMIN,)), store=Away(services.clock))
    application = build_application(away, "1:local", local=telegram)
    async with application:
        admin = Conversation(application, Person(telegram, ADMIN, "en"))
        assert (await say(admin, "/stats")).text == services.phrases.say("stats.no_store", "en")
