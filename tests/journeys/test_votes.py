"""👍 and 👎 under an answer: thanked for once, kept without the person, in the way of nothing else."""

from dataclasses import replace

import pytest

from bot.application import build_application
from bot.local.conversation import Conversation, Shown
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.memory import MemoryStore
from handlers.context import Services
from handlers.counts import Counted, Voted
from handlers.votes import REASONS
from knowledge.model import Language
from tests.conftest import Begin
from tests.journeys.screens import BOTH, labels, only, press, say

QUESTION = {"lv": "cik partneru vajag", "en": "how many partners do we need"}
VOTES = ["👍", "👎"]


def toast(shown: list[Shown]) -> str:
    (found,) = [each.text for each in shown if each.toast]
    return found


def text(services: Services, language: str, key: str) -> str:
    spoken: Language = "en" if language == "en" else "lv"
    return services.phrases.say(key, spoken)


async def counted(services: Services) -> Counted:
    found = await services.store.counted(30)
    assert found is not None
    return found


async def votes(services: Services) -> list[Voted | None]:
    return [count.voted for count in (await counted(services)).counts]


@BOTH
async def test_a_vote_up_is_thanked_for_and_only_the_vote_buttons_go(
    begin: Begin, services: Services, language: str
) -> None:
    talk = await begin(language)
    answer = await say(talk, QUESTION[language])
    assert labels(answer)[-2:] == VOTES
    shown = await talk.press("👍")
    assert toast(shown) == text(services, language, "vote.thanks")
    after = only(shown)
    assert (after.kind, after.message_id, after.text) == ("edited", answer.message_id, answer.text)
    assert after.entities == answer.entities
    assert labels(after) == labels(answer)[:-2]
    assert await votes(services) == [Voted("up")]


@BOTH
@pytest.mark.parametrize("reason", [reason for row in REASONS for reason in row])
async def test_a_vote_down_asks_why_and_counts_with_or_without_an_answer(
    begin: Begin, services: Services, language: str, reason: str
) -> None:
    talk = await begin(language)
    answer = await say(talk, QUESTION[language])
    shown = await talk.press("👎")
    assert toast(shown) == text(services, language, "vote.why")
    asked = only(shown)
    assert labels(asked)[:-4] == labels(answer)[:-2]
    assert await votes(services) == [Voted("down")]
    shown = await talk.press(text(services, language, f"vote.{reason}"), answer.message_id)
    assert toast(shown) == text(services, language, "vote.thanks")
    assert labels(only(shown)) == labels(answer)[:-2]
    (voted,) = await votes(services)
    assert voted is not None
    assert (voted.vote, voted.reason) == ("down", reason)


async def test_a_button_beside_the_votes_works_while_they_stand_and_after(latvian: Conversation) -> None:
    answer = await say(latvian, QUESTION["lv"])
    before = await press(latvian, 1, answer.message_id)
    await latvian.press("👎", answer.message_id)
    assert (await press(latvian, 1, answer.message_id)).text == before.text
    await latvian.press("👎 Nepareiza", answer.message_id)
    assert (await press(latvian, 1, answer.message_id)).text == before.text


async def test_a_second_tap_and_a_second_thought_count_nothing(
    latvian: Conversation, services: Services
) -> None:
    answer = await say(latvian, QUESTION["lv"])
    up, down = (button.data for button in answer.flat_buttons[-2:])
    first = await latvian.press_data(down, answer.message_id)
    again = await latvian.press_data(down, answer.message_id)
    assert toast(first) == toast(again)
    assert labels(latvian.screen()[-1])[-4:] == labels(only(first))[-4:], "the reasons stay"
    await latvian.press_data(up, answer.message_id)
    assert await votes(services) == [Voted("down")]
    for code in ("unclear", "wrong"):
        await latvian.press_data(down.removesuffix("d") + code, answer.message_id)
    assert await votes(services) == [Voted("down", "unclear")]


