"""What an update writes is one statement where it may be, and the same rows either way."""

from sqlalchemy import delete, event

from bot.store.changes import Changes
from bot.store.database import Database
from bot.store.rows import Rows
from bot.store.tables import missed, people, seen
from bot.store.unit import Missed, Remembered, Unit
from handlers.context import Profile, Who
from tests.conftest import SetClock


def unit(number: int) -> Unit:
    who = Who(1, number)
    unit = Unit(number, replies={(who, 5): 6}, missed=[Missed("kas?", "lv", "fallback")])
    unit.change(who, Remembered(Profile("en", "vet")))
    return unit


async def test_an_ordinary_update_is_one_statement_on_postgresql(database: Database, clock: SetClock) -> None:
    await database.migrate()
    rows, statements = Rows(database, clock), []
    event.listen(
        database.engine.sync_engine, "before_cursor_execute", lambda *given: statements.append(given[2])
    )
    await rows.write(unit(1))
    assert len(statements) == (0 if database.is_sqlite else 1), "SQLite writes in a thread of its own"
    assert await rows.was_seen(1)
    assert (await rows.person(Who(1, 1))).profile == Profile("en", "vet")
    assert await rows.reply(Who(1, 1), 5) == 6


async def test_written_twice_is_written_once_but_for_what_has_no_key(
    database: Database, clock: SetClock
) -> None:
    await database.migrate()
    rows = Rows(database, clock)
    for _ in range(2):
        await rows.write(Unit(7, people={Who(1, 1): Remembered(Profile("lv"))}, changed={Who(1, 1)}))
    assert (await rows.person(Who(1, 1))).profile == Profile("lv")


def test_only_inserts_into_different_tables_are_joined() -> None:
    def of(*changes: object) -> Changes:
        gathered = Changes(is_sqlite=False)
        for change in changes:
            gathered.execute(*change)  # type: ignore[misc]
        return gathered

    into_seen, into_missed = (seen.insert(), {"update": 1, "at": 2}), (missed.insert(), {"question": "x"})
    assert of(into_seen, into_missed).as_one() is not None
    assert of(into_seen, into_seen).as_one() is None
    assert of((delete(people),), into_seen).as_one() is None
    assert of().as_one() is None
