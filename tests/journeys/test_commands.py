"""Every command, alone and with words after it, for two people."""

from __future__ import annotations

import pytest

from handlers.commands import listed
from handlers.context import Services
from tests.conftest import Begin
from tests.journeys.screens import BOTH, figures, labels, press, say

NAMES = [command.name for command in listed("private")]

# command with words → what the reply shows, in both languages
WITH_WORDS = [
    ("/check KA203 24 months 3 partners 3 countries", "KA203"),
    ("/check tehnikums, 24 mēneši", "KA202"),
    ("/travel 850 4", "1100 EUR"),
    ("/deadline skola", "2020"),
    ("/contact KA204", "Inese Rimšāne"),
    ("/contact skola", "Evita Zondaka"),
    ("/priorities KA201", "STEM"),
    ("/priorities augstskola", "KA203"),
    ("/activities PIA", "5"),
    ("/funding adults", "1369430 EUR"),
    ("/funding skolām", "4055430 EUR"),
    ("/sources please", "2020"),
    ("/help me", "/check"),
    ("/start ka2", "KA201–KA204"),
]


@BOTH
@pytest.mark.parametrize("name", NAMES)
async def test_every_command_answers_with_something_to_press(
    begin: Begin, services: Services, language: str, name: str
) -> None:
    talk = await begin(language)
    shown = await say(talk, f"/{name}")
    assert shown.kind == "new"
    assert shown.buttons
    assert shown.text != services.phrases.say("other.unknown_command", "lv")
    other = await say(await begin("en" if language == "lv" else "lv"), f"/{name}")
    # /language alone speaks both languages at once in its buttons
    assert shown.text != other.text


@BOTH
@pytest.mark.parametrize(("typed", "shows"), WITH_WORDS)
async def test_words_after_a_command_are_understood(
    begin: Begin, language: str, typed: str, shows: str
) -> None:
    assert shows in figures(await say(await begin(language), typed))


@BOTH
@pytest.mark.parametrize(
    "typed", ["/TRAVEL 850", "/Travel@ka2_local_bot 850", "/travel\n850", "/travel   850  "]
)
async def test_a_command_is_known_however_it_is_written(begin: Begin, language: str, typed: str) -> None:
    assert "275 EUR" in figures(await say(await begin(language), typed))


@BOTH
@pytest.mark.parametrize("typed", ["/weather", "/travel850", "/čeks", "/start_again now", "/Palīdzība"])
async def test_an_unknown_command_points_to_help_and_a_person(
    begin: Begin, services: Services, language: str, typed: str
) -> None:
    talk = await begin(language)
    shown = await say(talk, typed)
    if typed == "/Palīdzība":  # Telegram marks no command here: it is a text, and a text gets an answer
        assert shown.text
        return
    assert "/help" in shown.text or typed == "/čeks"
    assert shown.buttons
    assert "KA204" in str(labels(await press(talk, "👤")))


@BOTH
async def test_help_names_every_command_with_what_it_does(
    begin: Begin, services: Services, language: str
) -> None:
    lines = (await say(await begin(language), "/help")).text.splitlines()
    for name in [command.name for command in listed("private")]:
        described = services.phrases.say(f"command.{name}", "lv" if language == "lv" else "en")
        assert any(line.startswith(f"/{name} ") and described in line for line in lines)


@BOTH
async def test_every_question_offered_at_the_start_has_an_answer_with_a_source(
    begin: Begin, language: str
) -> None:
    for command in ("/start", "/help"):
        talk = await begin(language)
        first = await say(talk, command)
        topics = [label for label in labels(first) if label not in ("Latviešu", "English")]
        assert topics
        for label in topics:
            shown = await press(talk, label, first.message_id)
            assert "📄" in shown.text


@BOTH
async def test_the_greeting_says_that_it_is_a_program_and_not_binding(begin: Begin, language: str) -> None:
    shown = await say(await begin(language), "/start")
    for words in {"lv": ("programma", "nav saistošas"), "en": ("a program", "not binding")}[language]:
        assert words in shown.text
    assert {"Latviešu", "English"} <= set(labels(shown))


@BOTH
async def test_each_example_of_the_greeting_is_answered(begin: Begin, language: str) -> None:
    talk = await begin(language)
    greeting = await say(talk, "/start")
    examples = [run.text for run in greeting.runs if "italic" in run.styles]
    assert len(examples) == 2
    for example in examples:
        shown = await say(talk, example)
        assert "📄" in shown.text, example


@BOTH
async def test_every_document_button_of_sources_opens_an_answer(begin: Begin, language: str) -> None:
    talk = await begin(language)
    first = await say(talk, "/sources")
    assert len(labels(first)) == 3
    for label in labels(first):
        assert (await press(talk, label, first.message_id)).text
