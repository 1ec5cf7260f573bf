"""The worker that sends what is due, on both databases and a strict Telegram: once, in time, or never."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from telegram.error import NetworkError, TimedOut

from bot import reminding as module
from bot.application import App, build_application
from bot.local.conversation import Conversation, Shown
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.metrics import Metrics
from bot.reminding import AT_ONCE, Reminding, reminding
from bot.store.database import open_database
from bot.store.durable import DurableStore
from bot.store.reminders import LEASE
from handlers.context import Held, Profile, Reminder, Services, Who
from knowledge.reminders import offered
from tests.conftest import SetClock
from tests.knowledge.test_reminders import call_ending

CALL = "ka2-2020"
LAST = datetime(2020, 4, 23, 10, 0, tzinfo=UTC)
WEEK = LAST - timedelta(days=7)
ANNA = Who(1001, 1001)


@pytest.fixture
def on_store(services: Services, store: DurableStore) -> Services:
    return replace(services, store=store)


@pytest.fixture
async def application(on_store: Services, telegram: LocalTelegram) -> AsyncIterator[App]:
    application = build_application(on_store, "1:local", local=telegram)
    async with application:
        yield application


@pytest.fixture
def worker(on_store: Services, store: DurableStore, application: App, metrics: Metrics) -> Reminding:
    return Reminding(on_store, store, application.bot, metrics)


@pytest.fixture
async def other(url: str, services: Services, clock: SetClock, application: App) -> AsyncIterator[Reminding]:
    """A worker in another process on the same database."""
    database = open_database(url)
    store = DurableStore(database, clock, Metrics())
    yield Reminding(replace(services, store=store), store, application.bot, Metrics())
    await database.close()


@pytest.fixture
async def anna(application: App, telegram: LocalTelegram) -> Conversation:
    """Has chosen all reminders."""
    anna = Conversation(application, Person(telegram, ANNA.person, "lv"))
    await anna.say("/deadline")
    await anna.press("🔔")
    return anna


def news(talk: Conversation) -> list[Shown]:
    return [shown for shown in talk.news() if shown.kind == "new"]


async def test_each_comes_in_time_with_what_is_left_and_in_the_persons_language(
    on_store: Services,
    anna: Conversation,
    worker: Reminding,
    store: DurableStore,
    clock: SetClock,
    metrics: Metrics,
) -> None:
    assert await worker.round() == 0
    assert news(anna) == []
    # by the calendar: on the way to the deadline the clocks go forward
    expected = ["29 dienas, 23 h", "7 dienas, 0 h", "1 diena, 0 h", "3 h 0 min"]
    for plan, left in zip(offered(on_store.knowledge.call), expected, strict=True):
        clock.now = plan.due
        await worker.round()
        (shown,) = news(anna)
        text = shown.text.replace("\xa0", " ")
        assert left in text
        assert "2020. gada 23. aprīlis plkst. 12.00 pēc Briseles laika (Rīgā 13.00)" in text
        assert "2020. gada 24. marts" in text
        assert await worker.round() == 0
        assert news(anna) == []
    assert await store.reminders(ANNA) == ()
    assert b'ka2bot_reminders_total{result="sent"} 4.0' in metrics.text()


async def test_the_language_chosen_since_goes_first(
    anna: Conversation, worker: Reminding, store: DurableStore, clock: SetClock
) -> None:
    await store.keep_profile(ANNA, Profile("en"))
    clock.now = WEEK
    await worker.round()
    (shown,) = news(anna)
    assert "23 April 2020, 12:00 Brussels time" in shown.text
    assert "7 days, 0 h" in shown.text.replace("\xa0", " ")


async def test_its_buttons_lead_on_and_stop_the_rest(
    anna: Conversation, worker: Reminding, store: DurableStore, clock: SetClock
) -> None:
    clock.now = WEEK
    await worker.round()
    news(anna)
    (card,) = await anna.press("🔔")
    await anna.press("🔕", card.message_id)
    assert await store.reminders(ANNA) == ()


async def test_of_two_workers_one_sends(
    on_store: Services,
    anna: Conversation,
    worker: Reminding,
    other: Reminding,
    clock: SetClock,
    telegram: LocalTelegram,
) -> None:
    for plan in offered(on_store.knowledge.call):
        clock.now = plan.due
        await asyncio.gather(worker.round(), other.round(), worker.round(), other.round())
        assert len(news(anna)) == 1


async def test_what_a_killed_worker_had_claimed_is_sent_by_another_after_the_lease(
    anna: Conversation, store: DurableStore, other: Reminding, clock: SetClock
) -> None:
    clock.now = WEEK
    # thirty days and seven; killed here, with nothing sent
    assert len(await store.reminder_rows.claim(clock(), 10)) == 2
    await other.round()
    assert news(anna) == []
    clock.now += LEASE
    await other.round()
    (shown,) = news(anna)
    assert "6 dienas, 23 h 58 min" in shown.text.replace("\xa0", " ")


async def test_one_missed_by_far_gives_way_to_the_next(
    anna: Conversation, worker: Reminding, store: DurableStore, clock: SetClock, metrics: Metrics
) -> None:
    clock.now = LAST - timedelta(hours=20)
    await worker.round()
    assert len(news(anna)) == 1
    assert [each.before for each in await store.reminders(ANNA) or ()] == ["3h"]
    assert b'ka2bot_reminders_total{result="too_late"} 2.0' in metrics.text()


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=1), timedelta(days=400)])
async def test_none_comes_after_the_deadline(
    anna: Conversation, worker: Reminding, store: DurableStore, clock: SetClock, late: timedelta
) -> None:
    clock.now = LAST + late
    await worker.round()
    assert news(anna) == []
    assert await store.reminders(ANNA) == ()


async def test_the_last_one_is_worth_sending_a_minute_before(
    anna: Conversation, worker: Reminding, clock: SetClock
) -> None:
    clock.now = LAST - timedelta(minutes=1)
    await worker.round()
    (shown,) = news(anna)
    assert "0 h 1 min" in shown.text


def with_deadline(services: Services, store: DurableStore, at: str) -> Services:
    """What a process of the next version knows."""
    call = call_ending("2020-03-24 12:00", at)
    return replace(services, store=store, knowledge=replace(services.knowledge, calls={CALL: call}))


@pytest.mark.parametrize(
    ("at", "due"), [("2020-05-10 12:00", "2020-05-03"), ("2020-04-10 12:00", "2020-04-03")]
)
async def test_a_changed_deadline_moves_what_was_promised_later_or_earlier(
    anna: Conversation,
    services: Services,
    store: DurableStore,
    application: App,
    clock: SetClock,
    at: str,
    due: str,
) -> None:
    await store.keep_reminders(ANNA, CALL, (Reminder(ANNA, CALL, "7d", "lv", WEEK),))
    worker = Reminding(with_deadline(services, store, at), store, application.bot, Metrics())
    await worker.round()
    (week,) = await store.reminders(ANNA) or ()
    assert week.due.date().isoformat() == due
    clock.now = week.due - timedelta(minutes=1)
    await worker.round()
    assert news(anna) == []
    clock.now = week.due
    await worker.round()
    (shown,) = news(anna)
    assert "7 dienas, 0 h" in shown.text.replace("\xa0", " ")


async def test_one_noted_by_an_older_version_is_moved_when_it_is_due_not_sent(
    anna: Conversation, services: Services, store: DurableStore, application: App, clock: SetClock
) -> None:
    metrics = Metrics()
    later = with_deadline(services, store, "2020-05-10 12:00")
    worker = Reminding(later, store, application.bot, metrics)
    await worker.round()
    stale = Reminder(ANNA, CALL, "1d", "lv", LAST - timedelta(days=1))
    await store.keep_reminders(ANNA, CALL, (stale,))
    clock.now = stale.due
    await worker.round()
    assert news(anna) == []
    (moved,) = await store.reminders(ANNA) or ()
    assert moved.due == datetime(2020, 5, 9, 10, 0, tzinfo=UTC)
    assert b'ka2bot_reminders_total{result="moved"} 1.0' in metrics.text()


async def test_of_a_call_that_is_no_more_nothing_is_sent(
    anna: Conversation, worker: Reminding, store: DurableStore, clock: SetClock
) -> None:
    await store.keep_reminders(ANNA, CALL, ())
    await store.keep_reminders(ANNA, "ka2-2019", (Reminder(ANNA, "ka2-2019", "7d", "lv", clock()),))
    assert await worker.round() == 1
    assert news(anna) == []
    assert await store.reminders(ANNA) == ()


async def test_who_has_blocked_the_bot_is_forgotten(
    anna: Conversation, worker: Reminding, store: DurableStore, clock: SetClock
) -> None:
    anna.person.chat.blocked = True
    clock.now = WEEK
    await worker.round()
    assert await store.held(ANNA) == Held()


@pytest.fixture
def no_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    async def at_once(seconds: float) -> None:
        return

    monkeypatch.setattr("handlers.telegram.delivery.asyncio.sleep", at_once)


@pytest.mark.usefixtures("no_sleep")
@pytest.mark.parametrize("trouble", [NetworkError("down"), TimedOut(), None])
async def test_a_fault_is_waited_out(
    anna: Conversation,
    worker: Reminding,
    store: DurableStore,
    clock: SetClock,
    telegram: LocalTelegram,
    trouble: NetworkError | None,
) -> None:
    clock.now = WEEK
    await store.keep_reminders(ANNA, CALL, (Reminder(ANNA, CALL, "7d", "lv", WEEK),))
    if trouble is None:
        telegram.fail_next("sendMessage", retry_after=60)
    else:
        telegram.break_next("sendMessage", trouble, times=4)
    await worker.round()
    assert news(anna) == []
    clock.passes(seconds=59)
    await worker.round()
    assert news(anna) == []
    clock.passes(seconds=1)
    await worker.round()
    assert len(news(anna)) == 1


async def test_what_telegram_refuses_is_told_to_the_operator_and_tried_again_later(
    anna: Conversation,
    worker: Reminding,
    store: DurableStore,
    clock: SetClock,
    telegram: LocalTelegram,
    metrics: Metrics,
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock.now = WEEK
    await store.keep_reminders(ANNA, CALL, (Reminder(ANNA, CALL, "7d", "lv", WEEK),))
    telegram.fail_next("sendMessage", 400, "Bad Request: chat not found")
    await worker.round()
    assert "a reminder failed: BadRequest" in caplog.text
    assert "1001" not in caplog.text
    assert b'ka2bot_reminders_total{result="failed"} 1.0' in metrics.text()
    clock.now += module.LATER
    await worker.round()
    assert len(news(anna)) == 1


async def test_one_that_was_sent_but_not_struck_off_is_not_sent_again_by_the_same_process(
    anna: Conversation,
    worker: Reminding,
    store: DurableStore,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock.now = WEEK
    await store.keep_reminders(ANNA, CALL, (Reminder(ANNA, CALL, "7d", "lv", WEEK),))

    async def away(reminder: Reminder) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(store.reminder_rows, "done", away)
        await worker.round()
    assert len(news(anna)) == 1
    assert await store.reminders(ANNA) is None, "the database is left alone for a moment"
    monkeypatch.setattr(store._reach, "_monotonic", lambda: asyncio.get_running_loop().time() + 60)
    clock.now += LEASE
    assert await worker.round() == 0
    assert news(anna) == []
    assert await store.reminders(ANNA) == ()


async def test_many_are_sent_round_by_round(
    worker: Reminding, store: DurableStore, application: App, telegram: LocalTelegram, clock: SetClock
) -> None:
    clock.now = WEEK
    people = [Conversation(application, Person(telegram, number, "en")) for number in range(1, AT_ONCE + 4)]
    for each in people:
        who = Who(each.person.chat.chat_id, each.person.chat.chat_id)
        await store.keep_reminders(who, CALL, (Reminder(who, CALL, "7d", "en", WEEK),))
    assert [await worker.round() for _ in range(3)] == [AT_ONCE, 3, 0]
    assert [len(each.news()) for each in people] == [1] * len(people)


async def test_the_worker_looks_at_once_survives_a_fault_and_stops_when_told(
    anna: Conversation,
    worker: Reminding,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock.now = WEEK
    rounds = asyncio.Event()
    real, tried = worker.round, 0

    async def round_() -> int:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise RuntimeError
        found = await real()
        rounds.set()
        return found

    monkeypatch.setattr(worker, "round", round_)
    monkeypatch.setattr(module, "EVERY", 0.0)
    async with asyncio.timeout(5), reminding(worker):
        await rounds.wait()
    assert "a round of reminders failed: RuntimeError" in caplog.text
    assert len(news(anna)) == 1
