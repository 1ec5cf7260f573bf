"""What is remembered in memory, and for how long."""

from bot.memory import MemoryStore
from handlers.context import Card, Profile, Thread, Who
from tests.conftest import SetClock

ANNA, BERTA = Who(1, 1), Who(2, 2)
THREAD = Thread("duration", "lv")


async def test_a_thread_is_forgotten_after_thirty_minutes(clock: SetClock) -> None:
    store = MemoryStore(clock)
    await store.keep_thread(ANNA, THREAD)
    clock.passes(minutes=29, seconds=59)
    assert await store.thread(ANNA) == THREAD
    clock.passes(seconds=1)
    assert await store.thread(ANNA) is None


async def test_a_card_that_is_used_is_kept_on(clock: SetClock) -> None:
    store = MemoryStore(clock)
    for step in range(4):
        await store.keep_card(ANNA, Card(7, f"step {step}"))
        clock.passes(minutes=20)
    assert await store.card(ANNA) == Card(7, "step 3")


async def test_nobody_sees_what_belongs_to_another(clock: SetClock) -> None:
    store = MemoryStore(clock)
    await store.keep_profile(ANNA, Profile("en", "vet"))
    await store.keep_thread(ANNA, THREAD)
    assert await store.profile(BERTA) == Profile()
    assert await store.thread(BERTA) is None


async def test_a_profile_stays_and_a_card_can_be_closed(clock: SetClock) -> None:
    store = MemoryStore(clock)
    await store.keep_profile(ANNA, Profile("en"))
    await store.keep_card(ANNA, Card(7, "step"))
    await store.keep_card(ANNA, None)
    clock.passes(days=30)
    assert await store.profile(ANNA) == Profile("en")
    assert await store.card(ANNA) is None


async def test_those_who_never_return_do_not_pile_up(clock: SetClock) -> None:
    store = MemoryStore(clock)
    for number in range(100):
        await store.keep_thread(Who(number, number), THREAD)
        clock.passes(minutes=1)
    assert len(store._threads._kept) <= 31
