"""What the search compares instead of words: stems, marked where they carry no topic, and pairs of ideas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from knowledge import words
from knowledge.words import Kind, Token

NUMBER = "#"
"""One feature for any figure that is not a year: "850 km" and "1200 km" ask the same."""

SUM = NUMBER + "#"
"""The feature of a figure that can only be money of a project, 600 000; numbers of forms are not round."""

_SUM = re.compile(r"\d{4,}00")

STOP, ASKING = "~", "?"
"""Marks before the stem of a word that carries no topic, and of one that asks."""

WORDS_OF = ("lv", "en", "ru")
"""Languages whose stop words count in every question, since its language is not guessed."""

STOP_SHARE = 0.12
"""Weight of a word without a topic, as a share of what its rarity would give: it only breaks ties."""

ASKING_SHARE = 0.4
"""Weight of a word that asks (kad, cik, who): evidence for the kind of answer, not for its topic."""


PLACE_SHARE = 0.5
"""Weight of a country's name: the topic is what is asked of it."""


def feature_of(token: Token, language: str) -> str:
    """The feature of a token in a text of known language."""
    if token.kind is Kind.NUMBER and not is_year(token.form):
        return SUM if _SUM.fullmatch(token.form) else NUMBER
    return mark(token.form) + words.index_stem(token, language)


@lru_cache(maxsize=16_384)
def mark(form: str) -> str:
    """`~` for a word without a topic, `?` for one that asks, nothing for the rest.

    Decided by the word and not by its stem: "kurss" (course) shares its stem with "kurš" (which).
    """
    if any(form in words.question_words(language) for language in WORDS_OF):
        return ASKING
    return STOP if any(form in words.stop_words(language) for language in WORDS_OF) else ""


def is_year(figure: str) -> bool:
    """Whether a figure is a year of one of the programmes; those are words, not amounts."""
    return len(figure) == 4 and figure.isdigit() and figure[:2] == "20" and "14" <= figure[2:] <= "29"


def share(feature: str) -> float:
    """The share of its rarity that a feature keeps: stop words little, words that ask some, the rest all."""
    if feature.startswith(STOP):
        return STOP_SHARE
    if feature == SUM:
        return 1.0
    if feature in _places():
        return PLACE_SHARE
    return ASKING_SHARE if feature.startswith((ASKING, NUMBER)) else 1.0


def is_topic(feature: str) -> bool:
    """Whether a feature names a subject, be it a country: no small word, none that asks, no small figure."""
    return share(feature) >= PLACE_SHARE


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """Features of the countries that many questions name in passing."""
    listed = words.word_data()["places"]
    return frozenset(
        words.index_stem(token, language) for language in WORDS_OF for token in words.tokens(listed[language])
    )


def idea(features: Sequence[str]) -> str:
    """What a word stands for: its first concept if it has one, else its own feature, which comes first."""
    return next((feature for feature in features if feature[0] == "@"), features[0])


def pairs(ideas: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Neighbouring ideas, in either order, words without a topic left out; each pair once."""
    told = [each for each in ideas if each[0] not in STOP + NUMBER]
    return tuple(dict.fromkeys((min(pair), max(pair)) for pair in pairwise(told)))
