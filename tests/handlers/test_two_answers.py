"""Two answers in one reply: short enough for a phone, the second no more than a hint of a long list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.local.markup import parse
from handlers.answers import HEDGE, two_answers
from handlers.buttons import unpack
from handlers.splitting import plain, utf16_length
from knowledge.entry import Entry
from knowledge.model import LANGUAGES, Language
from tests import worlds

LONGEST, LONGEST_LIST = 1_500, 1_650
SOME = 15
ENTRIES = worlds.knowledge().entries


def short(entry: Entry, language: Language) -> str:
    return plain(worlds.turn(language).services.renderer.entry(entry, language, brief=True).html)


def whole(entry: Entry, language: Language) -> str:
    return plain(worlds.turn(language).services.renderer.entry(entry, language).html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_answers_are_longer_than_a_reader_bears(language: Language) -> None:
    """The longest in every way with the longest second ones; a list was asked for and may be longer."""
    by_short = sorted(ENTRIES.values(), key=lambda entry: len(short(entry, language)))[-SOME:]
    by_whole = sorted(ENTRIES.values(), key=lambda entry: len(whole(entry, language)))[-SOME:]
    turn = worlds.turn(language, worlds.OPEN)
    for first in {each.id: each for each in (*by_short, *by_whole)}.values():
        for second in by_short:
            if first != second:
                html = two_answers(turn, first, second, None)[0].html
                most = LONGEST_LIST if first.listing else LONGEST
                assert utf16_length(parse(html).text) <= most, (first.id, second.id)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("second", ENTRIES.values(), ids=ENTRIES)
def test_a_short_second_answer_stays_whole_and_a_long_one_says_where_the_rest_is(
    second: Entry, language: Language
) -> None:
    turn = worlds.turn(language)
    first = ENTRIES["minimum-partners" if second.id != "minimum-partners" else "duration"]
    reply, _ = two_answers(turn, first, second, None)
    text = parse(reply.html).text
    said = short(second, language)
    title = second.text(language).title
    if utf16_length(said) <= HEDGE:
        assert said in plain(reply.html)
        return
    assert second.listing, "only lists are so long; a sentence would be torn"
    lines = said.splitlines()
    kept = [line for line in lines if line in text.splitlines()]
    assert kept == lines[: len(kept)]
    assert len(kept) >= 2, "its first line and what stands first in the list"
    assert title in text.splitlines()[text.splitlines().index(kept[-1]) + 1]
    assert reply.buttons[0][0].label == title
    press = unpack(reply.buttons[0][0].data or "")
    assert press is not None
    assert press.fields[0] == second.id
    in_group = parse(two_answers(replace(turn, in_group=True), first, second, None)[0].html).text
    assert "…" in in_group
    assert in_group.count(title) == 1, "a group has no such button"
