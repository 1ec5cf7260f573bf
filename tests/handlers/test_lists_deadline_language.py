"""Small replies in parts: lists, the deadline's span, languages, and what is no question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers import language, lists, other
from handlers.buttons import Press
from handlers.context import Profile
from handlers.moments import Left
from knowledge.model import LANGUAGES, SECTORS
from tests.worlds import turn


@pytest.mark.parametrize("fields", [(), ("z",), ("z", "he"), ("", "he"), ("p", "nobody"), ("h", "")])
async def test_a_list_nobody_knows_is_the_horizontal_priorities_or_their_sector(
    fields: tuple[str, ...],
) -> None:
    reply = await lists.pressed(turn(), Press(lists.KIND, "lv", fields))
    assert reply.in_place
    assert reply.html


@pytest.mark.parametrize("sector", SECTORS)
async def test_a_chosen_sector_comes_first_in_every_list(sector: str) -> None:
    at = replace(turn(), profile=replace(Profile(), sector=sector))  # type: ignore[arg-type]
    for command in (lists.priorities_command, lists.activities_command, lists.funding_command):
        reply = await command(at, "")
        assert reply.thread is not None
        assert reply.thread.reading.sector == sector


async def test_a_sector_after_the_command_outweighs_the_chosen_one() -> None:
    at = replace(turn(), profile=Profile(sector="he"))
    reply = await lists.priorities_command(at, "skola")
    assert reply.thread is not None
    assert reply.thread.reading.sector == "school"


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (timedelta(0), (0, 0, 0)),
        (timedelta(seconds=59), (0, 0, 0)),
        (timedelta(seconds=60), (0, 0, 1)),
        (timedelta(hours=1), (0, 1, 0)),
        (timedelta(hours=24), (1, 0, 0)),
        (timedelta(days=40, hours=23, minutes=59, seconds=59), (40, 23, 59)),
        (-timedelta(days=2, minutes=5), (2, 0, 5)),
    ],
)
def test_a_span_in_days_hours_and_minutes(span: timedelta, expected: tuple[int, int, int]) -> None:
    left = Left.of(span)
    assert (left.days, left.hours, left.minutes) == expected


def test_every_language_has_a_button_with_its_own_name() -> None:
    assert set(language.NAMES) == set(LANGUAGES)
    assert [button.label for row in language.rows() for button in row] == list(language.NAMES.values())


@pytest.mark.parametrize("known", LANGUAGES)
async def test_the_word_on_the_kept_language_is_in_that_language(known: str) -> None:
    at = turn("lv" if known == "en" else "en")
    reply = await language.command(at, known)
    assert reply.html == turn(known).say("language.kept")  # type: ignore[arg-type]
    assert (await at.services.store.profile(at.who)).language == known


@pytest.mark.parametrize("what", [*sorted(other.KINDS), "dice", "poll", "", "story", "no such kind"])
async def test_every_kind_of_message_has_a_word(what: str) -> None:
    for known in LANGUAGES:
        reply = await other.not_text(turn(known), what)
        assert reply.html
        assert reply.buttons


async def test_the_apology_quotes_the_reference_and_needs_no_button() -> None:
    reply = await other.failed(turn(), "abcd1234")
    assert "abcd1234" in reply.html
    assert not reply.buttons
