"""How much entries, and the phrasings of one, are like a question."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import add

from knowledge.features import idea, pairs
from knowledge.index import Index
from knowledge.question import Word
from knowledge.tuning import Tuning

HEAVY = 0.75
"""Share of a question's weight that chooses the entries: its heaviest words, mostly two or three."""

CHOSEN = 32
"""Entries that the heaviest words choose."""

FEW_PAIRS = 3
"""Pairs of a question that together may add all that pairs add; a question of two words adds less."""

Evidence = list[tuple[float, Mapping[int, float], str]]
"""What counts for a word, strongest first: how much, the entries it belongs to and how firmly, its name."""

Held = list[tuple[float, int]]
"""What a word adds to phrasings of an entry, strongest first: how much, and to which, as bits."""


def most(hits: dict[int, float], count: int) -> list[int]:
    """The entries with most hits, the first of equals first."""
    return sorted(hits, key=hits.__getitem__, reverse=True)[:count]


class Likeness:
    """Compares one question with the entries."""

    def __init__(self, index: Index, tuning: Tuning, read: tuple[Word, ...], asked: float) -> None:
        self._index = index
        self._tuning = tuning
        self._read = read
        self._fixed = tuning.question_side * asked
        self._rest = 1 - tuning.question_side
        self._evidence = [
            (
                word.weight,
                [
                    (strength * word.weight, firmly, feature)
                    for feature, strength in word.features
                    if (firmly := index.firmly(feature))
                ],
            )
            for word in sorted(read, key=lambda word: -word.weight)
            if word.features
        ]

    def entries(self) -> dict[int, float]:
        """How much of the question the entries know, by all their phrasings together.

        The heaviest words, which make up most of the question, choose the entries; nearly every entry knows
        the light ones, and those are looked up for the chosen only.
        """
        enough = HEAVY * sum(weight for weight, _ in self._evidence)
        chosen: dict[int, float] = {}
        weighed = 0.0
        for weight, found in self._evidence:
            if weighed < enough:
                weighed += weight
                hits = _hits(found)
                if chosen:
                    for entry, hit in hits.items():
                        chosen[entry] = chosen.get(entry, 0.0) + hit
                else:
                    chosen = hits
                if weighed >= enough:
                    chosen = {entry: chosen[entry] for entry in most(chosen, CHOSEN)}
            elif found:
                gains = [[gain * firmly.get(entry, 0.0) for entry in chosen] for gain, firmly, _ in found]
                added = map(max, *gains) if len(gains) > 1 else gains[0]
                chosen = dict(zip(chosen, map(add, chosen.values(), added), strict=True))
        return chosen

    def neighbours(self) -> dict[int, float]:
        """What neighbouring ideas of the question add: "budget line" is more than budget and line."""
        asked = pairs(idea([name for name, _ in word.features]) for word in self._read if word.features)
        total: dict[int, float] = defaultdict(float)
        everywhere, most_pairs = len(self._index.entries), max(FEW_PAIRS, len(asked))
        for pair in asked:
            known = self._index.neighbours(pair)
            if known:
                gain = self._tuning.pairs * math.log(everywhere / len(known)) / math.log(everywhere)
                for entry, firmly in known:
                    total[entry] += gain * firmly / most_pairs
        return total

    def nearest(self, entries: Sequence[int]) -> dict[int, tuple[float, int]]:
        """How much the nearest phrasing of each entry is like the question, and its number."""
        known: dict[int, list[Held]] = {entry: [] for entry in entries}
        for _, found in self._evidence:
            by_entry: dict[int, Held] = {}
            for gain, _, feature in found:
                for entry, bits in self._index.holding(feature, entries):
                    by_entry.setdefault(entry, []).append((gain, bits))
            for entry, held in by_entry.items():
                known[entry].append(held)
        return {entry: self._nearest(entry, held) for entry, held in known.items()}

    def _nearest(self, entry: int, known: list[Held]) -> tuple[float, int]:
        """The nearest of an entry's phrasings, which are the bits of one figure, the lightest first.

        Word by word they part into those that hold it and the rest, the former first; of those that share
        the same words with the question the lightest is the nearest. What can no longer be nearer than one
        that was found is left.
        """
        first, masses = self._index.built.phrasings_of[entry], self._index.built.masses
        fixed, share = self._fixed, self._rest
        left = [*accumulate((found[0][0] for found in reversed(known)), initial=0.0)]
        nearest, which, least = 0.0, first, 0.0
        groups = [(len(known), 0.0, -1)]
        while groups:
            words, mass, group = groups.pop()
            if mass + left[words] <= least:
                continue
            if not words:
                number = first + (group & -group).bit_length() - 1
                own = masses[number]
                likeness = mass / (fixed + share * (own if own > mass else mass))
                if likeness > nearest:
                    nearest, which = likeness, number
                    # a phrasing of nothing else must share so much with the question to be as near
                    least = mass if own <= mass else likeness * fixed / (1 - share * likeness)
                continue
            words -= 1
            rest_first = len(groups)
            for gain, bits in known[-1 - words]:
                both = group & bits
                if both:
                    groups.append((words, mass + gain, both))
                    group ^= both
            if group:
                groups.insert(rest_first, (words, mass, group))
        return nearest, which


def _hits(found: Evidence) -> dict[int, float]:
    """What a word adds to each entry: the feature that belongs to it most firmly counts."""
    hits: dict[int, float] = {}
    for gain, firmly, _ in found:
        if not hits:
            hits = {entry: gain * often for entry, often in firmly.items()}
        else:
            for entry, often in firmly.items():
                hit = gain * often
                if hit > hits.get(entry, 0.0):
                    hits[entry] = hit
    return hits
