"""Reminders in the database: noted, claimed by one process at a time, moved with the deadline, deleted."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.metrics import Metrics
from bot.store.database import Database, open_database
from bot.store.durable import DurableStore
from bot.store.reminders import LEASE
from handlers.context import Held, Profile, Reminder, Who
from tests.conftest import SetClock

ANNA, BERTA = Who(1, 1), Who(2, 2)
CALL = "ka2-2020"


@pytest.fixture
async def other(url: str, store: DurableStore, clock: SetClock) -> AsyncIterator[DurableStore]:
    """Another process on the same database."""
    database = open_database(url)
    yield DurableStore(database, clock, Metrics())
    await database.close()


def reminder(clock: SetClock, who: Who = ANNA, before: str = "7d", **ahead: float) -> Reminder:
    due = (clock() + timedelta(**ahead)).replace(microsecond=0)
    return Reminder(who, CALL, before, "lv", due)


async def claimed(store: DurableStore, now: datetime, most: int = 10) -> list[Reminder]:
    return [*await store.reminder_rows.claim(now, most)]


async def test_what_was_chosen_is_replaced_as_a_whole_and_known_to_another_process(
    store: DurableStore, other: DurableStore, clock: SetClock
) -> None:
    week, day = reminder(clock, before="7d", days=1), reminder(clock, before="1d", days=7)
    assert await store.keep_reminders(ANNA, CALL, (day, week))
    assert await other.reminders(ANNA) == (week, day)
    assert await other.reminders(BERTA) == ()
    assert await other.keep_reminders(ANNA, "ka2-2021", (replace(week, call="ka2-2021"),))
    assert await store.keep_reminders(ANNA, CALL, (day,))
    assert await store.reminders(ANNA) == (replace(week, call="ka2-2021"), day)
    assert await store.held(ANNA) == Held(reminders=2)


async def test_it_is_noted_at_once_even_if_the_update_is_interrupted(
    store: DurableStore, clock: SetClock
) -> None:
    async def interrupted() -> None:
        async with store.update(1):
            assert await store.keep_reminders(ANNA, CALL, (reminder(clock),))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await interrupted()
    assert await store.reminders(ANNA) == (reminder(clock),)


async def test_what_is_due_is_claimed_and_what_is_not_stays(store: DurableStore, clock: SetClock) -> None:
    soon, later = reminder(clock, before="7d"), reminder(clock, before="1d", days=6)
    await store.keep_reminders(ANNA, CALL, (soon, later))
    assert await claimed(store, clock()) == [soon]
    await store.reminder_rows.done(soon)
    assert await store.reminders(ANNA) == (later,)
    clock.passes(days=6)
    assert await claimed(store, clock()) == [later]


async def test_of_two_processes_one_has_it_until_the_lease_has_run_out(
    store: DurableStore, other: DurableStore, clock: SetClock
) -> None:
    mine = reminder(clock)
    await store.keep_reminders(ANNA, CALL, (mine,))
    assert await claimed(store, clock()) == [mine]
    assert await claimed(other, clock()) == []
    clock.now += LEASE - timedelta(seconds=1)
    assert await claimed(other, clock()) == []
    clock.passes(seconds=1)
    assert await claimed(other, clock()) == [mine], "the first was killed"
    assert await claimed(store, clock()) == []
    await other.reminder_rows.done(mine)
    clock.now += 2 * LEASE
    assert await claimed(store, clock()) == []


async def test_many_at_once_share_what_is_due_and_none_gets_what_another_has(
    store: DurableStore, other: DurableStore, clock: SetClock
) -> None:
    people = [Who(number, number) for number in range(1, 31)]
    for who in people:
        await store.keep_reminders(who, CALL, (reminder(clock, who),))
    rounds = await asyncio.gather(*(claimed(each, clock(), 7) for each in (store, other) * 4))
    everything = [each.who for found in rounds for each in found]
    assert len(everything) == len(set(everything)), "none twice"
    rest = [each.who for _ in range(5) for each in await claimed(store, clock(), 7)]
    assert sorted([*everything, *rest], key=lambda who: who.chat) == people


async def test_the_longest_overdue_goes_first(store: DurableStore, clock: SetClock) -> None:
    late, later = reminder(clock, BERTA, hours=-2), reminder(clock, hours=-1)
    await store.keep_reminders(ANNA, CALL, (later,))
    await store.keep_reminders(BERTA, CALL, (late,))
    assert await claimed(store, clock(), 1) == [late]
    assert await claimed(store, clock(), 1) == [later]


async def test_what_could_not_be_sent_is_tried_again_when_told(
    store: DurableStore, other: DurableStore, clock: SetClock
) -> None:
    mine = reminder(clock)
    await store.keep_reminders(ANNA, CALL, (mine,))
    await claimed(store, clock())
    await store.reminder_rows.again(mine, timedelta(minutes=15))
    clock.now += LEASE
    assert await claimed(other, clock()) == []
    clock.passes(minutes=13)
    assert await claimed(other, clock()) == [mine]


async def test_choosing_again_does_not_take_it_from_who_is_sending_it(
    store: DurableStore, other: DurableStore, clock: SetClock
) -> None:
    mine = reminder(clock)
    await store.keep_reminders(ANNA, CALL, (mine,))
    await claimed(store, clock())
    await other.keep_reminders(ANNA, CALL, (replace(mine, language="en"),))
    assert await claimed(other, clock()) == []
    assert await other.reminders(ANNA) == (replace(mine, language="en"),)


@pytest.mark.parametrize("days", [-3, 10])
async def test_a_changed_deadline_moves_every_reminder_of_its_call(
    store: DurableStore, clock: SetClock, days: int
) -> None:
    one, two = reminder(clock, days=5), reminder(clock, BERTA, days=5)
    elsewhere = replace(one, call="ka2-2021")
    for each in (one, two, elsewhere):
        await store.keep_reminders(each.who, each.call, (each,))
    new = one.due + timedelta(days=days)
    due = {(CALL, "7d"): new}
    assert await store.reminder_rows.replan(lambda call, before: due.get((call, before))) == 2
    assert await store.reminder_rows.replan(lambda call, before: due.get((call, before))) == 0
    assert await store.reminders(BERTA) == (replace(two, due=new),)
    assert elsewhere in (await store.reminders(ANNA) or ())


async def test_one_can_be_put_off_to_its_new_time(store: DurableStore, clock: SetClock) -> None:
    mine = reminder(clock)
    await store.keep_reminders(ANNA, CALL, (mine,))
    await claimed(store, clock())
    await store.reminder_rows.move(mine, mine.due + timedelta(seconds=30))
    clock.passes(seconds=30)
    assert await claimed(store, clock()) == [replace(mine, due=mine.due + timedelta(seconds=30))]


async def test_a_person_who_is_forgotten_has_none(store: DurableStore, clock: SetClock) -> None:
    await store.keep_profile(ANNA, Profile("en"))
    await store.keep_reminders(ANNA, CALL, (reminder(clock),))
    await store.keep_reminders(BERTA, CALL, (reminder(clock, BERTA),))
    await store.forget(ANNA)
    assert await store.held(ANNA) == Held()
    assert [each.who for each in await claimed(store, clock())] == [BERTA]


async def test_a_language_of_another_version_is_latvian(
    store: DurableStore, database: Database, clock: SetClock
) -> None:
    await store.keep_reminders(ANNA, CALL, (replace(reminder(clock), language="de"),))  # type: ignore[arg-type]
    (found,) = await store.reminders(ANNA) or ()
    assert found.language == "lv"


async def test_without_a_database_nothing_is_promised(clock: SetClock) -> None:
    store = DurableStore(open_database("postgresql://nobody@127.0.0.1:1/none"), clock, Metrics())
    assert await store.keep_reminders(ANNA, CALL, (reminder(clock),)) is False
    assert await store.reminders(ANNA) is None
    await store.close()
