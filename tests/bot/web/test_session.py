"""What the windows of one conversation are told, in its language and on its day."""

from __future__ import annotations

from contextlib import aclosing
from datetime import date
from pathlib import Path

import pytest

from bot.web.known import LiveKnowledge, News
from bot.web.session import Session
from tests import worlds


async def shown(session: Session, news: News | None = None) -> list[dict[str, object]]:
    """What a window that opens now is told first."""
    async with aclosing(session.watch(news or News())) as happening:
        return [await anext(happening) for _ in range(2)]


async def test_a_new_window_gets_the_screen_as_it_stands(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "en")
    await session.say("/travel 850 4")
    await session.press(2, 3)
    screen, _ = await shown(session)
    messages = screen["messages"]
    assert isinstance(messages, list)
    assert [each["by_bot"] for each in messages] == [False, True]
    assert "€1,375" in messages[1]["text"] or "1,375" in messages[1]["text"]
    assert not messages[1]["edited"], "a stepper would wear the word for ever"
    await session.close()


async def test_a_button_that_is_gone_is_said_to_be(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    async with aclosing(session.watch(News())) as happening:
        await anext(happening), await anext(happening)
        await session.press(7, 1)
        assert await anext(happening) == {"do": "toast", "text": "Šīs pogas tur vairs nav.", "alert": False}
    await session.close()


async def test_closing_a_session_ends_its_windows(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    async with aclosing(session.watch(News())) as happening:
        await anext(happening), await anext(happening)
        await session.close()
        with pytest.raises(StopAsyncIteration):
            await anext(happening)


async def test_the_language_switch_overrules_a_language_chosen_in_the_chat(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    await session.say("/language lv")
    await session.speak("en")
    await session.say("cik naudas var dabut")
    screen, _ = await shown(session)
    messages = screen["messages"]
    assert isinstance(messages, list)
    assert "per month" in messages[-1]["text"] or "month" in messages[-1]["text"]
    await session.close()


async def test_another_day_counts_for_answers_and_times(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    session.pretend(date(2020, 5, 1))
    assert session.clock().isoformat() == "2020-05-01T10:00:00+03:00"
    await session.say("cik naudas var dabut")
    screen, _ = await shown(session)
    messages = screen["messages"]
    assert isinstance(messages, list)
    assert (messages[-1]["day"], "slēgts" in messages[-1]["text"]) == ("2020-05-01", True)
    await session.close()


async def test_an_explanation_survives_that_its_files_break(live: LiveKnowledge) -> None:
    session = await Session.begin(live.known, lambda: worlds.OPEN, "lv")
    file = live.known.services.knowledge.root / "entries" / "money.yaml"
    assert isinstance(file, Path)
    before = file.read_bytes()
    file.write_text("- id: [", encoding="utf-8")
    try:
        await session.say("cik naudas var dabut")
        screen, _ = await shown(session)
    finally:
        file.write_bytes(before)
    messages = screen["messages"]
    assert isinstance(messages, list)
    why = messages[-1]["explanation"]
    assert (why["place"], why["kind"]) == ("knowledge/data/entries/money.yaml:3", "answer")
    assert why["candidates"][0]["entry"] == "grant-ceiling"
    await session.close()
