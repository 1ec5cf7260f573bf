"""The whole bot: which handler takes what, and what happens when one fails."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.application import UPDATES, build_application
from bot.local.conversation import Conversation, Shown
from bot.local.person import Person, posts_in_channel
from bot.local.telegram import LocalTelegram
from bot.profile import register
from handlers import ask
from handlers.context import Profile, Services, Turn, Who
from handlers.reply import Reply
from knowledge.model import LANGUAGES
from tests.conftest import Begin, SetClock

ROOT = Path(__file__).parent.parent.parent


def texts(shown: list[Shown]) -> str:
    return "\n".join(each.text for each in shown)


@dataclass
class Broken:
    """A dialogue that fails with what a person wrote in its message."""

    async def text(self, turn: Turn, text: str) -> Reply:
        raise RuntimeError(f"cannot work out {text}")


async def test_a_known_command_and_an_unknown_one(latvian: Conversation, services: Services) -> None:
    assert "/check" in texts(await latvian.say("/help"))
    assert texts(await latvian.say("/nonsense 1")) == services.phrases.say("other.unknown_command", "lv")


async def test_everything_that_is_not_text_gets_a_reply(latvian: Conversation) -> None:
    person = latvian.person
    for update in (
        person.sends_sticker(),
        person.sends_voice(),
        person.sends_photo(),
        person.sends_location(),
        person.sends_contact(),
        person.sends_document("plan.pdf", b"%PDF"),
        person.sends({"dice": {"emoji": "🎲", "value": 3}}),
    ):
        (shown,) = await latvian.send(update)
        assert shown.text


async def test_words_under_a_picture_are_a_question(english: Conversation) -> None:
    asked = await english.send(english.person.sends_photo("how long can a project last"))
    assert texts(asked) == texts(await english.say("how long can a project last"))


async def test_an_edited_question_changes_its_reply(english: Conversation) -> None:
    (first,) = await english.say("/nonsense")
    await english.say("/deadline")
    (again,) = await english.edit("/help", english.person.chat.messages[1].message_id)
    assert (again.kind, again.message_id) == ("edited", first.message_id)
    assert first.text != again.text


async def test_an_edited_question_is_asked_again_where_its_reply_is_gone(
    english: Conversation, clock: SetClock
) -> None:
    (first,) = await english.say("/nonsense")
    clock.passes(hours=48)
    (again,) = await english.edit("/help")
    assert (again.kind, first.message_id != again.message_id) == ("new", True)


async def test_a_live_location_that_moves_is_not_answered_each_time(latvian: Conversation) -> None:
    update = latvian.person.sends_location()
    await latvian.send(update)
    message = update["message"]
    assert await latvian.send({"update_id": 99, "edited_message": message}) == []


async def test_what_telegram_notes_in_a_chat_is_no_question(latvian: Conversation) -> None:
    assert await latvian.send(latvian.person.sends({"new_chat_title": "KA2"})) == []


async def test_a_button_of_an_older_edition_is_refused_politely(
    latvian: Conversation, services: Services
) -> None:
    await latvian.say("/language")
    for data in ("zz1:lv:1", "t0:lv:850:1", "g"):
        assert texts(await latvian.press_data(data)) == services.phrases.say("other.stale", "lv")


async def test_the_chosen_language_stays(latvian: Conversation, services: Services) -> None:
    await latvian.say("/language")
    await latvian.press("English")
    person = latvian.person.chat.chat_id
    assert await services.store.profile(Who(person, person)) == Profile("en")
    assert "Latvian" in texts(await latvian.say("/start")) or "Latvia" in texts(await latvian.say("/start"))


async def test_blocking_and_unblocking_is_taken_quietly(latvian: Conversation) -> None:
    await latvian.send(latvian.person.blocks_bot())
    assert await latvian.send(latvian.person.unblocks_bot()) == []


async def test_a_channel_post_is_left_alone(latvian: Conversation, telegram: LocalTelegram) -> None:
    await latvian.send(posts_in_channel(telegram, -200, "/start"))
    assert telegram.calls_of("sendMessage") == []


async def test_in_a_group_only_who_means_the_bot_is_answered(
    latvian: Conversation, telegram: LocalTelegram
) -> None:
    group = Conversation(latvian.application, latvian.person.in_group(-300))
    assert await group.say("kas zina termiņu?") == []
    assert await group.say("/weather") == []
    assert await group.say("/weather@other_bot") == []
    assert await group.send(group.person.sends_sticker()) == []
    assert await group.say(f"/weather@{telegram.username}")
    (answer,) = await group.say("/deadline")
    assert answer.reply_to is not None
    (further,) = await group.send(group.person.writes("cik partneru vajag?", reply_to=answer.message_id))
    assert further.reply_to is not None


async def test_in_a_topic_the_answer_stays_in_the_topic(latvian: Conversation) -> None:
    forum = Conversation(latvian.application, latvian.person.in_group(-400, thread_id=7))
    (answer,) = await forum.say("/deadline")
    assert answer.thread_id == 7


async def test_a_failure_is_apologised_for_and_logged_without_what_was_said(
    services: Services,
    telegram: LocalTelegram,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(ask, "text", Broken().text)
    application = build_application(services, "1:local", local=telegram)
    async with application:
        anna = Conversation(application, Person(telegram, language_code="en"))
        (shown,) = await anna.say("my secret plan")
        reference = caplog.records[-1].getMessage().partition("reference ")[2][:8]
        assert len(reference) == 8
        assert reference in shown.text
        assert services.knowledge.call.contact(None).email in shown.text
        assert "RuntimeError" in caplog.text
        assert "secret" not in caplog.text
        assert "Anna" not in caplog.text
        assert await anna.say("/help"), "the bot goes on"


async def test_a_failing_button_still_stops_its_clock(
    services: Services, telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch, begin: Begin
) -> None:
    anna = await begin("lv")
    await anna.say("/travel 850")

    async def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(services.store, "card", broken)
    (shown,) = await anna.press("+")
    assert "KA2" not in shown.text
    assert telegram.unanswered() == []


async def test_the_menu_speaks_every_language(
    services: Services, telegram: LocalTelegram, latvian: Conversation
) -> None:
    await register(latvian.application.bot, services.phrases)
    for language in LANGUAGES:
        menu = telegram.profile.menu(language)
        assert [c.description for c in menu] == [
            services.phrases.say(f"command.{c.command}", language) for c in menu
        ]
    assert telegram.profile.menu("de") == telegram.profile.menu("lv")
    assert telegram.profile.texts["description", "en"] != telegram.profile.texts["description", ""]


def test_nothing_is_fetched_that_nobody_handles() -> None:
    assert set(UPDATES) == {"message", "edited_message", "callback_query", "inline_query", "my_chat_member"}


def test_nothing_here_can_send_a_keyboard_that_stays() -> None:
    """A keyboard under the input field stays until it is taken away: of those none is ever built."""
    sticking = re.compile(r"\b(ReplyKeyboardMarkup|ReplyKeyboardRemove|ForceReply|KeyboardButton)\b")
    for package in ("bot", "handlers"):
        for file in (ROOT / package).rglob("*.py"):
            assert not sticking.search(file.read_text(encoding="utf-8")), file
