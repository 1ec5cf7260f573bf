"""What is neither question nor command, buttons of another age, and what happens when something breaks."""

from __future__ import annotations

import re
from types import ModuleType
from typing import NoReturn

import pytest

from bot.local.conversation import Conversation, Shown
from bot.local.person import Person
from handlers import ask, check, contact, deadline, journey, lists, travel
from handlers.context import Services
from handlers.other import KINDS
from tests.conftest import Begin
from tests.journeys.screens import BOTH, figures, labels, only, press, say

KA201 = "KA201"


def sendings(person: Person) -> dict[str, object]:
    """An update of every kind that people send, by Telegram's name for it."""
    return {
        "sticker": person.sends_sticker(),
        "voice": person.sends_voice(),
        "photo": person.sends_photo(),
        "location": person.sends_location(),
        "contact": person.sends_contact(),
        "document": person.sends_document("plan.pdf", b"%PDF"),
        "video": person.sends({"video": {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1,
                                         "duration": 1}}),
        "dice": person.sends({"dice": {"emoji": "🎲", "value": 3}}),
        "poll": person.sends({"audio": {"file_id": "a", "file_unique_id": "a", "duration": 1}}),
        "video_note": person.sends({"video_note": {"file_id": "n", "file_unique_id": "n", "length": 1,
                                                   "duration": 1}}),
    }  # fmt: skip


@BOTH
async def test_every_kind_of_message_gets_a_reply_that_helps(
    begin: Begin, services: Services, language: str
) -> None:
    talk = await begin(language)
    spoken = "lv" if language == "lv" else "en"
    for kind, update in sendings(talk.person).items():
        shown = only(await talk.send(update))  # type: ignore[arg-type]
        key = f"other.{kind}" if kind in KINDS else "other.anything"
        assert shown.html == services.phrases.say(key, spoken), kind  # type: ignore[arg-type]
        assert KA201 in str(labels(await press(talk, "👤", shown.message_id)))


def test_every_kind_with_a_word_of_its_own_is_tried() -> None:
    assert {"sticker", "voice", "photo", "location", "contact", "document", "video"} == set(KINDS)


@BOTH
async def test_words_under_a_photo_or_a_file_are_a_question(begin: Begin, language: str) -> None:
    talk = await begin(language)
    question = {"lv": "cik partneru vajag", "en": "how many partners are needed"}[language]
    plain = await say(talk, question)
    under_photo = only(await talk.send(talk.person.sends_photo(question)))
    under_file = only(await talk.send(talk.person.sends_document("a.pdf", b"%PDF", caption=question)))
    assert plain.text == under_photo.text == under_file.text


@BOTH
async def test_a_forwarded_question_is_answered(begin: Begin, language: str) -> None:
    talk = await begin(language)
    shown = only(await talk.send(talk.person.forwards("cik partneru vajag")))
    assert "3" in shown.text
    assert "📄" in shown.text


@BOTH
async def test_an_edited_question_is_answered_as_it_stands_now(begin: Begin, language: str) -> None:
    talk = await begin(language)
    await say(talk, {"lv": "cik partneru vajag", "en": "how many partners are needed"}[language])
    shown = only(await talk.edit({"lv": "cik naudas var dabūt", "en": "what is the maximum grant"}[language]))
    assert "450000 EUR" in figures(shown)
    assert "450000 EUR" in figures(talk.screen()[-1])


async def test_a_text_may_be_edited_into_a_command_and_back(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "cik partneru vajag")
    assert "275 EUR" in figures(only(await talk.edit("/travel 850")))
    assert "vismaz 3" in only(await talk.edit("cik partneru vajag")).text


FORGED = [
    "", "x", "::", "t", "t1", "t1:lv", "t1:lv:850", "t1:lv:abc:1", "t1:lv:850:abc", "t1:lv:850:-5",
    "t1:lv:850:0", "t1:lv:850:99999", "t1:lv:0:1", "t1:lv:-5:1", "t1:lv:NaN:1", "t1:lv:sNaN:1",
    "t1:lv:Infinity:1", "t1:lv:1E+3:2", "t1:lv:1E+9999:2", "t1:lv:1E-40:1",
    "t1:lv:99.1E-1:2", "t1:lv:99." + "1" * 40 + ":998",
    "t1:lv:8_5_0:1_0", "t1:lv:850:1:2:3",
    "t1:lv:٨٥٠:٤", "t0:lv:850:1", "t2:lv:850:1", "t1:xx:850:1", "t1:ru:850:1",
    "e1:lv", "e1:lv::", "e1:lv:no-such-entry:", "e1:lv:deadline:nobody", "e1:lv:deadline:school:more",
    "e1:lv:../../etc/passwd:", "k1:lv", "k1:lv:", "k1:lv:boss", "k1:lv:who", "k1:lv:who:nobody",
    "k1:lv:school:x",
    "l1:lv", "l1:lv:z", "l1:lv:p:nobody", "l1:lv:f:", "l1:lv::school", "g1:xx", "g1", "g1:lv:more",
    "c1:lv", "c1:lv::", "c1:lv:0000:", "c1:lv:0000:rL", "c1:lv::rLsS", "c1:lv:::x", "c1:lv:::y", "c0:lv:x:y",
    "p1:lv", "p1:lv:nothing", "zz1:lv:1", "{}", "💥", "e1:lv:" + "a" * 50, "\n",
]  # fmt: skip


