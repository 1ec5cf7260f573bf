"""What all tests share: the real knowledge, a clock that a test sets, and a Telegram inside the process."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

import pytest

from bot.application import build_application
from bot.local.conversation import Conversation
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.memory import MemoryStore
from handlers.context import Services
from tests import worlds

Begin: TypeAlias = Callable[[str], Awaitable[Conversation]]


class SetClock:
    """A clock that goes only when told to."""

    def __init__(self, now: datetime = worlds.OPEN) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def services(clock: SetClock) -> Services:
    return replace(worlds.services(), store=MemoryStore(clock), clock=clock)


@pytest.fixture
def telegram(clock: SetClock) -> Iterator[LocalTelegram]:
    """A strict Telegram; the test fails with whatever the bot did wrong there."""
    telegram = LocalTelegram(clock=clock)
    yield telegram
    telegram.assert_clean()


@pytest.fixture
async def begin(services: Services, telegram: LocalTelegram) -> AsyncIterator[Begin]:
    """Begins a conversation with the whole bot, for a person whose Telegram speaks the language given."""
    application = build_application(services, "1:local", local=telegram)

    async def with_person(language_code: str) -> Conversation:
        number = 1001 + len(telegram.chats)
        return Conversation(application, Person(telegram, number, language_code))

    async with application:
        yield with_person


@pytest.fixture
async def latvian(begin: Begin) -> Conversation:
    return await begin("lv")


@pytest.fixture
async def english(begin: Begin) -> Conversation:
    return await begin("en")
