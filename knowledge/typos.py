"""What a misspelt word may have meant: chat spellings undone, then the nearest known words."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knowledge import words
from knowledge.chat_spelling import variants
from knowledge.index import SHORTEST_REPAIRED, Index
from knowledge.words import Script, Token

CUT = 3
"""Letters that stemming may take from a word nobody has typed before its stem is doubted."""

LONG = 8
"""Letters from which a stem may be two errors away from the one meant."""


class Spelling:
    """Repairs words against those that occur in the index; `strength` is what a repaired word counts."""

    def __init__(self, index: Index, strength: float) -> None:
        self._index = index
        self._strength = strength

    def repairs(self, token: Token, *, russian: bool) -> list[tuple[str, float]]:
        """Known words that a word nobody knows may have meant: the nearest, at most two.

        In Latin letters it is read as Russian too where the message may be `russian`.

        Compared as typed and as stemmed: a slip inside an ending misleads the stemmer ("rezutlāti"), a form
        nobody has typed is near by its stem alone.
        """
        index = self._index
        if token.script is Script.CYRILLIC:
            stem, by_letter = words.stem(token).removeprefix(words.RUSSIAN), index.spellings_ru
        else:
            stem, by_letter = words.stem(token), index.spellings
            for variant in variants(token.form):
                readings = words.stems(variant) if russian else words.stems(variant)[:1]
                found = [(s, self._strength) for s in readings if index.knows(s)]
                if found:
                    return found
        near: dict[str, int] = {}
        for form, distance in _nearest(token.form, index.forms_by_letter.get(token.form[0], ())):
            near.setdefault(index.forms[form], distance)
        spellings = by_letter.get(stem[:1], {})
        for spelling, distance in _nearest(stem, spellings.keys()):
            near[spellings[spelling]] = min(distance, near.get(spellings[spelling], distance))
        least = min(near.values(), default=0)
        meant = [feature for feature, distance in near.items() if distance == least]
        meant.sort(key=index.frequency, reverse=True)
        return [(feature, self._strength) for feature in meant[:2]]

    def likely_forms(self, token: Token) -> list[tuple[str, float]]:
        """What a word may have meant whose stem is known by chance: "dealine" is "deadline", not "deal"."""
        if token.script is Script.CYRILLIC or len(token.form) - len(words.stem(token)) < CUT:
            return []
        near = process.extract(
            token.form,
            self._index.forms_by_letter.get(token.form[0], ()),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=1,
            limit=3,
        )
        return [(self._index.forms[form], self._strength) for form, _, _ in near]


def _nearest(word: str, known: Collection[str]) -> list[tuple[str, int]]:
    """The known words one error away, or two for a long word, with the distance; in no order.

    They begin with the same letter: of typed words one in twenty errs there, of chance likenesses most do.
    """
    if len(word) < SHORTEST_REPAIRED:
        return []
    cutoff = 1 if len(word) < LONG else 2
    near = process.extract(word, known, scorer=DamerauLevenshtein.distance, score_cutoff=cutoff, limit=None)
    return [(spelling, int(distance)) for spelling, distance, _ in near]