@pytest.mark.parametrize("data", FORGED)
async def test_a_forged_or_stale_button_is_taken_calmly(begin: Begin, services: Services, data: str) -> None:
    talk = await begin("lv")
    await say(talk, "/language")
    shown = await talk.press_data(data)
    assert not any("salūza" in each.text for each in shown)
    assert await say(talk, "/help")


@BOTH
@pytest.mark.parametrize("data", ["zz1:{}:1", "t0:{}:850:1", "e1:{}:no-such-entry:"])
async def test_a_stale_button_says_so_and_how_to_go_on(
    begin: Begin, services: Services, language: str, data: str
) -> None:
    talk = await begin(language)
    await say(talk, "/language")
    shown = only(await talk.press_data(data.format(language)))
    assert shown.html == services.phrases.say("other.stale", "lv" if language == "lv" else "en")
    assert "/help" in shown.text


@BOTH
async def test_a_card_of_older_rules_starts_anew_and_says_so(
    begin: Begin, services: Services, language: str
) -> None:
    talk = await begin(language)
    await say(talk, "/check")
    shown = only(await talk.press_data(f"c1:{language}:0000:rL"))
    assert "⚠️" in shown.text
    assert "1/11 " in shown.text


async def test_a_message_too_old_to_edit_gets_a_new_one(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/travel 850")
    update = talk.person.presses_data("t1:lv:850:2", inaccessible=True)
    shown = only(await talk.send(update))
    assert shown.kind == "new"
    assert figures(shown).startswith("550 EUR")


class Break(RuntimeError):
    """What breaks here on purpose."""


def broken(*_: object, **__: object) -> NoReturn:
    raise Break("Anna's secret plan")


def assert_apology(shown: Shown, services: Services) -> None:
    head = services.knowledge.call.contact(None)
    for fact in (head.name, head.email, head.phone):
        assert fact in shown.text
    assert re.search(r"\b[0-9a-f]{8}\b", shown.text), "a reference to quote"
    assert "secret" not in shown.text


async def healed(talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert "vismaz 3" in (await say(talk, "cik partneru vajag")).text


@BOTH
async def test_a_question_that_breaks_gets_an_apology_and_the_bot_goes_on(
    begin: Begin, services: Services, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    talk = await begin(language)
    monkeypatch.setattr(ask, "reply_to", broken)
    shown = await say(talk, "my secret plan")
    assert_apology(shown, services)
    assert {"lv": "Atvainojiet", "en": "I am sorry"}[language] in shown.text
    assert await say(talk, "/help")
    await healed(talk, monkeypatch)


BREAKABLE = [
    ("/travel 850", travel, "km_reply"),
    ("/deadline", deadline, "status"),
    ("/contact skola", contact, "contact_reply"),
    ("/priorities", lists, "list_reply"),
    ("/check", check, "read_prefill"),
]


@pytest.mark.parametrize(("message", "module", "name"), BREAKABLE)
async def test_a_command_that_breaks_gets_an_apology_and_the_bot_goes_on(
    begin: Begin,
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
    message: str,
    module: ModuleType,
    name: str,
) -> None:
    talk = await begin("lv")
    monkeypatch.setattr(module, name, broken)
    assert_apology(await say(talk, message), services)
    await healed(talk, monkeypatch)


async def test_a_button_that_breaks_stops_spinning_and_apologises(
    begin: Begin, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await begin("lv")
    await say(talk, "/travel 850")
    monkeypatch.setattr(journey, "trip_reply", broken)
    assert_apology(only(await talk.press("+")), services)
    monkeypatch.undo()
    assert figures(await press(talk, "+")).startswith("550 EUR")


async def test_a_broken_quiz_stays_usable(
    begin: Begin, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await begin("lv")
    card = await say(talk, "/check")
    monkeypatch.setattr(ask, "reply_to", broken)
    assert_apology(await say(talk, "kas ir programmas valstis?"), services)
    monkeypatch.undo()
    assert "2/11 " in (await press(talk, 1, card.message_id)).text
