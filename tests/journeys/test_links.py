"""Links into the bot, and the button that passes an answer on."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.local.conversation import Conversation, Shown
from handlers.commands import listed
from handlers.context import Services
from handlers.start import command as start
from tests import worlds
from tests.conftest import Begin
from tests.journeys.screens import BOTH, chosen, figures, is_check, only, press, say


def shared(shown: Shown) -> str:
    """The payload behind the share button."""
    button = next(b for b in shown.flat_buttons if b.url.startswith("https://t.me/share/url?"))
    link = parse_qs(urlsplit(button.url).query)["url"][0]
    assert link.startswith("https://t.me/ka2_local_bot?start=")
    return link.partition("=")[2]


OPENED = [
    ("q_grant-ceiling", "450000 EUR"),
    ("grant-ceiling", "450000 EUR"),
    ("q_priorities-sector_he", "KA203"),
    ("contact_school", "Evita Zondaka"),
    ("contact_KA204", "Inese Rimšāne"),
    ("travel_850_4", "1100 EUR"),
    ("TRAVEL_850", "275 EUR"),
    ("deadline", "2020"),
    ("priorities_KA201", "STEM"),
    ("check_KA203", "KA203"),
    ("ask_850_km_2", "550 EUR"),
]


@BOTH
@pytest.mark.parametrize(("payload", "shows"), OPENED)
async def test_a_link_opens_what_it_names(begin: Begin, language: str, payload: str, shows: str) -> None:
    assert shows in figures(await say(await begin(language), f"/start {payload}"))


async def test_a_link_to_the_quiz_opens_its_first_step(begin: Begin) -> None:
    talk = await begin("lv")
    shown = await say(talk, "/start check")
    assert is_check(shown)
    assert "2/11 " in (await press(talk, 1, shown.message_id)).text


@BOTH
@pytest.mark.parametrize(
    "payload", ["q_no-such-entry", "nonsense", "start_1", "x" * 64, "a b c", "q_", "ask_"]
)
async def test_a_link_that_leads_nowhere_says_so_and_starts(
    begin: Begin, services: Services, language: str, payload: str
) -> None:
    talk = await begin(language)
    unknown = services.phrases.say("links.unknown", "lv" if language == "lv" else "en")
    shown = await say(talk, f"/start {payload}")
    greeting = await say(talk, "/start")
    assert shown.html == f"{unknown}\n\n{greeting.html}"
    assert shown.labels == greeting.labels


async def test_an_entry_that_was_renamed_is_found_by_its_old_id() -> None:
    services = worlds.services()
    entry = services.knowledge.entries["deadline"].model_copy(update={"aliases": ("old-name",)})
    knowledge = replace(services.knowledge, entries={**services.knowledge.entries, entry.id: entry})
    turn = replace(worlds.turn(), services=replace(services, knowledge=knowledge))
    assert (await start(turn, "q_old-name")).html == (await start(turn, "q_deadline")).html


async def test_a_link_speaks_its_language_unless_another_was_chosen(begin: Begin) -> None:
    stranger = await begin("de")
    assert "The maximum grant" in (await say(stranger, "/start en_q_grant-ceiling")).text
    latvian = await chosen(begin, "lv")
    assert "finansējums" in (await say(latvian, "/start en_q_grant-ceiling")).text


async def test_a_question_in_a_link_is_not_noted_as_asked(
    begin: Begin, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = []

    async def note(*args: object, **kwargs: object) -> None:
        noted.append(args)

    monkeypatch.setattr(services.store, "note_outcome", note)
    talk = await begin("lv")
    await say(talk, "/start ask_kas_ir_xyzzy")
    assert noted == []
    await say(talk, "kas ir xyzzy")
    assert len(noted) == 1


@BOTH
@pytest.mark.parametrize(
    ("typed", "payload"),
    [
        ("/travel 850 4", "travel_850_4"),
        ("/deadline", "deadline"),
        ("/contact KA204", "contact_KA204"),
        ("kas ir mūsu kontaktpersona skolām", "q_contact-school_school"),
        ("/priorities KA201", "priorities_KA201"),
        ("/travel no Rīgas uz Lisabonu 4", "travel_no_Rigas_uz_Lisabonu_4"),
        ("850 km 2", "travel_850_2"),
    ],
)
async def test_what_is_shared_is_what_was_read(begin: Begin, language: str, typed: str, payload: str) -> None:
    talk = await begin(language)
    shown = await say(talk, typed)
    assert shared(shown) == payload
    again = await say(talk, f"/start {payload}")
    assert figures(again).splitlines()[0] == figures(shown).splitlines()[0]
    assert shared(again) == payload


async def test_the_share_button_follows_the_stepper(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/travel 850")
    assert shared(await press(talk, "+")) == "travel_850_2"


async def test_sharing_stands_beside_the_person_and_costs_no_row(begin: Begin) -> None:
    shown = await say(await begin("lv"), "cik partneru vajag")
    assert shown.labels[-2:] == (("👤 Kam jautāt", "↗️ Dalīties"), ("👍", "👎"))
    assert len(shown.labels) == 5


async def test_the_share_button_speaks_as_the_answer_does(begin: Begin) -> None:
    shown = await say(await begin("lv"), "how much money can we get")
    assert shown.labels[-2] == ("👤 Whom to ask", "↗️ Share")


@pytest.mark.parametrize(
    "typed", ["paldies", "/start", "/help", "/check", "/travel", "/contact", "/language", "xyzzy"]
)
async def test_what_is_no_answer_has_nothing_to_share(begin: Begin, typed: str) -> None:
    shown = await say(await begin("lv"), typed)
    assert not any("share/url" in button.url for button in shown.flat_buttons)


async def test_every_command_of_the_private_menu_can_be_linked_to(begin: Begin, services: Services) -> None:
    talk = await begin("lv")
    unknown = services.phrases.say("links.unknown", "lv")
    for command in listed("private"):
        assert unknown not in only(await talk.say(f"/start {command.name}")).text


async def test_outside_of_telegram_nothing_is_linked() -> None:
    assert "t.me" not in str((await start(worlds.turn(), "q_deadline")).buttons)


@pytest.mark.parametrize("typed", [*(f"/{c.name}" for c in listed("private")), "cik partneru vajag", "xyzzy"])
async def test_no_keyboard_is_ever_put_under_the_input_field(begin: Begin, typed: str) -> None:
    talk: Conversation = await begin("lv")
    assert all(shown.other_markup is None for shown in await talk.say(typed))
