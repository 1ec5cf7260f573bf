"""The language of the answers: chosen once, remembered, and never in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.context import Profile, Services
from tests.conftest import Begin, SetClock
from tests.journeys.screens import BOTH, labels, press, say, who

GREETING = {"lv": "Labdien", "en": "Hello"}


@pytest.mark.parametrize(
    ("code", "language"),
    [("lv", "lv"), ("en", "en"), ("en-GB", "en"), ("ru", "lv"), ("de", "lv"), ("", "lv")],
)
async def test_the_first_word_is_in_the_language_of_the_persons_telegram(
    begin: Begin, code: str, language: str
) -> None:
    assert GREETING[language] in (await say(await begin(code), "/start")).text


@BOTH
async def test_a_language_chosen_by_button_is_kept_for_commands_questions_and_buttons(
    begin: Begin, services: Services, clock: SetClock, language: str
) -> None:
    other, name = {"lv": ("en", "English"), "en": ("lv", "Latviešu")}[language]
    talk = await begin(language)
    before = await say(talk, "/deadline")
    await say(talk, "/language")
    kept = await press(talk, name)
    assert kept.edited
    assert await services.store.profile(who(talk)) == Profile(other)  # type: ignore[arg-type]
    clock.now += timedelta(days=40)
    assert GREETING[other] in (await say(talk, "/start")).text
    answered = await say(talk, {"lv": "cik partneru vajag", "en": "how many partners are needed"}[language])
    assert {"en": "organisations", "lv": "organizācijas"}[other] in answered.text
    pressed = await press(talk, 3, before.message_id)
    assert {"en": "presentation", "lv": "prezentācija"}[other] in pressed.text


@pytest.mark.parametrize(
    ("typed", "language"),
    [("/language en", "en"), ("/language EN", "en"), ("/language English", "en"), ("/language lv", "lv"),
     ("/language LV", "lv")],
)  # fmt: skip
async def test_a_language_can_be_typed(begin: Begin, typed: str, language: str) -> None:
    talk = await begin("lv" if language == "en" else "en")
    await say(talk, typed)
    assert GREETING[language] in (await say(talk, "/start")).text


@pytest.mark.parametrize("typed", ["/language", "/language deutsch", "/language ru", "/language 1"])
async def test_an_unknown_language_gets_the_choice(begin: Begin, typed: str) -> None:
    assert labels(await say(await begin("lv"), typed)) == ["Latviešu", "English"]


async def test_the_same_language_twice_does_no_harm(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/start")
    first = await press(talk, "English")
    again = await talk.press("English", first.message_id)
    assert all(shown.kind != "new" for shown in again)


async def test_the_greeting_can_be_turned_into_the_other_language(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/start")
    assert "English" in (await press(talk, "English")).text
    assert GREETING["en"] in (await say(talk, "/start")).text


async def test_without_a_choice_the_question_decides_the_language(begin: Begin) -> None:
    talk = await begin("lv")
    assert "presentation" in (await say(talk, "how many partners are needed")).text
    assert "prezentācija" in (await say(talk, "cik partneru vajag")).text


async def test_two_people_choose_each_for_themselves(begin: Begin) -> None:
    anna, john = await begin("lv"), await begin("lv")
    await say(john, "/language en")
    assert GREETING["lv"] in (await say(anna, "/start")).text
    assert GREETING["en"] in (await say(john, "/start")).text
