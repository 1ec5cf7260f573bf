"""What the curator reads from the store, on both databases; and which words say that it cannot be read."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import SettingsError, UnreachableError
from bot.metrics import Metrics
from bot.store.database import Database, open_database
from bot.store.durable import DurableStore
from bot.store.unsettled import Unsettled, unsettled
from handlers.counts import Asked
from tests.conftest import SetClock


async def filled(store: DurableStore, clock: SetClock) -> date:
    """Two missed questions, and a day later three that were answered; the first day."""
    first = clock().date()
    await store.note_outcome("cik maksā vīza", "lv", "fallback")
    await store.note_outcome("visa costs", "en", "choices")
    clock.passes(days=1)
    for ticket in (1, 2, 3):
        await store.note_outcome(
            f"jautājums {ticket}", "lv", "answer", Asked(ticket, "duration", "answer", "lv")
        )
    await store.keep_vote(1, "up")
    await store.keep_vote(2, "down", "outdated")
    return first


async def test_missed_and_voted_down_questions_are_read_with_their_day(
    store: DurableStore, url: str, clock: SetClock
) -> None:
    first = await filled(store, clock)
    assert await asyncio.to_thread(unsettled, url) == (
        Unsettled("cik maksā vīza", "lv", "fallback", first),
        Unsettled("visa costs", "en", "choices", first),
        Unsettled("jautājums 2", "lv", "down", first + timedelta(days=1), "duration", "outdated"),
    )


async def test_a_vote_without_words_still_names_its_entry(
    store: DurableStore, database: Database, url: str, clock: SetClock
) -> None:
    await filled(store, clock)
    async with database.writing() as connection:
        await connection.execute(text("UPDATE asked SET question = NULL"))
    *_, last = await asyncio.to_thread(unsettled, url)
    assert (last.question, last.entry) == ("", "duration")


async def test_a_database_of_an_earlier_version_is_read_and_left_as_it_is(
    store: DurableStore, database: Database, url: str, clock: SetClock
) -> None:
    await filled(store, clock)
    async with database.writing() as connection:
        await connection.execute(text("DROP TABLE asked"))
    assert len(await asyncio.to_thread(unsettled, url)) == 2
    async with database.reading() as connection:
        with pytest.raises(Exception, match="asked"):
            await connection.execute(text("SELECT * FROM asked"))


async def test_an_empty_database_has_nothing_to_review(database: Database, url: str) -> None:
    async with database.writing() as connection:
        await connection.execute(text("CREATE TABLE unrelated (id INTEGER)"))
    assert await asyncio.to_thread(unsettled, url) == ()


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="there is no database at"):
        unsettled(f"sqlite:///{tmp_path / 'no' / 'ka2bot.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_away_is_said_without_its_password() -> None:
    with pytest.raises(UnreachableError, match="is it running") as caught:
        unsettled("postgresql://anna:secret@127.0.0.1:1/none")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["nonsense", "mysql://user:secret@host/name"])
def test_an_address_that_cannot_serve_is_refused(address: str) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        unsettled(address)


def test_the_questions_of_two_days_come_oldest_first(tmp_path: Path, clock: SetClock) -> None:
    url = f"sqlite:///{tmp_path / 'ka2bot.db'}"

    async def ask() -> None:
        store = DurableStore(open_database(url), clock, Metrics())
        await store.open()
        await store.note_outcome("b", "lv", "fallback")
        clock.passes(days=-1)
        await store.note_outcome("c", "lv", "fallback")
        await store.close()

    asyncio.run(ask())
    assert [each.question for each in unsettled(url)] == ["c", "b"]
