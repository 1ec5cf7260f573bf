"""What is kept of answered questions and votes: once, without a person, for a while; on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.application import build_application
from bot.local.conversation import Conversation
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.metrics import Metrics
from bot.store.database import Database, open_database
from bot.store.durable import DurableStore
from bot.store.rows import Rows
from bot.store.tables import asked, days
from bot.store.unit import Unit
from handlers.context import Services, Who
from handlers.counts import Asked, AskedKind, Count, Voted
from tests.conftest import SetClock

COLUMNS = {"id", "question", "entry", "kind", "language", "day", "vote", "reason"}


def answered(ticket: int, entry: str = "duration", kind: AskedKind = "answer") -> Asked:
    return Asked(ticket, entry, kind, "lv")


async def rows(database: Database) -> list[tuple[object, ...]]:
    """Question, vote and reason of each row, by its number."""
    query = select(asked.c.question, asked.c.vote, asked.c.reason).order_by(asked.c.id)
    async with database.reading() as connection:
        return [tuple(row) for row in await connection.execute(query)]


async def test_a_question_is_kept_scrubbed_and_without_who_or_at_which_hour_asked(
    store: DurableStore, database: Database, clock: SetClock
) -> None:
    async with store.update(77, Who(41, 42)):
        await store.keep_reply(Who(41, 42), 5, 6)
        await store.note_outcome("cik ilgi? rakstiet anna@skola.lv", "lv", "answer", answered(9))
    async with database.reading() as connection:
        (row,) = (await connection.execute(select(asked))).mappings()
    assert set(row) == COLUMNS
    assert row["question"] == "cik ilgi? rakstiet [e-mail]"
    assert not {41, 42, 5, 6, 77, int(clock().timestamp())} & set(row.values())
    assert row["day"] == int(clock().timestamp()) // 86_400


async def test_without_vote_buttons_nothing_is_kept_of_an_answer(
    store: DurableStore, database: Database
) -> None:
    await store.note_outcome("paldies", "lv", "redirect")
    assert await rows(database) == []


async def test_the_first_vote_counts_and_its_first_reason(store: DurableStore) -> None:
    await store.note_outcome("cik ilgi", "lv", "answer", answered(1))
    assert await store.keep_vote(1, "down") == Voted("down")
    assert await store.keep_vote(1, "down") == Voted("down")
    assert await store.keep_vote(1, "up") == Voted("down")
    assert await store.keep_vote(1, "down", "outdated") == Voted("down", "outdated")
    assert await store.keep_vote(1, "down", "wrong") == Voted("down", "outdated")


async def test_a_vote_up_keeps_no_words_and_a_vote_down_does(store: DurableStore, database: Database) -> None:
    for ticket in (1, 2, 3):
        await store.note_outcome(f"jautājums {ticket}", "lv", "answer", answered(ticket))
    await store.keep_vote(1, "up")
    await store.keep_vote(2, "down", "unclear")
    assert await rows(database) == [
        (None, "up", None),
        ("jautājums 2", "down", "unclear"),
        ("jautājums 3", None, None),
    ]


async def test_taps_on_two_replicas_at_once_count_once(
    store: DurableStore, url: str, clock: SetClock
) -> None:
    await store.note_outcome("cik ilgi", "lv", "answer", answered(1))
    other = DurableStore(open_database(url), clock, Metrics())
    told = await asyncio.gather(
        *(each.keep_vote(1, vote) for each in (store, other) for vote in ("up", "down", "up"))
    )
    await other.close()
    assert len(set(told)) == 1
    counted = await store.counted(30)
    assert counted is not None
    assert [(count.number, count.voted) for count in counted.counts] == [(1, told[0])]


async def test_a_vote_on_what_is_not_known_is_not_kept(store: DurableStore, database: Database) -> None:
    assert await store.keep_vote(2**63 - 1, "down", "wrong") is None
    assert await rows(database) == []


async def test_the_same_work_written_again_counts_once(database: Database, clock: SetClock) -> None:
    await database.migrate()
    unit = Unit(5, asked=[("cik ilgi", answered(1))])
    for _ in range(2):
        await Rows(database, clock).write(unit)
    assert await rows(database) == [("cik ilgi", None, None)]


async def test_what_was_asked_is_counted_by_topic_and_day(store: DurableStore, clock: SetClock) -> None:
    await store.note_outcome("vecs", "lv", "answer", answered(1))
    first = clock().date()
    clock.passes(days=29)
    await store.note_outcome("cik ilgi", "lv", "answer", answered(2))
    await store.note_outcome("cik ilgi?", "lv", "answer", answered(3))
    await store.note_outcome("850 km", "lv", "answer", answered(4, "travel-bands", "calculated"))
    await store.note_outcome("laikapstākļi", "lv", "fallback")
    await store.note_outcome("nauda", "lv", "choices")
    await store.keep_vote(3, "down", "wrong")
    counted = await store.counted(30)
    assert counted is not None
    today = first + timedelta(days=29)
    assert counted.since == first
    assert set(counted.counts) == {
        Count(first, "answer", "duration", 1),
        Count(today, "answer", "duration", 1),
        Count(today, "answer", "duration", 1, Voted("down", "wrong")),
        Count(today, "calculated", "travel-bands", 1),
        Count(today, "fallback", None, 1),
        Count(today, "choices", None, 1),
    }
    week = await store.counted(7)
    assert week is not None
    assert {count.day for count in week.counts} == {today}


async def test_people_are_counted_by_day_and_the_count_outlives_their_ids(
    store: DurableStore, database: Database, clock: SetClock
) -> None:
    first = clock().date()
    for person, question in ((1, 1), (1, 2), (2, 1), (3, 1)):
        await store.keep_reply(Who(person, person), question, question + 10)
    await Rows(database, clock).purge()
    await store.forget(Who(3, 3))
    await Rows(database, clock).purge()
    clock.passes(days=1)
    await store.keep_reply(Who(1, 1), 3, 13)
    await Rows(database, clock).purge()
    clock.passes(days=5)
    await Rows(database, clock).purge()
    counted = await store.counted(30)
    assert counted is not None
    people = {day: number for day, number in counted.people.items() if number}
    assert people == {first: 3, first + timedelta(days=1): 1}
    async with database.reading() as connection:
        assert set((await connection.execute(select(days))).keys()) == {"day", "people"}


async def test_words_are_purged_after_two_days_unless_voted_down_and_counts_after_ninety(
    store: DurableStore, database: Database, clock: SetClock
) -> None:
    for ticket in (1, 2):
        await store.note_outcome(f"jautājums {ticket}", "lv", "answer", answered(ticket))
    await store.keep_vote(2, "down")
    purge = Rows(database, clock).purge
    clock.passes(days=1)
    await purge()
    assert await rows(database) == [("jautājums 1", None, None), ("jautājums 2", "down", None)]
    clock.passes(days=1)
    await purge()
    assert await rows(database) == [(None, None, None), ("jautājums 2", "down", None)]
    assert await store.keep_vote(1, "down") == Voted("down"), "a late vote counts, without the words"
    clock.passes(days=87)
    await purge()
    assert len(await rows(database)) == 2
    clock.passes(days=1)
    await purge()
    assert await rows(database) == []
    assert await store.keep_vote(1, "up") is None


@pytest.mark.parametrize(
    "address", ["postgresql://nobody:secret@127.0.0.1:1/none", "sqlite:////proc/nowhere/ka2bot.db"]
)
async def test_with_the_database_away_no_vote_is_taken_for_kept(address: str, clock: SetClock) -> None:
    store = DurableStore(open_database(address), clock, Metrics())
    await store.open()
    await store.note_outcome("cik ilgi", "lv", "answer", answered(1))
    assert await store.keep_vote(1, "up") is None
    assert await store.counted(30) is None
    await store.close()


async def test_the_whole_bot_votes_on_it(
    database: Database, store: DurableStore, services: Services, telegram: LocalTelegram
) -> None:
    application = build_application(replace(services, store=store), "1:local", local=telegram)
    async with application:
        anna = Conversation(application, Person(telegram, language_code="lv"))
        await anna.say("cik partneru vajag, zvaniet 29123456")
        await anna.press("👎")
        await anna.press("Novecojusi")
    assert await rows(database) == [("cik partneru vajag, zvaniet [phone]", "down", "outdated")]
