"""Nothing is forgotten: every command, phrase, fact, entry and button is complete in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from jinja2 import meta
from telegram.constants import BotCommandLimit
from telegram.ext import CallbackQueryHandler, CommandHandler

from bot.application import BUTTONS, build_application
from bot.local.entities import utf16_length
from bot.local.markup import parse
from bot.local.telegram import LocalTelegram
from bot.phrasekeys import key_findings
from bot.profile import LONG, SHORT
from handlers import (
    budget,
    budget_sums,
    calculated,
    check,
    contact,
    deadline,
    lists,
    replies,
    sources,
    start,
    travel,
    votes,
)
from handlers.answers import entry_button, entry_buttons, entry_html
from handlers.buttons import LIMIT, VERSION
from handlers.buttons import Button as Packed
from handlers.commands import COMMANDS, Command, listed
from handlers.context import Services, Turn
from knowledge.facts.conditions import Priority
from knowledge.model import LANGUAGES, SECTORS, Language
from knowledge.render import Renderer
from tests import worlds

README = Path(__file__).parent.parent / "README.md"
EVERY_COMMAND = pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.name)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
WITH_SECTORS = (None, *SECTORS)

KNOWLEDGE = worlds.knowledge()
ENTRIES = tuple(KNOWLEDGE.entries.values())


def turns() -> Iterator[Turn]:
    """A turn in each language, before the deadline and after it."""
    for language, now in product(LANGUAGES, (worlds.OPEN, worlds.CLOSED)):
        yield worlds.turn(language, now)


# commands


@EVERY_COMMAND
@EVERY_LANGUAGE
def test_every_command_has_a_description_that_telegram_takes(
    services: Services, command: Command, language: Language
) -> None:
    described = services.phrases.say(f"command.{command.name}", language)
    assert BotCommandLimit.MIN_DESCRIPTION <= utf16_length(described) <= BotCommandLimit.MAX_DESCRIPTION
    assert parse(described).text == described, "a menu shows no markup"
    assert described[0].isupper()
    assert not described.endswith(".")


@EVERY_LANGUAGE
@pytest.mark.parametrize("in_group", [False, True])
async def test_every_command_of_a_menu_has_its_line_in_help(language: Language, in_group: bool) -> None:
    turn = replace(worlds.turn(language), in_group=in_group)
    lines = (await start.help_command(turn, "")).html.splitlines()
    named = [line for line in lines if line.startswith("/")]
    menu = listed("group" if in_group else "private")
    assert named == [f"/{command.name} — {turn.say(f'command.{command.name}')}" for command in menu]


@EVERY_COMMAND
def test_every_command_has_its_row_in_the_readme(command: Command) -> None:
    assert f"`/{command.name}" in README.read_text(encoding="utf-8")


@EVERY_COMMAND
async def test_every_command_has_a_handler(
    services: Services, telegram: LocalTelegram, command: Command
) -> None:
    application = build_application(services, "1:local", local=telegram)
    handled = {
        name
        for handlers in application.handlers.values()
        for handler in handlers
        if isinstance(handler, CommandHandler)
        for name in handler.commands
    }
    assert command.name in handled
    assert re.fullmatch(r"[a-z0-9_]{1,32}", command.name)


def test_no_command_stands_twice() -> None:
    assert len({command.name for command in COMMANDS}) == len(COMMANDS)


async def test_every_kind_of_button_has_a_handler(services: Services, telegram: LocalTelegram) -> None:
    application = build_application(services, "1:local", local=telegram)
    patterns = [
        handler.pattern
        for handlers in application.handlers.values()
        for handler in handlers
        if isinstance(handler, CallbackQueryHandler) and isinstance(handler.pattern, re.Pattern)
    ]
    for kind in kinds_packed():
        assert any(pattern.match(f"{kind}{VERSION}:lv:x") for pattern in patterns), kind
    assert kinds_packed() <= {kind for kind, _ in BUTTONS}


def kinds_packed() -> set[str]:
    """Kinds of button data that the handlers name."""
    package = Path(check.__file__).parent
    written = "\n".join(file.read_text(encoding="utf-8") for file in package.glob("*.py"))
    return set(re.findall(r'^KIND = "(\w+)"', written, re.M)) | set(re.findall(r'\bpack\("(\w+)"', written))


# phrases


def test_every_phrase_is_used_and_every_phrase_used_exists(services: Services) -> None:
    assert list(key_findings(services.phrases.keys())) == []


def test_a_phrase_uses_the_same_values_in_both_languages(services: Services) -> None:
    parse_template = services.renderer._environment.parse
    lv, en = (services.phrases._phrases[language] for language in LANGUAGES)
    different = {
        key: (in_lv, in_en)
        for key, template in lv.items()
        if (in_lv := meta.find_undeclared_variables(parse_template(template)))
        != (in_en := meta.find_undeclared_variables(parse_template(en[key])))
    }
    assert not different


@EVERY_LANGUAGE
@pytest.mark.parametrize(("key", "most"), [(SHORT, 120), (LONG, 512)])
def test_the_descriptions_fit_telegrams_profile(
    services: Services, language: Language, key: str, most: int
) -> None:
    assert 0 < utf16_length(services.phrases.say(key, language)) <= most


# entries


def test_every_text_names_facts_that_exist_and_is_well_formed_and_short_enough() -> None:
    for turn, entry, sector in product(turns(), ENTRIES, WITH_SECTORS):
        html = entry_html(turn, entry, sector)
        text = parse(html).text
        where = f"{entry.id} in {turn.language} for {sector}"
        assert 0 < utf16_length(text) <= 4096, where
        assert "None" not in text, where
        assert "{" not in text, where
        assert "\n\n\n" not in html, where
        assert not re.search(r"<(\w+)></\1>", html), where


def test_no_text_ends_a_line_with_a_space_or_doubles_one() -> None:
    untidy = {
        (entry.id, turn.language, str(sector))
        for turn, entry, sector in product(turns(), ENTRIES, WITH_SECTORS)
        if re.search(r"[^\S\n]$|[^\s•] {2,}\S|^ | [,.;!?](?:\s|$)", entry_html(turn, entry, sector), re.M)
    }
    assert not untidy


def test_every_answer_of_the_call_names_its_source() -> None:
    silent = [
        (entry.id, turn.language)
        for turn, entry in product(turns(), ENTRIES)
        if entry.about is not None and "📄" not in entry_html(turn, entry, None)
    ]
    assert not silent


def test_an_answer_is_the_same_each_time_it_is_asked_for() -> None:
    # a renderer of its own: what is lost on the way is lost after the first time
    services = replace(worlds.services(), renderer=Renderer(KNOWLEDGE))
    turn = replace(worlds.turn("lv"), services=services)
    first = {entry.id: entry_html(turn, entry, None) for entry in ENTRIES}
    assert {entry.id: entry_html(turn, entry, None) for entry in ENTRIES} == first


def test_every_button_under_every_entry_can_be_sent() -> None:
    for turn, entry, sector in product(turns(), ENTRIES, WITH_SECTORS):
        buttons = [*(each for row in entry_buttons(turn, entry, sector) for each in row)]
        buttons.append(entry_button(turn, entry, sector))
        for button in buttons:
            assert_sendable(button)


def assert_sendable(button: Packed) -> None:
    assert 0 < len((button.data or "").encode()) <= LIMIT
    assert 0 < len(button.label) <= 60, button.label
    assert "<" not in button.label
    assert "&" not in button.label


def test_every_alias_fits_into_a_button_too() -> None:
    for name in (alias for entry in ENTRIES for alias in (entry.id, *entry.aliases)):
        assert len(f"e{VERSION}:lv:{name}:school".encode()) <= LIMIT


def test_related_entries_exist_and_are_others() -> None:
    for entry in ENTRIES:
        for related in entry.related:
            assert KNOWLEDGE.entry(related) is not None, f"{entry.id} → {related}"
            assert related != entry.id


def test_every_entry_that_the_program_names_exists() -> None:
    named = {
        *start.FIRST_TOPICS,
        *lists.LISTS.values(),
        *calculated.TRAVEL_TOPICS,
        *calculated.MEETING_TOPICS,
        *calculated.SUPPORT_TOPICS,
        *calculated.GRANT_TOPICS,
        *calculated.EXCEPTIONAL_TOPICS,
        calculated.UNKNOWN_DAYS,
        replies.OTHER_YEARS,
        *votes.SMALL_TALK,
        travel.TOPIC,
        contact.TOPIC,
        deadline.TOPIC,
        budget.TOPIC,
        *budget_sums.ENTRIES.values(),
        *sent_to_by_the_quiz(),
    }
    assert {name for name in named if KNOWLEDGE.entry(name) is None} == set()
    assert set(sources.MAIN) <= set(KNOWLEDGE.documents)


def sent_to_by_the_quiz() -> Iterator[str]:
    """The entries that options of the quiz send to."""
    for checklist in KNOWLEDGE.checks.values():
        yield from (option.entry for step in checklist.steps for option in step.options if option.entry)


# reachable


def priorities() -> Iterator[Priority]:
    """Every priority of the call."""
    call = KNOWLEDGE.call
    yield from call.horizontal_priorities.items
    for each in call.sector_priorities.values():
        yield from (*each.items, *each.added)


@EVERY_LANGUAGE
def test_every_priority_has_an_entry_that_says_its_name(language: Language) -> None:
    turn = worlds.turn(language)
    for priority in priorities():
        entry = KNOWLEDGE.entry(priority.id)
        assert entry is not None, priority.id
        assert priority.to(language).casefold() in parse(entry_html(turn, entry, None)).text.casefold()


@EVERY_LANGUAGE
def test_every_contact_stands_in_an_entry_with_name_address_and_phone(language: Language) -> None:
    turn = worlds.turn(language)
    texts = [entry_html(turn, entry, None) for entry in ENTRIES]
    for person in KNOWLEDGE.call.contacts:
        assert any(
            all(fact in text for fact in (person.name, person.email, person.phone)) for text in texts
        ), person.id


@EVERY_LANGUAGE
def test_every_sector_budget_category_and_activity_stands_in_an_entry(language: Language) -> None:
    turn = worlds.turn(language)
    whole = "\n".join(entry_html(turn, entry, None) for entry in ENTRIES).casefold()
    call = KNOWLEDGE.call
    names = [
        *(each.name for each in call.sectors),
        *(each.name for each in call.budget),
        *(each.name for each in call.activities),
    ]
    assert [name.en for name in names if name.to(language).casefold() not in whole] == []


@EVERY_LANGUAGE
def test_every_entry_answers_its_own_title(services: Services, language: Language) -> None:
    missed = [
        entry.id
        for entry in ENTRIES
        if entry.id
        not in [each.entry for each in services.search.find(entry.text(language).title).candidates[:3]]
    ]
    assert not missed


@EVERY_LANGUAGE
def test_no_two_entries_share_a_title(language: Language) -> None:
    titles = [entry.text(language).title.casefold() for entry in ENTRIES]
    assert {title for title in titles if titles.count(title) > 1} == set()
