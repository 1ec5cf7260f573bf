"""What is remembered, for how long, and what a repeated or interrupted update does; on both databases."""

import asyncio
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import func, insert, select

from bot.application import build_application
from bot.local.conversation import Conversation
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.metrics import Metrics
from bot.store.database import Database
from bot.store.durable import DurableStore
from bot.store.rows import Rows
from bot.store.tables import metadata, missed, people, replies, seen
from bot.store.unit import Remembered, Unit
from handlers.context import Card, Held, Profile, Services, Thread, Who
from knowledge.reading import Reading
from tests.conftest import SetClock

ANNA, BERTA = Who(1, 1), Who(2, 2)
THREAD = Thread("duration", "lv", Reading(sector="vet", km=Decimal("850.5"), people=4))


async def rows(database: Database, table: str) -> list[tuple[object, ...]]:
    async with database.reading() as connection:
        return [tuple(row) for row in await connection.execute(select(metadata.tables[table]))]


async def test_what_was_chosen_stays_also_for_another_process(
    store: DurableStore, database: Database, clock: SetClock
) -> None:
    await store.keep_profile(ANNA, Profile("en", "vet"))
    clock.passes(days=30)
    another = DurableStore(database, clock, Metrics())
    assert await another.profile(ANNA) == Profile("en", "vet")
    assert await another.profile(BERTA) == Profile()


async def test_a_thread_and_a_card_are_forgotten_after_thirty_minutes_each(
    store: DurableStore, clock: SetClock
) -> None:
    await store.keep_thread(ANNA, THREAD)
    clock.passes(minutes=20)
    await store.keep_card(ANNA, Card(7, "c1:lv:x:y"))
    assert (await store.thread(ANNA), await store.card(ANNA)) == (THREAD, Card(7, "c1:lv:x:y"))
    clock.passes(minutes=10)
    assert (await store.thread(ANNA), await store.card(ANNA)) == (None, Card(7, "c1:lv:x:y"))
    clock.passes(minutes=20)
    assert await store.card(ANNA) is None


async def test_a_card_can_be_closed(store: DurableStore) -> None:
    await store.keep_card(ANNA, Card(7, "x"))
    await store.keep_card(ANNA, None)
    assert await store.card(ANNA) is None


async def test_the_reply_to_a_question_is_known_for_two_days(store: DurableStore, clock: SetClock) -> None:
    await store.keep_reply(ANNA, 10, 11)
    await store.keep_reply(ANNA, 10, 12)
    assert await store.reply(ANNA, 10) == 12
    assert await store.reply(BERTA, 10) is None
    clock.passes(hours=48)
    assert await store.reply(ANNA, 10) is None


async def test_an_update_is_done_once(store: DurableStore, database: Database, clock: SetClock) -> None:
    async with store.update(5) as fresh:
        assert fresh
        await store.keep_profile(ANNA, Profile("en"))
        assert await store.profile(ANNA) == Profile("en"), "an update sees what it has changed itself"
        assert await rows(database, "people") == [], "nothing is written before its end"
    assert await rows(database, "people") != []
    for again in (store, DurableStore(database, clock, Metrics())):
        async with again.update(5) as fresh:
            assert not fresh


async def test_an_update_that_is_interrupted_leaves_nothing_and_may_come_again(
    store: DurableStore, database: Database
) -> None:
    async def stuck() -> None:
        async with store.update(6):
            await store.keep_profile(ANNA, Profile("en"))
            await asyncio.sleep(60)

    task = asyncio.create_task(stuck())
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert (await rows(database, "people"), await rows(database, "seen")) == ([], [])
    async with store.update(6) as fresh:
        assert fresh


async def test_two_updates_at_once_do_not_see_each_others_work(store: DurableStore) -> None:
    both = asyncio.Barrier(2)

    async def one(number: int, who: Who) -> Profile:
        async with store.update(number):
            await store.keep_profile(who, Profile("en"))
            await both.wait()
            other = await store.profile(BERTA if who == ANNA else ANNA)
            await both.wait()
        return other

    assert set(await asyncio.gather(one(1, ANNA), one(2, BERTA))) == {Profile()}


async def test_an_update_whose_writing_fails_half_way_has_written_nothing(
    database: Database, store: DurableStore, clock: SetClock
) -> None:
    unit = Unit(9)
    unit.replies[ANNA, 1] = 2**70  # no database takes it
    await store.keep_profile(ANNA, Profile("en"))
    unit.people[ANNA] = Remembered(Profile("en"))
    unit.change(ANNA, Remembered())
    with pytest.raises(Exception, match=r"(?i)int|value|range"):
        await Rows(database, clock).write(unit)
    assert len(await rows(database, "people")) == 1
    assert await rows(database, "seen") == []


