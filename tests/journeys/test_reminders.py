"""From the deadline to a calendar and to reminders, chosen, changed and stopped with buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from bot.application import build_application
from bot.local.conversation import Conversation
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.memory import MemoryStore
from handlers.buttons import pack
from handlers.context import Reminder, Services, Who
from tests import worlds
from tests.conftest import Begin, SetClock
from tests.journeys.screens import BOTH, figures, labels, only, press, say, who

LAST = datetime(2020, 4, 23, 10, 0, tzinfo=UTC)
WORDS = {
    "lv": ("Atgādināt man", "Mani atgādinājumi", "Neko neatgādināt", "Pašlaik neko neatgādināšu"),
    "en": ("Remind me", "My reminders", "Stop all", "No reminders are set"),
}


async def chosen(services: Services, talk: Conversation) -> list[str]:
    return [each.before for each in await services.store.reminders(who(talk)) or ()]


@BOTH
async def test_the_calendar_file_comes_below_its_explanation(begin: Begin, language: str) -> None:
    talk = await begin(language)
    await say(talk, "/deadline")
    shown = await press(talk, "📅")
    file = worlds.document([shown])
    assert file.filename.endswith(".ics")
    assert file.mime_type == "text/calendar"
    assert len(Calendar.from_ical(file.content).walk("VEVENT")) == 2
    assert "23" in shown.text


@BOTH
async def test_one_tap_chooses_all_and_each_can_be_taken_back(
    begin: Begin, language: str, services: Services
) -> None:
    offer, _, stop, none = WORDS[language]
    talk = await begin(language)
    await say(talk, "/deadline")
    card = await press(talk, offer)
    assert card.kind == "new"
    assert await chosen(services, talk) == ["30d", "7d", "1d", "3h"]
    text = figures(card)
    assert "23" in text
    earliest = {
        "lv": "24. martā plkst. 13.00 (30 dienas iepriekš)",
        "en": "24 March 2020, 13:00 (30 days before)",
    }
    assert earliest[language] in text
    assert {"lv": "Sākotnējais termiņš bija 2020. gada 24. marts", "en": "original deadline was 24 March"}[
        language
    ] in text
    assert "📄" in text
    assert [label[0] for label in labels(card)[:4]] == ["✅"] * 4
    changed = await press(talk, 2, card.message_id)
    assert (changed.edited, changed.message_id) == (True, card.message_id)
    assert await chosen(services, talk) == ["30d", "1d", "3h"]
    assert labels(changed)[1].startswith("▫️")
    await press(talk, 2, card.message_id)
    assert await chosen(services, talk) == ["30d", "7d", "1d", "3h"]
    stopped = await press(talk, stop, card.message_id)
    assert none in stopped.text
    assert await chosen(services, talk) == []
    again = await press(talk, 5, card.message_id)
    assert stop in " ".join(labels(again))
    assert len(await chosen(services, talk)) == 4


@BOTH
async def test_who_has_reminders_is_shown_them_and_not_asked_again(
    begin: Begin, language: str, services: Services
) -> None:
    offer, mine, stop, _ = WORDS[language]
    talk = await begin(language)
    await say(talk, "/deadline")
    await press(talk, offer)
    await press(talk, 1)
    deadline = await say(talk, "/deadline")
    assert mine in " ".join(labels(deadline))
    shown = await press(talk, mine)
    assert (shown.kind, stop in " ".join(labels(shown))) == ("new", True)
    assert await chosen(services, talk) == ["7d", "1d", "3h"]


async def test_pressing_the_same_twice_changes_nothing(begin: Begin, services: Services) -> None:
    talk = await begin("en")
    await say(talk, "/deadline")
    card = await press(talk, "🔔")
    data = pack("r", "en", "drop", "ka2-2020", "7d")
    await talk.press_data(data, card.message_id)
    assert await talk.press_data(data, card.message_id) == []
    assert await chosen(services, talk) == ["30d", "1d", "3h"]


async def test_only_what_can_still_come_in_time_is_offered(
    begin: Begin, clock: SetClock, services: Services
) -> None:
    clock.now = LAST - timedelta(days=2)
    talk = await begin("en")
    await say(talk, "/deadline")
    card = await press(talk, "🔔")
    assert await chosen(services, talk) == ["1d", "3h"]
    assert len(labels(card)) == 3
    clock.now = LAST - timedelta(hours=1)
    late = await press(talk, 1, card.message_id)
    assert "/deadline" in late.text
    deadline = await say(talk, "/deadline")
    assert not [label for label in labels(deadline) if "🔔" in label]
    assert [label for label in labels(deadline) if "📅" in label]


async def test_one_that_is_due_and_not_sent_yet_survives_a_change_of_the_others(
    begin: Begin, clock: SetClock, services: Services
) -> None:
    talk = await begin("en")
    await say(talk, "/deadline")
    card = await press(talk, "🔔")
    clock.now = LAST - timedelta(days=7)
    await talk.press_data(pack("r", "en", "drop", "ka2-2020", "1d"), card.message_id)
    assert await chosen(services, talk) == ["30d", "7d", "3h"]
    await press(talk, "Stop all", card.message_id)
    assert await chosen(services, talk) == []


@BOTH
@pytest.mark.parametrize("now", [LAST, worlds.CLOSED])
async def test_a_closed_call_offers_none_and_says_so(
    begin: Begin, clock: SetClock, language: str, now: datetime
) -> None:
    talk = await begin(language)
    before = await say(talk, "/deadline")
    clock.now = now
    shown = await say(talk, "/deadline")
    assert not [label for label in labels(shown) if "🔔" in label or "📅" in label]
    assert {"lv": "nepiedāvāju", "en": "no reminders and no calendar file"}[language] in shown.text
    for number in (1, 2):
        refused = await press(talk, number, before.message_id)
        assert refused.document is None
        assert "🔴" in refused.text
        assert "2020" in refused.text


@BOTH
async def test_they_are_shown_and_deleted_with_everything_else(
    begin: Begin, language: str, services: Services
) -> None:
    talk = await begin(language)
    await say(talk, "/deadline")
    await press(talk, 2)
    shown = await say(talk, "/privacy")
    assert {"lv": "atgādinājumi par termiņu: 4", "en": "reminders of the deadline: 4"}[language] in shown.text
    await press(talk, "🗑")
    assert await chosen(services, talk) == []
    assert "🔔" in " ".join(labels(await say(talk, "/deadline")))


async def test_who_blocks_the_bot_gets_none(begin: Begin, services: Services) -> None:
    talk = await begin("en")
    await say(talk, "/deadline")
    await press(talk, "🔔")
    await talk.send(talk.person.blocks_bot())
    assert await chosen(services, talk) == []


@BOTH
async def test_in_a_group_no_reminder_is_offered_nor_noted(
    services: Services, telegram: LocalTelegram, language: str
) -> None:
    application = build_application(services, "1:local", local=telegram)
    async with application:
        group = Conversation(application, Person(telegram, 5, language).in_group(-100))
        shown = only(await group.say("/deadline"))
        assert not [label for label in labels(shown) if "🔔" in label]
        await group.press_data(pack("r", "en", "add", "ka2-2020", "all"), shown.message_id)
        await group.press_data(pack("r", "en", "show"), shown.message_id)
    assert await services.store.reminders(Who(-100, 5)) == ()


class DownStore(MemoryStore):
    """Cannot note reminders; `readable` says whether it can tell them."""

    readable = True

    async def reminders(self, who: Who) -> tuple[Reminder, ...] | None:
        return await super().reminders(who) if self.readable else None

    async def keep_reminders(self, who: Who, call: str, chosen: tuple[Reminder, ...]) -> bool:
        return False


@BOTH
@pytest.mark.parametrize("readable", [True, False])
async def test_a_store_that_is_down_does_not_silence_the_bot_nor_promise(
    services: Services, telegram: LocalTelegram, clock: SetClock, language: str, readable: bool
) -> None:
    store = DownStore(clock)
    store.readable = readable
    application = build_application(replace(services, store=store), "1:local", local=telegram)
    async with application:
        talk = Conversation(application, Person(telegram, 5, language))
        await say(talk, "/deadline")
        toast, said = await talk.press("🔔")
        assert toast.toast
        assert "⚠️" in said.text
        assert "/deadline" in said.text
        if not readable:
            await talk.say("/deadline")
            assert "⚠️" in only(await talk.press_data(pack("r", "en", "show"))).text


@pytest.mark.parametrize(
    "fields",
    [
        (),
        ("add",),
        ("add", "ka2-2019", "all"),
        ("toggle", "ka2-2020", "7d"),
        ("ics", "x"),
        ("add", "ka2-2020"),
    ],
)
async def test_a_button_nobody_here_has_made_is_refused(begin: Begin, fields: tuple[str, ...]) -> None:
    talk = await begin("en")
    await say(talk, "/deadline")
    (shown,) = await talk.press_data(pack("r", "en", *fields))
    assert "older" in shown.text


async def test_a_span_nobody_offers_is_not_noted(begin: Begin, services: Services) -> None:
    talk = await begin("en")
    await say(talk, "/deadline")
    await talk.press_data(pack("r", "en", "add", "ka2-2020", "99d"))
    assert await chosen(services, talk) == []
