"""Which sector a message names, in three languages and two scripts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge import words
from knowledge.model import Sector
from knowledge.words import Kind, Script
from tests import worlds

CALL = worlds.knowledge().call
SECTORS = worlds.services().sectors
MEANT = frozenset(("koledza", "koledzu", "koledzam", "pensioner"))
"""Latvian and English words of our texts that name a sector by their Russian key, and mean it."""


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("sarēķini visu", None),
        ("kas jāzina par visu pieteikumu", None),
        ("vai visi partneri saņem naudu visiem mēnešiem", None),
        ("a wish: a visit to partners, install it", None),
        ("visu par augstskolām", "he"),
        ("для вуза", "he"),
        ("dlya vuza", "he"),
        ("vuz", "he"),
        ("skolko deneg vuzam", "he"),
        ("высшее образование", "he"),
        ("vysshee obrazovanie", "he"),
        ("visshego obrazovaniya", "he"),
    ],
)
def test_a_latvian_word_is_no_russian_sector(text: str, sector: Sector | None) -> None:
    assert SECTORS.one(text) == sector


@pytest.mark.parametrize(
    ("text", "sector"),
    [("can he apply alone", None), ("contact for HE", "he"), ("he", "he"), ("HE 24 months", "he")],
)
def test_the_abbreviation_he_is_told_from_the_pronoun(text: str, sector: Sector | None) -> None:
    assert SECTORS.one(text) == sector


@pytest.mark.parametrize("language", ["lv", "en", "ru"])
def test_no_small_word_names_a_sector_in_a_sentence(language: str) -> None:
    small = words.stop_words(language) | words.question_words(language) | words.continuing_words()
    assert {word for word in small if SECTORS.all(f"{word} {word}") or SECTORS.youth(word)} == set()


def test_no_word_of_our_own_texts_names_a_sector_only_because_it_reads_like_russian() -> None:
    named = [(sector.words.lv, "lv") for sector in CALL.sectors] + [(s.words.en, "en") for s in CALL.sectors]
    latin = {words.index_stem(token, language) for text, language in named for token in words.tokens(text)}
    own = {token for token in _own_words() if token.script is Script.LATIN and token.kind is Kind.WORD}
    assert len(own) > 5_000
    assert {t.form for t in own if SECTORS.all(t.form) and words.stem(t) not in latin} <= MEANT


def _own_words() -> Iterator[words.Token]:
    """Every word of titles, answers and phrasings, Latvian and English."""
    for entry in worlds.knowledge().entries.values():
        for text in (entry.lv, entry.en):
            for each in (text.title, text.answer, text.detail, text.asks):
                yield from words.tokens(each)


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("porfesionālās izglitbas priritātes", "vet"),
        ("prioritates porfesionalajai", "vet"),
        ("universty priorities", "he"),
        ("augtskolas un porfesionala izglitiba", None),
        ("skolu un porfesionala izglitiba", "school"),
        ("professional development", None),
    ],
)
def test_a_misspelt_word_names_its_sector_where_no_other_does(text: str, sector: Sector | None) -> None:
    assert worlds.services().search.sector(text) == sector