async def test_what_is_held_is_shown_and_deleted_in_every_chat(
    store: DurableStore, database: Database
) -> None:
    in_group = Who(-5, 1)
    await store.keep_profile(ANNA, Profile("en"))
    await store.keep_thread(ANNA, THREAD)
    await store.keep_profile(in_group, Profile("lv"))
    await store.keep_reply(in_group, 1, 2)
    await store.keep_profile(BERTA, Profile("lv"))
    assert await store.held(ANNA) == Held(Profile("en"), THREAD, None, replies=1, elsewhere=1)
    await store.forget(ANNA)
    assert await store.held(ANNA) == Held()
    assert [row[1] for row in await rows(database, "people")] == [2]
    assert await rows(database, "replies") == []


async def test_somebody_forgotten_and_known_again_in_one_update_is_known(store: DurableStore) -> None:
    await store.keep_reply(ANNA, 5, 6)
    async with store.update(1, ANNA):
        await store.keep_thread(ANNA, THREAD)
        await store.keep_reply(ANNA, 7, 8)
        assert await store.forget(ANNA)
        assert await store.held(ANNA) == Held(), "at once, not at the end of the update"
        assert await store.thread(ANNA) is None
        await store.keep_profile(ANNA, Profile("lv"))
    assert await store.held(ANNA) == Held(Profile("lv"))


async def test_a_missed_question_is_kept_without_who_asked_and_without_what_names_them(
    store: DurableStore, database: Database, metrics: Metrics
) -> None:
    await store.note_outcome("sure", "lv", "answer")
    await store.note_outcome("rakstiet anna@skola.lv vai 29 123 456", "lv", "fallback")
    ((_, question, *rest, _),) = await rows(database, "missed")
    assert (question, rest) == ("rakstiet [e-mail] vai [phone]", ["lv", "fallback"])
    assert b"ka2bot_missed_questions_total 1.0" in metrics.text()


async def test_the_purge_deletes_what_is_too_old_and_nothing_else(
    store: DurableStore, database: Database, clock: SetClock
) -> None:
    rows_of = Rows(database, clock)

    async def counts() -> list[int]:
        async with database.reading() as connection:
            tables = (people, replies, missed, seen)
            return [int(await connection.scalar(select(func.count()).select_from(t)) or 0) for t in tables]

    await store.keep_profile(ANNA, Profile("en"))
    await store.keep_thread(BERTA, THREAD)
    await store.keep_reply(ANNA, 1, 2)
    await store.note_outcome("laikapstākļi", "lv", "fallback")
    async with store.update(1):
        pass
    await rows_of.purge()
    assert await counts() == [2, 1, 1, 1]
    clock.passes(minutes=30)
    await rows_of.purge()
    assert await counts() == [1, 1, 1, 1], "of Berta nothing is left to remember"
    clock.passes(hours=23, minutes=30)
    await rows_of.purge()
    assert await counts() == [1, 1, 1, 0]
    clock.passes(days=1)
    await rows_of.purge()
    assert await counts() == [1, 0, 1, 0]
    clock.passes(days=88)
    await rows_of.purge()
    assert await counts() == [1, 0, 0, 0]
    clock.passes(days=275)
    await asyncio.gather(rows_of.purge(), rows_of.purge())
    assert await counts() == [0, 0, 0, 0]


async def test_when_a_missed_question_came_is_kept_to_the_day(
    store: DurableStore, database: Database, clock: SetClock
) -> None:
    await store.note_outcome("laikapstākļi", "lv", "fallback")
    ((*_, at),) = await rows(database, "missed")
    assert (int(str(at)) % 86_400, int(clock().timestamp()) - int(str(at)) < 86_400) == (0, True)


async def test_what_another_version_has_packed_is_no_trouble(
    store: DurableStore, database: Database, clock: SetClock
) -> None:
    until = int(clock().timestamp()) + 60
    row = {"chat": 1, "person": 1, "language": "xx", "thread": '{"topic": 1}', "card": "[", "changed": until}
    async with database.writing() as connection:
        await connection.execute(insert(people).values(**row, thread_until=until, card_until=until))
    assert await store.held(ANNA) == Held()


async def test_the_whole_bot_talks_on_it(
    store: DurableStore, services: Services, telegram: LocalTelegram
) -> None:
    application = build_application(replace(services, store=store), "1:local", local=telegram)
    async with application:
        anna = Conversation(application, Person(telegram, language_code="lv"))
        await anna.say("/language en")
        (answer,) = await anna.say("how many partners do we need")
        (changed,) = await anna.edit("how long can a project last")
        assert (changed.kind, changed.message_id) == ("edited", answer.message_id)
        (shown,) = await anna.say("/privacy")
        assert "English" in shown.text
        (deleted,) = await anna.press(1)
        assert deleted.edited
        assert await store.held(Who(1001, 1001)) == Held()
