"""Mistyped names of places to the names meant: edit distance over the well-known ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

_SHORT, _LONG = 4, 8  # letters from which one and two typos are forgiven
_INFLECTED = 0.5  # typos that an inflected reading counts as, so that the form as typed goes first
_SIMILAR = 0.78  # Jaro-Winkler; measured: "kvertija" and the like find nothing, lost and doubled letters do


class Spellings:
    """The names that typos are repaired to."""

    def __init__(self, names: Collection[str]) -> None:
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            self._by_letter[name[:1]].append(name)

    def nearest(self, forms: tuple[str, ...], *, careful: bool = False) -> list[str]:
        """Names with the fewest typos in one of the forms: the first as typed, then its nominatives.

        ``careful``: at most one typo, and not in the first letter.
        """
        found: dict[str, float] = {}
        for number, form in enumerate(forms):
            for name, typos in _close(form, self._by_letter.get(form[:1], []), 1 if careful else 2):
                found[name] = min(found.get(name, 99), typos + (_INFLECTED if number else 0))
        if not found and not careful:
            # Only now the rest: a wrong first letter is rare, and ten times as many names are compared.
            for names in list(self._by_letter.values()):
                found |= dict(_close(forms[0], names, 2))
        least = min(found.values(), default=0)
        return [name for name, typos in found.items() if typos == least]

    def similar(self, form: str) -> list[str]:
        """The three names that look most like an unknown one, best first."""
        if len(form) < _SHORT - 1:
            return []
        everything = [name for names in self._by_letter.values() for name in names]
        ranked = process.extract(
            form, everything, scorer=JaroWinkler.similarity, score_cutoff=_SIMILAR, limit=3
        )
        return [name for name, _, _ in ranked]


def _close(form: str, names: list[str], most: int) -> list[tuple[str, float]]:
    if len(form) < _SHORT:
        return []
    allowed = min(most, 2 if len(form) >= _LONG else 1)
    ranked = process.extract(form, names, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return [(name, float(typos)) for name, typos, _ in ranked]
