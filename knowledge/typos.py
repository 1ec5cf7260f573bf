"""What a misspelt word may have meant: chat spellings undone, then the nearest known words."""

from __future__ import annotations

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knowledge import words
from knowledge.index import SHORTEST_REPAIRED, Index, Spellings
from knowledge.words import Script, Token

CUT = 3
"""Letters that stemming may take from a word nobody has typed before its stem is doubted."""

LONG = 7
"""Letters from which a stem may be two errors away from the one meant."""


class Spelling:
    """Repairs words against those that occur in the index; `strength` is what a repaired word counts."""

    def __init__(self, index: Index, strength: float) -> None:
        self._index = index
        self._strength = strength

    def repairs(self, token: Token) -> list[tuple[str, float]]:
        """Known stems that a word nobody knows may have meant."""
        if token.script is Script.CYRILLIC:
            return self._nearest(words.stem(token).removeprefix(words.RUSSIAN), self._index.spellings_ru)
        for variant in words.variants(token.form):
            found = [(s, self._strength) for s in words.stems(variant) if self._index.knows(s)]
            if found:
                return found
        return self._nearest(words.stem(token), self._index.spellings)

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

    def _nearest(self, stem: str, by_letter: Spellings) -> list[tuple[str, float]]:
        """The one or two most frequent of the nearest known stems.

        The first letter must agree: of typed words one in twenty errs there, of chance likenesses most do.
        """
        if len(stem) < SHORTEST_REPAIRED:
            return []
        spellings = by_letter.get(stem[0], {})
        near = process.extract(
            stem,
            spellings.keys(),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=1 if len(stem) < LONG else 2,
            limit=None,
        )
        least = min((distance for _, distance, _ in near), default=0)
        meant = [spellings[spelling] for spelling, distance, _ in near if distance == least]
        meant.sort(key=self._index.frequency, reverse=True)
        return [(feature, self._strength) for feature in meant[:2]]
