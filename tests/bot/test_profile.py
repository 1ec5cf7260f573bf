"""What Telegram is told of the bot: by scope and language, once, and what was otherwise before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from telegram import Bot, BotCommand, BotCommandScopeDefault

from bot import profile
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.profile import compared, pieces, register
from bot.registering import report
from handlers import commands, sources
from handlers.commands import COMMANDS, Command, listed
from handlers.context import Services
from knowledge.model import LANGUAGES

ADMINS = frozenset((1001,))


@pytest.fixture
async def bot(telegram: LocalTelegram) -> AsyncIterator[Bot]:
    async with Bot("1:local", request=telegram, get_updates_request=telegram) as bot:
        yield bot


@pytest.fixture
def with_stats(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command for who runs the bot, with a description borrowed."""
    only_admins = Command("sources", sources.command, ("admin",))
    rest = tuple(each for each in COMMANDS if each.name != "sources")
    monkeypatch.setattr(commands, "COMMANDS", (*rest, only_admins))


def names(found: tuple[BotCommand, ...]) -> list[str]:
    return [command.command for command in found]


async def test_private_chats_and_groups_have_menus_of_their_own_in_each_language(
    bot: Bot, telegram: LocalTelegram, services: Services
) -> None:
    await register(bot, services.phrases)
    kept = telegram.profile.commands
    for code in ("", *LANGUAGES):
        assert names(kept["all_private_chats", code]) == [c.name for c in listed("private")]
        assert names(kept["all_group_chats", code]) == [c.name for c in listed("group")]
    assert "privacy" not in names(kept["all_group_chats", "lv"])
    assert "Termiņš" not in kept["all_group_chats", "en"][2].description
    assert kept["all_private_chats", ""] == kept["all_private_chats", "lv"]
    assert telegram.profile.menu_buttons[None]["type"] == "commands"


async def test_a_second_time_nothing_is_set(bot: Bot, telegram: LocalTelegram, services: Services) -> None:
    assert len(await register(bot, services.phrases)) > 10
    before = len(telegram.calls)
    assert await register(bot, services.phrases) == ()
    assert {call.method for call in telegram.calls[before:]} == {
        "getMyCommands", "getMyDescription", "getMyShortDescription", "getChatMenuButton",
    }  # fmt: skip
    assert list(report((), "set")) == ["commands, descriptions and menu button are as they should be"]


async def test_only_what_differs_is_set_and_shown(
    bot: Bot, telegram: LocalTelegram, services: Services
) -> None:
    await register(bot, services.phrases)
    await bot.set_my_short_description("An older text", "en")
    (would,) = await compared(bot, services.phrases)
    assert (await bot.get_my_short_description("en")).short_description == "An older text"
    (changed,) = await register(bot, services.phrases)
    assert changed == replace(would, piece=changed.piece)
    about = services.phrases.say(profile.SHORT, "en")
    assert list(report((changed,), "set")) == ["about [en]: set", "  - An older text", f"  + {about}"]
    assert (await bot.get_my_short_description("en")).short_description == about


async def test_a_menu_for_everywhere_of_an_older_edition_is_taken_away(
    bot: Bot, telegram: LocalTelegram, services: Services
) -> None:
    await bot.set_my_commands([BotCommand("old", "Old")], BotCommandScopeDefault(), "lv")
    await register(bot, services.phrases)
    assert ("default", "lv") not in telegram.profile.commands


@pytest.mark.usefixtures("with_stats")
async def test_who_runs_the_bot_sees_more_than_everybody(
    bot: Bot, telegram: LocalTelegram, services: Services
) -> None:
    Person(telegram, 1001)
    await register(bot, services.phrases, ADMINS)
    own = next(found for (scope, _), found in telegram.profile.commands.items() if "1001" in scope)
    assert names(own)[-1] == "sources"
    assert "sources" not in names(telegram.profile.commands["all_private_chats", "lv"])


@pytest.mark.usefixtures("with_stats")
async def test_an_admin_who_never_began_a_chat_stops_nothing_and_is_not_named(
    bot: Bot, services: Services, telegram: LocalTelegram
) -> None:
    changes = await register(bot, services.phrases, frozenset((4711,)))
    said = "\n".join(report(changes, "set"))
    assert "admin 1 of 1 [en]: refused, Chat not found" in said
    assert "4711" not in said
    assert "about [en]: set" in said


def test_without_commands_for_them_admins_have_no_menu_of_their_own(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybodys = tuple(command for command in COMMANDS if "admin" not in command.scopes)
    monkeypatch.setattr(commands, "COMMANDS", everybodys)
    assert not any("admin" in piece.name for piece in pieces(services.phrases, ADMINS))
