"""/check as a conversation on Telegram: buttons, typed answers, questions in between, the result."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.local.conversation import Conversation, Shown
from handlers.context import Services
from tests.conftest import Begin, SetClock
from tests.journeys.screens import BOTH, OPEN_WORDS, figures, is_check, labels, only, press, say, who
from tests.worlds import CLOSED

GOOD = {
    "lv": ("Organizācija Latvijā", "KA201", "Inovāciju", "3", "3", "24", "oktobris", "Jā", "Horizontālu",
           "Nē", "Tikai"),
    "en": ("An organisation in Latvia", "KA201", "Supporting", "3", "3", "24", "October", "Yes",
           "A horizontal", "No,", "Only"),
}  # fmt: skip
UNKNOWN = {
    "lv": ("Organizācija Latvijā", "Vairāki sektori", "Vēl nav", "Vēl nav", "Vēl nav", "Vēl nav", "Vēl nav",
           "Budžets", "Vēl nav", "Vēl nav", "Vēl nav"),
    "en": ("An organisation in Latvia", "Several", "Not decided", "Not known", "Not known", "Not decided",
           "Not decided", "The budget", "Not chosen", "Not known", "Not known"),
}  # fmt: skip
TYPED = {
    "lv": ("Latvija", "skola", "inovacijas", "tris", "3 valstis", "24 mēneši", "oktobri", "200 000 EUR",
           "nozares", "ne", "partneru valstis"),
    "en": ("in Latvia", "school", "innovation", "three", "3 countries", "2 years", "1 October", "€200,000",
           "sectoral", "no", "own"),
}  # fmt: skip
BACK = {"lv": "Atpakaļ", "en": "Back"}
RESTART = {"lv": "No sākuma", "en": "Start again"}
CANCEL = {"lv": "Pārtraukt", "en": "Cancel"}
STEPS = 11


async def walk(talk: Conversation, presses: tuple[str, ...], first: str = "/check") -> Shown:
    """The card after the presses, all in the one message that the command opened."""
    shown = await say(talk, first)
    opened = shown.message_id
    for label in presses:
        shown = await press(talk, starting(shown, label), opened)
        assert (shown.edited, shown.message_id) == (True, opened)
    return shown


def starting(shown: Shown, label: str) -> int:
    """The number of the one button that begins so, or has the words in it."""
    found = [n for n, each in enumerate(labels(shown), 1) if each == label]
    found = found or [n for n, each in enumerate(labels(shown), 1) if each.startswith(label)]
    found = found or [n for n, each in enumerate(labels(shown), 1) if label in each]
    assert len(found) == 1, (label, labels(shown))
    return found[0]


def answers(shown: Shown, language: str) -> list[str]:
    """Labels that answer the question, without those that steer."""
    steer = (BACK[language], RESTART[language], CANCEL[language])
    return [label for label in labels(shown) if not any(word in label for word in steer)]


@BOTH
async def test_the_whole_quiz_by_buttons_ends_with_a_person_and_the_deadlines_state(
    begin: Begin, language: str
) -> None:
    talk = await begin(language)
    shown = await walk(talk, GOOD[language])
    assert f"✅ {STEPS}" in shown.text
    assert "❌" not in shown.text
    assert "❓" not in shown.text
    for fact in ("Evita Zondaka", "evita.zondaka@viaa.gov.lv", "67785421", "🟢"):
        assert fact in shown.text
    assert {"lv": "varat pieteikties", "en": "you can apply"}[language] in shown.text
    contact = await press(talk, "👤", shown.message_id)
    assert "Evita Zondaka" in contact.text
    deadline = await press(talk, "🗓", shown.message_id)
    assert "12" in deadline.text
    assert len([each for each in talk.screen() if "✅" in each.text]) == 1


@BOTH
async def test_progress_counts_every_step(begin: Begin, language: str) -> None:
    talk = await begin(language)
    shown = await say(talk, "/check")
    for place, label in enumerate(GOOD[language], 1):
        assert f"{place}/{STEPS} " in shown.text
        assert shown.text.count("▰") == place
        assert shown.text.count("▱") == STEPS - place
        shown = await press(talk, starting(shown, label))


@BOTH
async def test_every_option_of_every_step_leads_on_and_back_again(begin: Begin, language: str) -> None:
    talk = await begin(language)
    card = await say(talk, "/check")
    pressed = 0
    for label in GOOD[language]:
        options = answers(card, language)
        assert len(options) >= 2
        for option in options:
            after = await press(talk, starting(card, option), card.message_id)
            assert after.edited
            assert after.text != card.text
            assert is_check(after)
            back = await press(talk, BACK[language], card.message_id)
            assert labels(back) == labels(card), option
            pressed += 1
        card = await press(talk, starting(card, label), card.message_id)
    assert pressed > 4 * STEPS


@BOTH
async def test_every_option_of_every_step_ends_in_a_result(begin: Begin, language: str) -> None:
    talk = await begin(language)
    # every second step in each language: tests/handlers reads the results' texts in both
    for step in range(0 if language == "lv" else 1, STEPS, 2):
        card = await walk(talk, GOOD[language][:step])
        for option in answers(card, language):
            shown = only(await talk.press_data(card.flat_buttons[starting(card, option) - 1].data))
            for label in GOOD[language][step + 1 :]:
                if "👤" in str(labels(shown)):
                    break
                there = [each for each in labels(shown) if each.startswith(label) or label in each]
                shown = await press(talk, starting(shown, there[0] if there else answers(shown, language)[0]))
            assert "👤" in str(labels(shown)), (step, option)
            assert sum(shown.text.count(sign) for sign in ("✅", "❌", "❓")) >= 1
            assert "None" not in shown.text


@BOTH
async def test_all_unknown_is_all_unclear_and_names_whom_to_ask(begin: Begin, language: str) -> None:
    shown = await walk(await begin(language), UNKNOWN[language])
    assert f"❓ {STEPS - 1}" in shown.text
    assert "❌" not in shown.text
    assert "Jana Meržvinska" in shown.text, "without a sector the head of unit"


@BOTH
@pytest.mark.parametrize(
    ("sector", "person"),
    [
        ("KA201", "Evita Zondaka"),
        ("KA202", "Atvars Saušs"),
        ("KA203", "Atvars Saušs"),
        ("KA204", "Inese Rimšāne"),
    ],
)
async def test_the_result_names_the_person_of_the_sector(
    begin: Begin, language: str, sector: str, person: str
) -> None:
    shown = await walk(await begin(language), (GOOD[language][0], sector, *GOOD[language][2:]))
    assert person in shown.text


@BOTH
async def test_youth_is_sent_to_its_own_agency_at_once(begin: Begin, language: str) -> None:
    talk = await begin(language)
    shown = await walk(talk, (GOOD[language][0], "KA205"))
    assert "JSPA" in shown.text
    assert "viaa.gov.lv" not in shown.plain
    assert not OPEN_WORDS.search(shown.text), "the state of our call says nothing of theirs"
    assert "JSPA" in (await press(talk, "👤", shown.message_id)).text


@BOTH
@pytest.mark.parametrize("option", [3, 4])
async def test_who_cannot_apply_hears_it_after_one_question(begin: Begin, language: str, option: int) -> None:
    talk = await begin(language)
    first = await say(talk, "/check")
    shown = await press(talk, option, first.message_id)
    assert "❌ 1" in shown.text
    assert "➡️" in shown.text
    entry = labels(shown)[2]
    assert "📄" in (await press(talk, entry, shown.message_id)).text


@BOTH
async def test_an_applicant_abroad_gets_no_latvian_contact(begin: Begin, language: str) -> None:
    abroad = {"lv": "Organizācija citā", "en": "An organisation in another"}[language]
    shown = await walk(await begin(language), (abroad, *GOOD[language][1:]))
    assert "viaa.gov.lv" not in shown.plain
    assert "❌ 1" in shown.text, "VIAA is not the agency to apply to"


@BOTH
async def test_limits_of_higher_education_are_its_own(begin: Begin, language: str) -> None:
    talk = await begin(language)
    card = await walk(talk, (GOOD[language][0], "KA203", GOOD[language][2], "3", "3"))
    offered = [label for label in answers(card, language) if label.isdigit()]
    assert offered == ["24", "30", "36"]
    shown = await walk(talk, (GOOD[language][0], "KA203", {"lv": "Labas", "en": "Exchange"}[language],
                              *GOOD[language][3:]))  # fmt: skip
    assert "❌ 1" in shown.text
    assert "➡️" in shown.text


@BOTH
async def test_the_sum_is_a_question_that_is_computed(begin: Begin, language: str) -> None:
    talk = await begin(language)
    card = await walk(talk, GOOD[language][:7])
    assert "12500 × 24 = 300000 EUR" in figures(card)
    over = await say(talk, "300 001")
    assert "300001 EUR" in figures(over)
    shown = over
    for label in GOOD[language][8:]:
        shown = await press(talk, starting(shown, label), card.message_id)
    assert "❌ 1" in shown.text
    assert "300000 EUR" in figures(shown)


@BOTH
async def test_restart_begins_anew_and_cancel_ends(begin: Begin, language: str) -> None:
    talk = await begin(language)
    card = await walk(talk, GOOD[language][:4])
    again = await press(talk, RESTART[language], card.message_id)
    assert f"1/{STEPS} " in again.text
    assert "KA201" not in again.text
    ended = await press(talk, CANCEL[language], card.message_id)
    assert ended.message_id == card.message_id
    assert len(labels(ended)) == 1
    assert not is_check(await say(talk, {"lv": "skola", "en": "school"}[language])), "no card is open now"
    reopened = await press(talk, 1, card.message_id)
    assert f"1/{STEPS} " in reopened.text


@BOTH
async def test_the_whole_quiz_by_typing(begin: Begin, language: str) -> None:
    talk = await begin(language)
    card = await say(talk, "/check")
    shown = card
    for text in TYPED[language]:
        shown = await say(talk, text)
        assert (shown.edited, shown.message_id) == (True, card.message_id), text
    assert f"✅ {STEPS}" in shown.text
    assert "200000 EUR" in figures(shown)


@BOTH
async def test_a_question_in_the_middle_is_answered_and_the_quiz_goes_on(begin: Begin, language: str) -> None:
    talk = await begin(language)
    card = await walk(talk, GOOD[language][:3])
    question = {"lv": "cik naudas var dabut projektam?", "en": "what is the maximum grant?"}[language]
    answered = await say(talk, question)
    assert answered.kind == "new"
    assert "12500 EUR" in figures(answered)
    typed = await say(talk, "3")
    assert (typed.edited, typed.message_id) == (True, card.message_id)
    assert f"5/{STEPS} " in typed.text
    related = await press(talk, 1, answered.message_id)
    assert related.kind == "new"
    pressed = await press(talk, starting(typed, "3"), card.message_id)
    assert f"6/{STEPS} " in pressed.text
    assert (await say(talk, "24")).message_id == card.message_id


@BOTH
@pytest.mark.parametrize("command", ["/travel 850", "/deadline", "/help", "/priorities"])
async def test_a_command_in_the_middle_leaves_the_quiz_open(
    begin: Begin, language: str, command: str
) -> None:
    talk = await begin(language)
    card = await walk(talk, GOOD[language][:3])
    assert not is_check(await say(talk, command))
    shown = await say(talk, "3")
    assert (shown.message_id, shown.edited) == (card.message_id, True)


@BOTH
@pytest.mark.parametrize("typed", ["0", "100", "-3", "2,5", "999999999"])
async def test_a_figure_beyond_reason_gets_a_word_and_the_question_stays(
    begin: Begin, language: str, typed: str
) -> None:
    talk = await begin(language)
    card = await walk(talk, GOOD[language][:3])
    shown = await say(talk, typed)
    assert (shown.edited, shown.message_id) == (True, card.message_id)
    assert "⚠️" in shown.text
    assert f"4/{STEPS} " in shown.text


async def test_the_same_mistake_twice_still_gets_an_answer(begin: Begin) -> None:
    talk = await begin("lv")
    await walk(talk, GOOD["lv"][:3])
    await talk.say("0")
    await talk.say("0")
    assert (await say(talk, "3")).edited


PREFILLED = [
    ("lv", "KA203 18 mēneši 3 partneri 3 valstis"),
    ("lv", "ka203 18 menesi 3 partneri 3 valstis"),
    ("en", "KA203 18 months 3 partners 3 countries"),
]


@pytest.mark.parametrize(("language", "line"), PREFILLED)
async def test_a_line_goes_straight_to_what_is_missing(begin: Begin, language: str, line: str) -> None:
    missing = (GOOD[language][0], GOOD[language][2], GOOD[language][6])
    talk = await begin(language)
    shown = await say(talk, f"/check {line}")
    assert "KA203" in shown.text
    places = [shown.text.split(f"/{STEPS}")[0].split()[-1]]
    for label in missing:
        shown = await press(talk, starting(shown, label))
        places.append(shown.text.split(f"/{STEPS}")[0].split()[-1])
    assert places == ["1", "3", "7", "8"]
    for label in GOOD[language][7:]:
        shown = await press(talk, starting(shown, label))
    assert "❌ 1" in shown.text, "18 months are too short for higher education"
    assert "24" in shown.text


@BOTH
@pytest.mark.parametrize("words", ["asdf", "👍 ?", "<b>&", "3", "KA229 1000 partneri"])
async def test_a_line_that_says_nothing_opens_the_first_question(
    begin: Begin, language: str, words: str
) -> None:
    assert f"1/{STEPS} " in (await say(await begin(language), f"/check {words}")).text


@BOTH
async def test_the_source_of_a_hint_stands_each_time_the_card_is_shown(begin: Begin, language: str) -> None:
    talk = await begin(language)
    first, second = await say(talk, "/check"), await say(talk, "/check")
    assert "📄" in first.text
    assert first.text == second.text


async def test_a_closed_call_is_never_called_open(begin: Begin, clock: SetClock) -> None:
    clock.now = CLOSED
    for language, good in GOOD.items():
        shown = await walk(await begin(language), good)
        assert "🔴" in shown.text
        assert f"✅ {STEPS}" in shown.text
        assert not OPEN_WORDS.search(shown.text)


async def test_the_quiz_outlives_a_restart_and_half_an_hour(
    begin: Begin, clock: SetClock, services: Services
) -> None:
    talk = await begin("lv")
    card = await walk(talk, GOOD["lv"][:3])
    await services.store.keep_card(who(talk), None)
    clock.now += timedelta(hours=5)
    shown = await press(talk, starting(card, "3"), card.message_id)
    assert f"5/{STEPS} " in shown.text
    assert (await say(talk, "3")).message_id == card.message_id, "it is the open card again"


async def test_after_half_an_hour_a_bare_word_is_a_question_again(begin: Begin, clock: SetClock) -> None:
    talk = await begin("lv")
    await walk(talk, GOOD["lv"][:1])
    clock.passes(minutes=31)
    assert not is_check(await say(talk, "augstskola"))


async def test_two_quizzes_keep_apart(begin: Begin) -> None:
    talk = await begin("lv")
    old = await walk(talk, GOOD["lv"][:2])
    new = await say(talk, "/check")
    shown = await press(talk, starting(old, "Inovāciju"), old.message_id)
    assert shown.message_id == old.message_id
    typed = await say(talk, "3")
    assert typed.message_id == old.message_id, "the card used last is the open one"
    assert f"2/{STEPS} " in (await press(talk, 1, new.message_id)).text


async def test_the_language_may_change_in_the_middle(begin: Begin) -> None:
    talk = await begin("lv")
    card = await walk(talk, GOOD["lv"][:3])
    await say(talk, "/language en")
    shown = await press(talk, starting(card, "3"), card.message_id)
    assert "How many different programme countries" in shown.text