@pytest.mark.parametrize(
    "typed", ["blargh xyzzy", "paldies", "labdien", "/travel 850 4", "/contact skola", "/deadline", "/help"]
)
async def test_what_is_no_answer_to_a_question_cannot_be_voted_on(latvian: Conversation, typed: str) -> None:
    assert not set(VOTES) & set(labels(await say(latvian, typed)))


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("cik partneru vajag", "answer"),
        ("850 km 4 skolēni", "calculated"),
        ("jauniešu apmaiņas projekts", "redirect"),
        ("likme pēc 14. dienas", "gap"),
    ],
)
async def test_every_kind_of_answer_can_be_voted_on(
    latvian: Conversation, services: Services, typed: str, kind: str
) -> None:
    shown = await say(latvian, typed)
    (count,) = (await counted(services)).counts
    assert count.kind == kind
    assert count.entry in services.knowledge.entries
    assert [label for label in labels(shown) if label in VOTES] == VOTES


async def test_an_answer_that_changes_with_its_question_is_voted_on_anew(
    english: Conversation, services: Services
) -> None:
    await say(english, QUESTION["en"])
    await english.press("👍")
    changed = only(await english.edit("how long can a project last"))
    assert labels(changed)[-2:] == VOTES
    await english.press("👎", changed.message_id)
    assert {count.entry: count.voted for count in (await counted(services)).counts} == {
        "minimum-partners": Voted("up"),
        "duration": Voted("down"),
    }


@pytest.mark.parametrize(
    "data", ["v1:lv:zz:u", "v1:lv:1:x", "v1:lv::u", "v1:lv", "v1:lv:ffffffffffffffff:u", "v1:lv:1:u:d"]
)
async def test_a_forged_vote_changes_nothing(latvian: Conversation, services: Services, data: str) -> None:
    answer = await say(latvian, QUESTION["lv"])
    shown = await latvian.press_data(data, answer.message_id)
    assert shown, "somebody waits for a word"
    assert await votes(services) == [None]


async def test_votes_of_an_open_checks_neighbour_leave_the_check_open(latvian: Conversation) -> None:
    await say(latvian, "/check")
    answer = await say(latvian, QUESTION["lv"])
    assert labels(answer)[-3:] == ["🧭 Turpināt /check", *VOTES]
    await latvian.press("👍")
    continued = only(await latvian.press("🧭 Turpināt /check", answer.message_id))
    assert "/check" not in labels(continued)


class Forgetful(MemoryStore):
    """A store that has lost what was asked, or cannot be reached."""

    async def keep_vote(self, *_: object) -> None:
        return None


@BOTH
async def test_a_vote_that_was_not_kept_is_not_thanked_for(
    services: Services, telegram: LocalTelegram, language: str
) -> None:
    without = replace(services, store=Forgetful(services.clock))
    application = build_application(without, "1:local", local=telegram)
    async with application:
        talk = Conversation(application, Person(telegram, 7, language))
        answer = await say(talk, QUESTION[language])
        (shown,) = await talk.press("👎")
        assert shown.toast == text(services, language, "vote.not_kept")
        assert labels(talk.screen()[-1]) == labels(answer), "one may try again"


async def test_a_vote_on_a_message_that_is_gone_counts_all_the_same(
    latvian: Conversation, services: Services
) -> None:
    answer = await say(latvian, QUESTION["lv"])
    update = latvian.person.presses("👍", answer.message_id)
    assert answer.message_id is not None
    del latvian.person.chat.messages[answer.message_id]
    (shown,) = await latvian.send(update)
    assert shown.toast == text(services, "lv", "vote.thanks")
    assert await votes(services) == [Voted("up")]


async def test_in_a_group_there_is_nothing_to_vote_on(latvian: Conversation) -> None:
    group = Conversation(latvian.application, latvian.person.in_group(-5))
    card = only(await group.say("/deadline"))
    answer = only(await group.send(group.person.writes(QUESTION["lv"], reply_to=card.message_id)))
    assert not {*VOTES} & {*labels(answer)}
