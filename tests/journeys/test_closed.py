"""A closed call never looks open: no reply whatever speaks of it so."""

from __future__ import annotations

import pytest

from handlers.answers import entry_html
from handlers.commands import COMMANDS
from handlers.context import Services, Turn, Who
from knowledge.model import LANGUAGES, SECTORS, Language
from tests.conftest import Begin, SetClock
from tests.journeys.screens import BOTH, OPEN_WORDS, say
from tests.worlds import CLOSED


@pytest.fixture
def clock() -> SetClock:
    return SetClock(CLOSED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_speaks_of_an_open_call(services: Services, language: Language) -> None:
    turn = Turn(services, Who(1, 1), language, services.clock())
    found = {
        (entry.id, match[0])
        for entry in services.knowledge.entries.values()
        for sector in (None, *SECTORS)
        if (match := OPEN_WORDS.search(entry_html(turn, entry, sector)))
    }
    assert not found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_of_the_call_that_answers_says_that_it_is_closed(
    services: Services, language: Language
) -> None:
    turn = Turn(services, Who(1, 1), language, services.clock())
    call = services.knowledge.call.id
    silent = [
        entry.id
        for entry in services.knowledge.entries.values()
        if entry.about == call and "🔴" not in entry_html(turn, entry, None)
    ]
    assert not silent


@BOTH
@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
async def test_no_command_speaks_of_an_open_call(begin: Begin, language: str, name: str) -> None:
    talk = await begin(language)
    for args in ("", " KA201", " 850 4"):
        assert not OPEN_WORDS.search((await say(talk, f"/{name}{args}")).text)


QUESTIONS = [
    "vai konkurss ir atvērts", "vai vel var pieteikties", "kad ir termiņš", "līdz kuram laikam jāiesniedz",
    "is the call open", "can we still apply", "when is the deadline", "ещё можно подать заявку?",
]  # fmt: skip


@BOTH
@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_answer_speaks_of_an_open_call(begin: Begin, language: str, question: str) -> None:
    assert not OPEN_WORDS.search((await say(await begin(language), question)).text)
