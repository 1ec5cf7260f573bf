"""/deadline, and the state of the call under other answers, as the clock goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import Begin, SetClock
from tests.journeys.screens import BOTH, OPEN_WORDS, figures, press, say

BRUSSELS, RIGA = ZoneInfo("Europe/Brussels"), ZoneInfo("Europe/Riga")
FIRST = datetime(2020, 3, 24, 12, 0, tzinfo=BRUSSELS)
LAST = datetime(2020, 4, 23, 12, 0, tzinfo=BRUSSELS)
DAY = timedelta(days=1)

OPEN, CLOSING, CLOSED = "🟢", "🟠", "🔴"

# moment → sign, what is left in Latvian and in English
MOMENTS = [
    pytest.param(
        datetime(2020, 2, 1, 10, 0, tzinfo=RIGA), OPEN, "82 dienas, 2 h", "82 days, 2 h", id="before"
    ),
    pytest.param(FIRST - 10 * DAY, OPEN, "", "", id="ten days before the first"),
    pytest.param(FIRST + timedelta(seconds=1), OPEN, "29 dienas", "29 days", id="after the first"),
    pytest.param(datetime(2020, 4, 1, 12, 0, tzinfo=BRUSSELS), OPEN, "22 dienas", "22 days", id="between"),
    pytest.param(LAST - 15 * DAY, OPEN, "15 dienu", "15 days", id="fifteen days before the last"),
    pytest.param(LAST - 14 * DAY, CLOSING, "14 dienu", "14 days", id="fourteen days before the last"),
    pytest.param(LAST - 10 * DAY, CLOSING, "10 dienu", "10 days", id="ten days before the last"),
    pytest.param(LAST - DAY, CLOSING, "1 diena, 0 h", "1 day, 0 h", id="a day before"),
    pytest.param(LAST - timedelta(hours=1), CLOSING, "1 h 0 min", "1 h 0 min", id="an hour before"),
    pytest.param(LAST - timedelta(minutes=1), CLOSING, "0 h 1 min", "0 h 1 min", id="a minute before"),
    pytest.param(LAST, CLOSED, "", "", id="the minute of closing"),
    pytest.param(LAST + timedelta(minutes=30), CLOSED, "", "", id="half an hour after"),
    pytest.param(datetime(2026, 11, 22, tzinfo=UTC), CLOSED, "", "", id="years after"),
]


@BOTH
@pytest.mark.parametrize(("now", "sign", "lv", "en"), MOMENTS)
async def test_both_deadlines_in_both_times_and_what_is_left(
    begin: Begin, clock: SetClock, language: str, now: datetime, sign: str, lv: str, en: str
) -> None:
    clock.now = now
    text = figures(await say(await begin(language), "/deadline"))
    named = {
        "lv": ("2020. gada 24. marts", "2020. gada 23. aprīlim", "12.00 pēc Briseles laika (Rīgā 13.00)"),
        "en": ("24 March 2020", "23 April 2020", "12:00 Brussels time (13:00 in Riga)"),
    }[language]
    for fact in named:
        assert fact in text
    assert text.index(named[0]) < text.index(named[1]), "the first deadline leads"
    assert sign in text
    left = {"lv": lv, "en": en}[language]
    if sign == CLOSED:
        assert not OPEN_WORDS.search(text)
        assert {"lv": "slēgts kopš 2020. gada 23. aprīļa", "en": "closed since 23 April 2020"}[
            language
        ] in text
    assert left in text


async def test_the_hour_lost_in_spring_is_counted(begin: Begin, clock: SetClock) -> None:
    clock.now = datetime(2020, 3, 14, 13, 0, tzinfo=RIGA)
    assert "39 days, 23 h 0 min" in figures(await say(await begin("en"), "/deadline"))


@BOTH
@pytest.mark.parametrize(("now", "sign", "lv", "en"), MOMENTS)
async def test_the_state_under_other_replies_agrees(
    begin: Begin, clock: SetClock, language: str, now: datetime, sign: str, lv: str, en: str
) -> None:
    clock.now = now
    talk = await begin(language)
    for typed in (
        "/travel 850",
        "/funding",
        "/priorities",
        "cik partneru vajag",
        "what is the maximum grant",
    ):
        shown = await say(talk, typed)
        assert [each for each in (OPEN, CLOSING, CLOSED) if each in shown.text] == [sign], typed


async def test_the_same_conversation_sees_the_call_close(begin: Begin, clock: SetClock) -> None:
    clock.now = LAST - timedelta(minutes=1)
    talk = await begin("lv")
    card = await say(talk, "/travel 850")
    assert CLOSING in card.text
    clock.passes(minutes=1)
    assert CLOSED in (await press(talk, "+", card.message_id)).text
    assert CLOSED in (await say(talk, "/deadline")).text


@BOTH
async def test_the_questions_below_the_deadline_are_answered(begin: Begin, language: str) -> None:
    talk = await begin(language)
    card = await say(talk, "/deadline")
    expected = ("12", "2020", "VIAA")
    # the first two are the calendar and the reminders
    for number, fact in enumerate(expected, 3):
        shown = await press(talk, number, card.message_id)
        assert shown.kind == "new"
        assert fact in shown.text
    assert "KA201" in (await press(talk, "👤", card.message_id)).labels[0][0]
