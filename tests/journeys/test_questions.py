"""Free questions: answers, "did you mean", the fallback, follow-ups, and several at once."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from bot.application import build_application
from bot.local.conversation import Conversation
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from handlers.context import Services
from knowledge.deciding import Candidate, Outcome, OutcomeKind
from knowledge.search import Search
from tests import worlds
from tests.conftest import Begin
from tests.journeys.screens import BOTH, chosen, figures, labels, press, pressable, say

QUESTIONS = [
    ("lv", "cik partneru vajag", "vismaz 3"),
    ("lv", "cik partneru vajag?", "vismaz 3"),
    ("lv", "CIK PARTNERU VAJAG", "vismaz 3"),
    ("lv", "cik naudas var dabūt", "450000 EUR"),
    ("lv", "cik naudas var dabut", "450000 EUR"),
    ("lv", "kāds ir pieteikšanās termiņš", "24. marts"),
    ("lv", "kads ir pieteiksanas termins", "24. marts"),
    ("lv", "projekta ilgums", "12–36"),
    ("lv", "cik ilgs var but projekts", "12–36"),
    ("lv", "kam zvanit", "Jana Meržvinska"),
    ("lv", "kas ir KA203", "augstākā izglītība"),
    ("lv", "dienas nauda skolotājam", "106 EUR"),
    ("lv", "cik maksas cels 850 km diviem skoleniem", "275 EUR × 2 = 550 EUR"),
    ("lv", "tiesa ka var dabut 900000?", "Nē, 900000 EUR ir vairāk"),
    ("en", "can we ask for half a million for 24 months", "300000 EUR"),
    ("lv", "vai privātpersona var pieteikties", "organizācij"),
    ("en", "how many partners are needed", "at least 3"),
    ("en", "what is the maximum grant", "450000 EUR"),
    ("en", "when is the deadline", "24 March 2020"),
    ("en", "how long can a project last", "12–36"),
    ("en", "whom to call", "Jana Meržvinska"),
    ("en", "can a private person apply", "organisation"),
    ("en", "how much is travel for 4 people 850 km", "275 EUR × 4 = 1100 EUR"),
    ("ru", "сколько партнёров нужно", "vismaz 3"),
    ("ru", "какая максимальная сумма гранта", "450000 EUR"),
]


@pytest.mark.parametrize(("code", "question", "fact"), QUESTIONS)
async def test_a_question_is_answered_with_source_and_buttons(
    begin: Begin, code: str, question: str, fact: str
) -> None:
    shown = await say(await begin(code), question)
    assert fact in figures(shown)
    assert "📄" in shown.text
    assert shown.buttons


async def test_every_button_under_an_answer_answers(begin: Begin) -> None:
    talk = await begin("lv")
    first = await say(talk, "cik partneru vajag")
    buttons = pressable(first)
    assert (len(buttons), buttons[-2:]) == (6, ["👍", "👎"])
    for number, label in enumerate(buttons[:-2], 1):
        shown = await press(talk, number, first.message_id)
        assert shown.kind == "new", label
        assert shown.text != first.text


class Doubting:
    """The real search, never sure of what it found."""

    def __init__(self, search: Search, kind: OutcomeKind) -> None:
        self._search, self._kind = search, kind

    def find(self, question: str) -> Outcome:
        """What the real search finds, as one of the kinds that are not sure."""
        return replace(self._search.find(question), kind=self._kind)

    def __getattr__(self, name: str) -> object:
        return getattr(self._search, name)


def doubting(services: Services, kind: OutcomeKind) -> Services:
    """The same services with a search that doubts."""
    return replace(services, search=cast(Search, Doubting(services.search, kind)))


@BOTH
async def test_did_you_mean_offers_topics_and_a_person_and_the_button_answers(
    services: Services, telegram: LocalTelegram, language: str
) -> None:
    application = build_application(doubting(services, "choices"), "1:local", local=telegram)
    async with application:
        talk = Conversation(application, Person(telegram, 7, language))
        asked = await say(talk, {"lv": "cik partneru vajag", "en": "how many partners are needed"}[language])
        assert asked.text == services.phrases.say("ask.did_you_mean", "lv" if language == "lv" else "en")
        assert 3 <= len(labels(asked)) <= 5
        assert "👤" in labels(asked)[-1]
        for label in labels(asked)[:-1]:
            shown = await press(talk, label, asked.message_id)
            assert "📄" in shown.text
        assert "KA201" in str(labels(await press(talk, "👤", asked.message_id)))


@BOTH
async def test_the_fallback_offers_what_is_near_and_a_person(
    services: Services, telegram: LocalTelegram, language: str
) -> None:
    application = build_application(doubting(services, "fallback"), "1:local", local=telegram)
    async with application:
        talk = Conversation(application, Person(telegram, 7, language))
        asked = await say(talk, {"lv": "cik partneru vajag", "en": "how many partners are needed"}[language])
        assert asked.text == services.phrases.say("ask.not_known_near", "lv" if language == "lv" else "en")
        assert len(labels(asked)) == 4
        assert "📄" in (await press(talk, 1, asked.message_id)).text


class Wavering:
    """The real search, torn between two entries whatever is asked."""

    def __init__(self, search: Search, first: str, second: str) -> None:
        self._search, self._two = search, (first, second)

    def find(self, question: str) -> Outcome:
        """Both entries, the first of the kind it is."""
        first, second = (Candidate(entry, 0.6, question, "lv") for entry in self._two)
        kind = worlds.knowledge().entries[first.entry].kind
        return Outcome(kind, (first, second), None, 0.7, second)

    def __getattr__(self, name: str) -> object:
        return getattr(self._search, name)


@BOTH
@pytest.mark.parametrize("first", ["start-dates", "outside-everyday"])
async def test_torn_between_two_entries_it_shows_both_and_a_button_to_the_second(
    services: Services, telegram: LocalTelegram, language: str, first: str
) -> None:
    torn = replace(services, search=cast(Search, Wavering(services.search, first, "duration")))
    application = build_application(torn, "1:local", local=telegram)
    async with application:
        talk = Conversation(application, Person(telegram, 7, language))
        await talk.say(f"/language {language}")
        shown = await say(talk, "kad un cik ilgi")
        known = services.knowledge.entries
        titles = [
            known[entry].text("lv" if language == "lv" else "en").title for entry in (first, "duration")
        ]
        assert 0 <= shown.text.index(titles[0]) < shown.text.index(titles[1])
        assert "12–36" in shown.text
        assert labels(shown)[0] == titles[1]
        assert "12–36" in (await press(talk, 1, shown.message_id)).text


@BOTH
async def test_torn_between_two_of_a_list_it_shows_the_whole_list_of_their_sector(
    services: Services, telegram: LocalTelegram, language: str
) -> None:
    torn = replace(services, search=cast(Search, Wavering(services.search, "v-work", "v-teachers")))
    application = build_application(torn, "1:local", local=telegram)
    async with application:
        talk = Conversation(application, Person(telegram, 7, language))
        await talk.say(f"/language {language}")
        shown = await say(talk, "kura prioritāte der mums")
        listed = services.knowledge.call.sector_priorities["vet"].items
        names = [each.lv if language == "lv" else each.en for each in listed]
        assert names
        assert [name for name in names if name not in shown.text] == []
        assert "KA203" not in shown.text


async def test_of_two_related_entries_that_stress_different_things_both_are_told(
    services: Services, telegram: LocalTelegram
) -> None:
    torn = replace(services, search=cast(Search, Wavering(services.search, "v-teachers", "h-educators")))
    application = build_application(torn, "1:local", local=telegram)
    async with application:
        shown = await say(Conversation(application, Person(telegram, 7, "lv")), "atbalsts pedagogiem")
        assert services.knowledge.entries["h-educators"].lv.title in shown.text


@BOTH
@pytest.mark.parametrize("question", ["👍", "???", "...", "qwrtzpsdfg", "https://example.com", "☕️ ☕️ ☕️"])
async def test_what_says_nothing_gets_the_honest_fallback(
    begin: Begin, services: Services, language: str, question: str
) -> None:
    talk = await chosen(begin, language)
    shown = await say(talk, question)
    assert "📄" not in shown.text
    assert "👤" in labels(shown)[-1]


@BOTH
@pytest.mark.parametrize(
    "text",
    ["<b>cik & partneru</b> vajag", "a" * 4096, "cik " * 1000, "\u202eвajag", "partneri\x00",
     "{{ call.year }}", "%s %d {0}", "'; DROP TABLE profiles;--", "İı ß ﬁ ① ٣ 𝟑", "/", "@",
     "e\u0301\u0301\u0301 " * 200, "#2"],
)  # fmt: skip
async def test_no_text_whatever_breaks_the_bot(begin: Begin, language: str, text: str) -> None:
    talk = await begin(language)
    shown = await say(talk, text)
    assert "salūza" not in shown.text
    assert "broke" not in shown.text
    assert await say(talk, "/help")


FOLLOWED = [
    ("lv", "kādas ir skolu prioritātes", "un augstākajai izglītībai?", "KA203"),
    ("lv", "kadas ir skolu prioritates", "un augstakajai izglitibai?", "KA203"),
    ("lv", "kādas ir skolu prioritātes", "bet pieaugušajiem?", "KA204"),
    ("lv", "kādas ir skolu prioritātes", "а для вузов?", "KA203"),
    ("lv", "kādas ir augstskolu prioritātes", "а для школ?", "KA201"),
    ("lv", "cik maksā ceļš 850 km", "cik tad četriem?", "275 EUR × 4 = 1100 EUR"),
    ("lv", "cik maksā ceļš 850 km", "cik tad cetriem?", "275 EUR × 4 = 1100 EUR"),
    ("lv", "cik maksā ceļš 850 km", "un četriem?", "275 EUR × 4 = 1100 EUR"),
    ("lv", "cik maksā ceļš 850 km četriem cilvēkiem", "un 2500 km?", "360 EUR × 4 = 1440 EUR"),
    ("en", "what are the priorities for schools", "and for adults?", "KA204"),
    ("en", "what are the priorities for schools", "what about universities?", "KA203"),
    ("en", "how much is travel for 850 km", "and for four people?", "275 EUR × 4 = 1100 EUR"),
    ("en", "how much is travel for 850 km", "how much then for 4?", "275 EUR × 4 = 1100 EUR"),
]


@pytest.mark.parametrize(("code", "first", "then", "fact"), FOLLOWED)
async def test_a_follow_up_goes_on_from_the_last_topic_and_names_it(
    begin: Begin, code: str, first: str, then: str, fact: str
) -> None:
    talk = await chosen(begin, code)
    await say(talk, first)
    shown = await say(talk, then)
    assert shown.text.startswith("↪️")
    assert fact in figures(shown)


@pytest.mark.parametrize(("code", "first", "then", "fact"), FOLLOWED)
async def test_without_a_last_topic_a_follow_up_is_a_question_like_any_other(
    begin: Begin, code: str, first: str, then: str, fact: str
) -> None:
    shown = await say(await chosen(begin, code), then)
    assert "↪️" not in shown.text
    assert shown.buttons


async def test_a_chain_of_follow_ups_keeps_what_was_said(begin: Begin) -> None:
    talk = await chosen(begin, "lv")
    await say(talk, "cik maksā ceļš 850 km")
    await say(talk, "un četriem?")
    assert "360 EUR × 4 = 1440 EUR" in figures(await say(talk, "un 2500 km?"))
    assert "360 EUR × 2 = 720 EUR" in figures(await say(talk, "bet diviem?"))


async def test_after_an_hour_nothing_is_continued(begin: Begin, clock: object) -> None:
    talk = await chosen(begin, "lv")
    await say(talk, "kādas ir skolu prioritātes")
    clock.passes(hours=1)  # type: ignore[attr-defined]
    assert "↪️" not in (await say(talk, "un augstākajai izglītībai?")).text


FRESH = [
    ("lv", "cik partneru vajag", "vismaz 3"),
    ("lv", "termiņš", "2020"),
    ("lv", "un cik partneru vajag?", "vismaz 3"),
    ("lv", "kas ir KA204", "pieaugušo izglītība"),
    ("lv", "kam zvanīt", "Jana Meržvinska"),
    ("en", "how many partners are needed", "at least 3"),
    ("en", "deadline", "2020"),
    ("en", "and when is the deadline?", "24 March 2020"),
    ("en", "whom to call", "Jana Meržvinska"),
]


@pytest.mark.parametrize(("code", "question", "fact"), FRESH)
async def test_a_fresh_question_is_not_taken_for_a_follow_up(
    begin: Begin, code: str, question: str, fact: str
) -> None:
    talk = await chosen(begin, code)
    await say(
        talk, {"lv": "cik maksā ceļš 850 km diviem", "en": "how much is travel for 2 people 850 km"}[code]
    )
    shown = await say(talk, question)
    assert "↪️" not in shown.text
    assert fact in figures(shown)


async def test_figures_that_the_last_topic_has_no_use_for_continue_nothing(begin: Begin) -> None:
    talk = await chosen(begin, "lv")
    await say(talk, "/deadline")
    assert "↪️" not in (await say(talk, "un 1200 km?")).text


SEVERAL = [
    ("lv", "cik partneru vajag? cik ilgs var būt projekts?", ("vismaz 3", "12–36")),
    ("lv", "Labdien! Cik partneru vajag? Cik naudas var dabūt? Kam zvanīt?",
     ("vismaz 3", "450000", "Meržvinska")),
    ("lv", "cik partneru vajag\nkam zvanīt", ("vismaz 3", "Meržvinska")),
    ("en", "how many partners are needed? how long can a project last?", ("at least 3", "12–36")),
    ("en", "How many partners are needed? What is the maximum grant? Whom to call?",
     ("at least 3", "450000", "Meržvinska")),
    ("lv", "kadas prioritates skolam un kad termins", ("KA201", "24. marts")),
    ("en", "how many partners and when is the deadline", ("at least 3", "24 March 2020")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "message", "facts"), SEVERAL)
async def test_several_questions_are_answered_one_after_another(
    begin: Begin, code: str, message: str, facts: tuple[str, ...]
) -> None:
    shown = await say(await begin(code), message)
    text = figures(shown)
    places = [text.index(fact) for fact in facts]
    assert places == sorted(places)
    assert text.count("➖➖➖") == len(facts) - 1
    assert text.count("🟢") == 1, "the state of the call is said once"
    assert shown.buttons


@BOTH
async def test_of_several_questions_each_gets_one_answer_even_where_it_may_mean_two_things(
    services: Services, telegram: LocalTelegram, language: str
) -> None:
    torn = replace(services, search=cast(Search, Wavering(services.search, "start-dates", "duration")))
    application = build_application(torn, "1:local", local=telegram)
    async with application:
        talk = Conversation(application, Person(telegram, 7, language))
        assert "❔" in (await say(talk, "Kad var sākt?")).text
        assert "❔" not in await _two_at_once(services, telegram, language)


async def _two_at_once(services: Services, telegram: LocalTelegram, language: str) -> str:
    """The reply to two questions whose first choices differ, both unsure."""

    class Alternating(Wavering):
        def find(self, question: str) -> Outcome:
            outcome = super().find(question)
            if "sāk" in question:
                return outcome
            first, second = reversed(outcome.candidates)
            return replace(outcome, candidates=(first, second), second=second)

    torn = replace(services, search=cast(Search, Alternating(services.search, "start-dates", "duration")))
    application = build_application(torn, "1:local", local=telegram)
    async with application:
        shown = await say(Conversation(application, Person(telegram, 8, language)), "Kad sākt? Cik ilgi?")
        assert "➖➖➖" in shown.text
        return shown.text


async def test_the_same_question_twice_is_answered_once(begin: Begin) -> None:
    shown = await say(await begin("lv"), "cik partneru vajag? cik partneru vajag?")
    assert "➖" not in shown.text


async def test_four_questions_get_three_answers_at_most(begin: Begin) -> None:
    shown = await say(
        await begin("lv"),
        "cik partneru vajag? cik naudas var dabūt? kam zvanīt? cik ilgs var būt projekts?",
    )
    assert shown.text.count("➖➖➖") == 2


@BOTH
async def test_a_year_that_is_not_known_is_never_answered_from_2020(begin: Begin, language: str) -> None:
    shown = await say(
        await begin(language),
        {"lv": "kāds ir pieteikšanās termiņš 2023. gadā", "en": "when is the deadline in 2023"}[language],
    )
    assert "24. mart" not in shown.text
    assert "24 March" not in shown.text


@pytest.mark.parametrize("word", ["no", "jā", "ja", "yes", "3", "850", "x"])
async def test_a_word_that_asks_nothing_gets_no_sure_answer(begin: Begin, word: str) -> None:
    shown = await say(await begin("lv"), word)
    assert "📄" not in shown.text


@pytest.mark.parametrize("question", ["850 km", "850 km 4", "skola", "aktivitātes", "aktivitates", "100"])
async def test_a_figure_or_a_latvian_word_alone_stays_in_latvian(begin: Begin, question: str) -> None:
    shown = await say(await begin("lv"), question)
    assert "🟢 2020. gada" in shown.text or "🟢" not in shown.text
    assert "presentation" not in shown.text
