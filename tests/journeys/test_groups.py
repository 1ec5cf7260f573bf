"""In a group: short, in the thread, and dialogues go on between two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product

import pytest
from telegram.constants import ChatType

from bot.local.conversation import Conversation, Shown
from bot.local.entities import utf16_length
from bot.local.person import Person, posts_in_channel
from bot.local.state import LocalChat
from bot.local.telegram import LocalTelegram
from handlers.answers import entry_html
from handlers.commands import COMMANDS, listed
from handlers.context import Profile, Services, Who
from tests import worlds
from tests.conftest import Begin, SetClock
from tests.journeys.screens import BOTH, figures, only, say

GROUP = -300
DIALOGUES = [command.name for command in COMMANDS if command.opens]


@dataclass(frozen=True)
class Group:
    """Anna and Bert in one group with the bot."""

    anna: Conversation
    bert: Conversation
    private: Conversation


@pytest.fixture
async def group(begin: Begin) -> Group:
    private, other = await begin("lv"), await begin("en")
    return Group(
        Conversation(private.application, private.person.in_group(GROUP)),
        Conversation(other.application, other.person.in_group(GROUP)),
        private,
    )


def links(shown: Shown) -> list[str]:
    """Payloads of the links below a message, which has no other buttons."""
    assert all(button.url.startswith("https://t.me/ka2_local_bot?start=") for button in shown.flat_buttons)
    return [button.url.partition("=")[2] for button in shown.flat_buttons]


@pytest.mark.parametrize("name", [c.name for c in COMMANDS if c.scopes != ("admin",)])
async def test_every_command_answers_the_one_who_gave_it_and_only_with_links(group: Group, name: str) -> None:
    shown = await say(group.anna, f"/{name}")
    assert shown.kind == "new"
    assert shown.reply_to is not None
    links(shown)


@BOTH
async def test_an_answer_is_short_and_goes_on_in_private(begin: Begin, language: str) -> None:
    private = await begin(language)
    group = Conversation(private.application, private.person.in_group(GROUP))
    short = await say(group, "/priorities KA201")
    whole = await say(private, "/priorities KA201")
    assert short.text.splitlines()[0] == whole.text.splitlines()[0]
    assert "📄" in short.text
    (payload,) = links(short)
    assert payload == "priorities_KA201"
    assert (await say(private, f"/start {payload}")).text == whole.text


def test_no_answer_is_longer_in_a_group_and_most_are_shorter() -> None:
    lengths = []
    for turn, entry in product((worlds.turn("lv"), worlds.turn("en")), worlds.knowledge().entries.values()):
        short = utf16_length(entry_html(replace(turn, in_group=True), entry, None))
        whole = utf16_length(entry_html(turn, entry, None))
        assert short <= whole
        lengths.append(short)
    assert sorted(lengths)[len(lengths) // 2] < 450


@BOTH
async def test_the_deadline_names_its_extension_even_where_it_is_short(begin: Begin, language: str) -> None:
    talk = await begin(language)
    answer = await talk.inline({"lv": "termiņš", "en": "deadline"}[language])
    assert answer is not None
    assert {"lv": "23. aprīlim", "en": "23 April"}[language] in answer.results[0].message.text


async def test_a_calculation_is_told_whole_and_stepped_in_private(group: Group) -> None:
    shown = await say(group.anna, "/travel 850 4")
    assert "1100 EUR" in figures(shown)
    assert links(shown) == ["travel_850_4"]


@pytest.mark.parametrize("name", DIALOGUES)
async def test_a_dialogue_opens_in_private_with_what_was_typed(
    group: Group, services: Services, name: str
) -> None:
    shown = await say(group.anna, f"/{name} KA203")
    assert shown.html == services.phrases.say("group.between_us", "lv")
    assert links(shown) == [f"{name}_KA203"]
    assert await services.store.card(Who(GROUP, group.anna.person.user["id"])) is None  # type: ignore[arg-type]


def test_the_quiz_is_a_dialogue() -> None:
    assert "check" in DIALOGUES


async def test_an_answer_to_the_bot_is_answered_and_other_talk_is_not(group: Group) -> None:
    first = await say(group.anna, "/deadline")
    assert await group.bert.say("cik partneru vajag?") == []
    update = group.bert.person.writes("how many partners are needed?", reply_to=first.message_id)
    shown = only(await group.bert.send(update))
    assert "3" in shown.text
    assert shown.reply_to == update["message"]["message_id"]  # type: ignore[index]


async def test_a_question_that_is_not_clear_offers_topics_as_links(group: Group) -> None:
    first = await say(group.anna, "/deadline")
    for question in ("kas ir xyzzy", "nauda"):
        shown = only(await group.anna.send(group.anna.person.writes(question, reply_to=first.message_id)))
        assert len(links(shown)) <= 4


async def test_a_choice_is_offered_as_links(group: Group) -> None:
    assert links(await say(group.anna, "/contact")) == [
        "contact_school", "contact_vet", "contact_he", "contact_adult",
    ]  # fmt: skip
    assert links(await say(group.anna, "/travel")) == ["travel_50_1", "travel_300_1", "travel_850_1"]
    assert links(await say(group.anna, "/help"))[0] == "q_deadline"


async def test_small_talk_leads_nowhere(group: Group) -> None:
    first = await say(group.anna, "/deadline")
    thanked = only(await group.anna.send(group.anna.person.writes("paldies", reply_to=first.message_id)))
    assert thanked.text
    assert links(thanked) == []


async def test_a_sticker_in_answer_is_left_alone_and_in_private_it_is_not(group: Group) -> None:
    await say(group.anna, "/deadline")
    sticker = group.anna.person.sends_sticker()
    sticker["message"]["reply_to_message"] = group.anna.person.chat.messages[2].to_dict()  # type: ignore[index]
    assert await group.anna.send(sticker) == []
    assert await group.private.send(group.private.person.sends_sticker())


async def test_whoever_presses_a_button_in_a_group_is_taken_to_the_private_chat(
    group: Group, telegram: LocalTelegram
) -> None:
    shown = await say(group.anna, "/deadline")
    for data in ("t1:lv:850:3", "e1:lv:grant-ceiling:", "k1:lv:he", "c1:lv:x:y", "g1:en", "zz"):
        assert await group.bert.press_data(data, shown.message_id) == []
    assert [each.partition("=")[2] for each in telegram.opened] == [
        "travel_850_3", "q_grant-ceiling", "contact_he", "check", "start", "start",
    ]  # fmt: skip
    assert telegram.chats[GROUP].messages[shown.message_id or 0].text == shown.text


async def test_a_press_that_belongs_to_no_chat_leads_to_the_private_one(
    group: Group, telegram: LocalTelegram
) -> None:
    await say(group.private, "/deadline")
    update = group.private.person.presses_data("e1:lv:deadline:")
    press = update["callback_query"]
    assert isinstance(press, dict)
    del press["message"]
    assert await group.private.send(update | {"callback_query": press | {"inline_message_id": "1"}}) == []
    assert telegram.opened == ["https://t.me/ka2_local_bot?start=q_deadline"]


async def test_in_a_topic_everything_stays_in_it(begin: Begin) -> None:
    private = await begin("lv")
    forum = Conversation(private.application, private.person.in_group(-400, thread_id=7))
    first = await say(forum, "/travel 850")
    assert first.thread_id == 7
    again = only(await forum.edit("/travel 300"))
    assert (again.kind, again.thread_id, again.message_id) == ("edited", 7, first.message_id)


@pytest.mark.parametrize("where", ["group", "private"])
async def test_an_edited_question_changes_its_answer_and_survives_a_deleted_one(
    group: Group, telegram: LocalTelegram, where: str
) -> None:
    talk = group.anna if where == "group" else group.private
    first = await say(talk, "/travel 850")
    second = only(await talk.edit("/travel 850 2"))
    assert (second.kind, second.message_id) == ("edited", first.message_id)
    assert "550 EUR" in figures(second)
    del talk.person.chat.messages[first.message_id or 0]
    third = only(await talk.edit("/travel 850 3"))
    assert third.kind == "new"
    assert "825 EUR" in figures(third)
    fourth = only(await talk.edit("/travel 850 4"))
    assert (fourth.kind, fourth.message_id) == ("edited", third.message_id)


async def test_after_48_hours_an_edited_question_is_asked_again(group: Group, clock: SetClock) -> None:
    await say(group.anna, "/travel 850")
    clock.passes(hours=47)
    assert only(await group.anna.edit("/travel 850 2")).kind == "edited"
    clock.passes(hours=49)
    assert only(await group.anna.edit("/travel 850 3")).kind == "new"


async def test_a_question_deleted_meanwhile_is_answered_all_the_same(group: Group) -> None:
    update = group.anna.person.writes("/deadline")
    del group.anna.person.chat.messages[update["message"]["message_id"]]  # type: ignore[index]
    assert only(await group.anna.send(update)).text


async def test_the_language_chosen_in_private_holds_in_groups(group: Group, services: Services) -> None:
    await say(group.private, "/language en")
    assert "EUR for" in (await say(group.anna, "/travel 850")).text
    assert await services.store.profile(Who(GROUP, 1001)) == Profile()


async def test_help_in_a_group_names_the_groups_commands(group: Group) -> None:
    lines = (await say(group.anna, "/help")).text.splitlines()
    assert [line.split()[0][1:] for line in lines if line.startswith("/")] == [
        c.name for c in listed("group")
    ]


async def test_brought_in_by_a_link_the_bot_says_how_to_use_it(group: Group) -> None:
    shown = await say(group.anna, "/start@ka2_local_bot true")
    assert "/help" in shown.text
    assert "KA2" in shown.text
    assert links(shown) == ["start"]


async def test_who_throws_the_bot_out_of_a_group_keeps_what_was_chosen(
    group: Group, services: Services
) -> None:
    await say(group.private, "/language en")
    await group.anna.send(group.anna.person.adds_bot())
    banned = group.anna.person.removes_bot()
    banned["my_chat_member"]["new_chat_member"] = {  # type: ignore[index]
        "status": "kicked", "user": services_bot(group), "until_date": 0,
    }  # fmt: skip
    assert await group.anna.send(banned) == []
    assert await services.store.profile(Who(1001, 1001)) == Profile("en")


def services_bot(group: Group) -> object:
    return group.anna.person.state.bot


@pytest.mark.parametrize(
    "said", ["Bad Request: not enough rights to send text messages to the chat", "Bad Request: TOPIC_CLOSED"]
)
async def test_where_the_bot_may_not_write_it_is_silent(
    group: Group, telegram: LocalTelegram, caplog: pytest.LogCaptureFixture, said: str
) -> None:
    telegram.fail_next("sendMessage", 400, said)
    assert await group.anna.say("/deadline") == []
    assert len(telegram.calls_of("sendMessage")) == 1, "no apology either"
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_channel_is_left_alone(group: Group, telegram: LocalTelegram) -> None:
    telegram.calls.clear()
    channel = telegram.state.opened(LocalChat(-500, ChatType.CHANNEL, "Channel"))
    there = Conversation(group.anna.application, Person(telegram, 1001, chat=channel))
    await there.send(there.person.adds_bot())
    await there.send(posts_in_channel(telegram, -500, "/deadline"))
    assert telegram.calls == []


async def test_a_card_that_somebody_posts_is_no_question(group: Group) -> None:
    answer = await group.private.inline("termiņš")
    assert answer is not None
    card = answer.results[0]
    for talk in (group.anna, group.private):
        assert await talk.send(talk.person.takes(card)) == []
