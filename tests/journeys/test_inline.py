"""`@bot termiņš` in any chat: cards by the same search, and nothing kept."""

from __future__ import annotations

from itertools import product

import pytest

from bot.local.conversation import Conversation
from bot.local.entities import utf16_length
from bot.local.markup import parse
from bot.local.queries import InlineAnswer
from bot.local.telegram import LocalTelegram
from handlers import inline
from handlers.answers import has_source
from handlers.context import Services, Who
from tests import worlds
from tests.conftest import Begin
from tests.journeys.screens import BOTH, chosen, figures, say

KNOWLEDGE = worlds.knowledge()
NEAR = "≈"


async def offered(talk: Conversation, query: str) -> InlineAnswer:
    answer = await talk.inline(query)
    assert answer is not None
    return answer


@BOTH
async def test_a_card_has_title_short_answer_and_source(begin: Begin, language: str) -> None:
    talk = await begin(language)
    answer = await offered(talk, {"lv": "termiņš", "en": "deadline"}[language])
    card = answer.results[0]
    entry = KNOWLEDGE.entries["deadline"]
    assert card.title == entry.text("lv" if language == "lv" else "en").title
    assert card.message.text.startswith(card.title + "\n\n")
    assert card.description in " ".join(card.message.text.split())
    for part in ("2020", "📄", "🟢"):
        assert part in card.message.text
    ((more,),) = card.keyboard
    assert (await say(talk, f"/start {more.url.partition('=')[2]}")).text.startswith(card.description)


@BOTH
async def test_before_anything_is_typed_the_most_asked_is_offered(begin: Begin, language: str) -> None:
    answer = await offered(await begin(language), "  ")
    titles = [
        KNOWLEDGE.entries[name].text("lv" if language == "lv" else "en").title
        for name in KNOWLEDGE.most_asked
    ]
    assert [card.title for card in answer.results] == titles
    assert len(titles) == 10
    assert not any(NEAR in card.description for card in answer.results)


async def test_the_sure_answer_stands_first_and_the_rest_is_marked(begin: Begin) -> None:
    first, *rest = (await offered(await begin("lv"), "cik naudas var dabut")).results
    assert "450000 EUR" in figures(first.message.text)
    assert NEAR not in first.description
    assert rest
    assert all(card.description.startswith(NEAR) for card in rest)


@pytest.mark.parametrize("query", ["xyzzy", "laikapstākļi", "vai rīt līs lietus", "paldies", "123", "?"])
async def test_what_is_not_known_gets_no_card_and_a_way_to_the_private_chat(begin: Begin, query: str) -> None:
    answer = await offered(await begin("lv"), query)
    assert all(card.description.startswith(NEAR) for card in answer.results)
    assert answer.start_parameter
    assert answer.button_text


async def test_below_the_thresholds_every_card_is_marked(begin: Begin, services: Services) -> None:
    talk = await begin("lv")
    for query in ("nauda", "projekts", "vai var", "dokumenti", "skola"):
        kind = services.search.find(query).kind
        cards = (await offered(talk, query)).results
        sure = [card for card in cards if not card.description.startswith(NEAR)]
        assert len(sure) == (1 if kind in ("answer", "gap") else 0), query


async def test_the_way_to_the_private_chat_takes_the_question_along(begin: Begin) -> None:
    talk = await begin("lv")
    answer = await offered(talk, "cik naudas var dabūt?")
    assert answer.start_parameter == "ask_cik_naudas_var_dabut"
    assert "450000 EUR" in figures(await say(talk, f"/start {answer.start_parameter}"))


async def test_a_calculation_is_a_card_too(begin: Begin) -> None:
    card = (await offered(await begin("lv"), "850 km 4 cilvēki")).results[0]
    assert figures(card.title) == "1100 EUR 4 dalībniekiem"
    assert card.keyboard[0][0].url.endswith("?start=travel_850_4")


async def test_an_unfinished_word_finds_titles_that_hold_it(begin: Begin) -> None:
    titles = [card.title for card in (await offered(await begin("en"), "budg")).results]
    assert "Budget categories" in titles
    assert all(
        "termiņ" in card.title.casefold() for card in (await offered(await begin("lv"), "termiņ")).results[:2]
    )


async def test_the_askers_language_is_spoken_whatever_is_typed(begin: Begin) -> None:
    assert (await offered(await begin("lv"), "deadline")).results[0].title == "Pieteikšanās termiņš"
    english = await chosen(begin, "en")
    assert (await offered(english, "termiņš")).results[0].title == "Application deadline"
    latvian = await begin("en")
    await latvian.say("/language lv")
    assert (await offered(latvian, "deadline")).results[0].title == "Pieteikšanās termiņš"


async def test_a_query_is_answered_for_this_person_and_for_a_short_time(begin: Begin) -> None:
    answer = await offered(await begin("lv"), "termiņš")
    assert answer.is_personal
    assert answer.cache_time is not None
    assert 0 < answer.cache_time <= 60


async def test_a_query_is_neither_noted_nor_remembered(
    begin: Begin, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object, **__: object) -> None:
        raise AssertionError("something of a query was kept")

    talk = await begin("lv")
    for method in ("note_outcome", "keep_thread", "keep_card", "keep_reply", "keep_profile"):
        monkeypatch.setattr(services.store, method, never)
    for query in ("termiņš", "xyzzy", "850 km", "", "un augstskolām?"):
        await offered(talk, query)
    assert await services.store.thread(Who(1001, 1001)) is None


async def test_a_query_does_not_continue_the_private_talk(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "cik ilgi var būt projekts")
    assert "↪️" not in str((await offered(talk, "un augstskolām?")).results)
    assert "↪️" in (await say(talk, "un augstskolām?")).text


async def test_an_answer_that_comes_too_late_is_no_failure(
    begin: Begin, telegram: LocalTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    talk = await begin("lv")
    update = talk.person.asks_inline("termiņš")
    telegram.expire_queries()
    assert await talk.send(update) == []
    assert not caplog.records


@pytest.mark.parametrize(
    "query", ["a" * 256, "😀" * 128, "<b>", "&amp;", "\u202e", "{{ call }}", "@bot", "/start"]
)
async def test_whatever_is_typed_is_answered(begin: Begin, query: str) -> None:
    assert (await offered(await begin("lv"), query)).start_parameter


def test_every_entry_makes_a_card_that_can_be_posted() -> None:
    for language, name in product(("lv", "en"), KNOWLEDGE.entries):
        turn = worlds.turn("lv" if language == "lv" else "en")
        entry = KNOWLEDGE.entries[name]
        if not has_source(turn, entry):
            continue
        for sector in (None, "he"):
            card = inline._card(turn, entry, "he" if sector else None, near=True)
            assert 0 < utf16_length(parse(card.html).text) <= 4096
            assert 0 < utf16_length(card.description) <= inline.DESCRIPTION
            assert "<" not in card.description
            assert len(card.id.encode()) <= 64


def test_the_most_asked_are_entries_with_sources() -> None:
    turn = worlds.turn()
    assert all(has_source(turn, KNOWLEDGE.entries[name]) for name in KNOWLEDGE.most_asked)
