"""The one reply path: what a finding says, languages, years, and several questions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.local.markup import parse
from handlers.context import Profile
from handlers.replies import OTHER_YEARS, RUNNERS_UP, reply_to
from knowledge.model import LANGUAGES, Language
from tests.worlds import knowledge, turn

QUESTIONS: dict[Language, str] = {"lv": "cik partneru vajag", "en": "how many partners are needed"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finding_names_entry_sources_and_runners_up(language: Language) -> None:
    finding = reply_to(QUESTIONS[language], replace(turn(language), for_tools=True)).finding
    assert finding is not None
    assert (finding.kind, finding.entry) == ("answer", "minimum-partners")
    assert 0 < finding.score <= 1
    assert finding.sources
    assert 0 < len(finding.choices) <= RUNNERS_UP
    assert finding.entry not in [choice.entry for choice in finding.choices]
    for choice in finding.choices:
        assert choice.title == knowledge().entries[choice.entry].text(language).title
        assert parse(choice.html).text


@pytest.mark.parametrize("asked", LANGUAGES)
@pytest.mark.parametrize("chosen", LANGUAGES)
def test_a_chosen_or_fixed_language_outweighs_that_of_the_question(asked: Language, chosen: Language) -> None:
    said = {"lv": "prezentācija", "en": "presentation"}[chosen]
    person = replace(turn(asked), language=chosen, profile=Profile(language=chosen))
    assert said in reply_to(QUESTIONS[asked], person).html
    assert said in reply_to(QUESTIONS[asked], turn(chosen), fixed_language=True).html


@pytest.mark.parametrize("asked", LANGUAGES)
@pytest.mark.parametrize("last", LANGUAGES)
def test_otherwise_the_question_decides(asked: Language, last: Language) -> None:
    said = {"lv": "prezentācija", "en": "presentation"}[asked]
    assert said in reply_to(QUESTIONS[asked], turn(last)).html


def test_a_russian_question_is_answered_in_the_language_of_the_chat() -> None:
    for language, said in (("lv", "organizācij"), ("en", "organisations")):
        assert said in reply_to("сколько партнёров нужно", turn(language)).html  # type: ignore[arg-type]


@pytest.mark.parametrize("year", [2019, 2021, 2022, 2023, 2026])
def test_another_year_is_never_answered_from_the_call(year: int) -> None:
    reply = reply_to(f"kāds ir pieteikšanās termiņš {year}. gadā", turn())
    assert reply.finding is not None
    assert reply.finding.kind != "answer" or "24. mart" not in reply.html
    assert OTHER_YEARS in knowledge().entries


def test_the_year_of_the_call_is_answered() -> None:
    assert "24. mart" in reply_to("kāds ir pieteikšanās termiņš 2020. gadā", turn()).html


def test_the_chosen_sector_serves_where_the_question_names_none() -> None:
    person = replace(turn(), profile=Profile(language="lv", sector="he"))
    assert "KA203" in reply_to("kādas ir sektora prioritātes", person).html
    assert "KA201" in reply_to("kādas ir sektora prioritātes skolām", person).html


def test_several_answers_join_their_sources_and_say_what_is_missing() -> None:
    reply = reply_to("cik partneru vajag? kam zvanīt? qwrtz psdfg xvbn?", turn())
    assert reply.finding is not None
    assert reply.finding.entry == "minimum-partners"
    assert len(reply.finding.sources) >= 2
    assert turn().say("ask.some_not_known") in reply.html
    assert parse(reply.html).text.count("🔴") == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("message", ["", " ", "?", "…", "\n\n", "👍", "<", "&", "\u200b"])
def test_nothing_said_is_honestly_not_known(language: Language, message: str) -> None:
    reply = reply_to(message, turn(language))
    assert reply.finding is not None
    assert reply.finding.kind == "fallback"
    assert reply.html == turn(language).say("ask.not_known")
    assert reply.buttons
