"""How a question became an answer, step by step, for curators and for docs/matching.md."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge import words
from knowledge.deciding import Candidate, Outcome
from knowledge.features import ASKING, STOP
from knowledge.index import Index
from knowledge.question import Word
from knowledge.search import Search


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word of the question: as typed, what it counts as, and whether it was taken for another word.

    `counts_as` holds features with their strength: stems, `@concept`, and marked by `~` or `?` words without
    a topic and words that ask.
    """

    text: str
    weight: float
    counts_as: tuple[tuple[str, float], ...]
    repaired: bool

    @property
    def known(self) -> bool:
        """Whether any phrasing holds it or a word like it."""
        return bool(self.counts_as)


@dataclass(frozen=True, slots=True)
class Parts:
    """A candidate with the parts of its score, each from 0 to 1.

    `phrasing` is the likeness of the nearest phrasing, `entry` the share of the question that the whole entry
    knows, `together` both weighed; `rest` is what the search adds to it or takes from it for other reasons
    (words that belong together, a sector, another action, words that only redirects know).
    """

    candidate: Candidate
    phrasing: float
    entry: float
    together: float
    rest: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The steps from a question to its outcome."""

    words: tuple[ReadWord, ...]
    candidates: tuple[Parts, ...]
    outcome: Outcome


def explain(question: str, search: Search, index: Index) -> Explanation:
    """What `search.find` made of a question; `index` is one of the same knowledge."""
    read = search.read(question)
    outcome = search.find(question)
    parts = tuple(_parts(candidate, read, search, index) for candidate in outcome.candidates)
    return Explanation(tuple(_read(word) for word in read), parts, outcome)


def _read(word: Word) -> ReadWord:
    first = word.features[0][0].lstrip(STOP + ASKING) if word.features else ""
    itself = word.text.isdigit() or not first or first.startswith("@") or first in words.stems(word.text)
    return ReadWord(word.text, round(word.weight, 4), word.features, not itself)


def _parts(candidate: Candidate, read: Iterable[Word], search: Search, index: Index) -> Parts:
    tuning = search.tuning
    read = tuple(read)
    asked = sum(sorted((word.weight for word in read), reverse=True)[: tuning.telling])
    owner = index.entries.index(candidate.entry)
    place, number = next(
        (place, number)
        for place, number in enumerate(index.phrasings(owner))
        if index.phrasing(number)[1:] == (candidate.language, candidate.phrasing)
    )
    mass = sum(_gain(word, index, owner, place) for word in read)
    side = tuning.question_side
    phrasing = mass / (side * asked + (1 - side) * max(index.built.masses[number], mass))
    entry = _entry_share(owner, read, index) / asked
    share = tuning.phrasing_share
    together = max(share * phrasing + (1 - share) * entry, phrasing**tuning.exact)
    rest = candidate.score - together
    return Parts(candidate, round(phrasing, 4), round(entry, 4), round(together, 4), round(rest, 4))


def _gain(word: Word, index: Index, entry: int, place: int) -> float:
    """What a word adds to a phrasing: its strongest feature there counts."""
    return next(
        (
            strength * word.weight
            for feature, strength in word.features
            if any(bits >> place & 1 for _, bits in index.holding(feature, (entry,)))
        ),
        0.0,
    )


def _entry_share(entry: int, read: Iterable[Word], index: Index) -> float:
    """What the words add to an entry: each by the feature that belongs to it most firmly."""
    best: dict[int, float] = defaultdict(float)
    for number, word in enumerate(read):
        for feature, strength in word.features:
            firmly = index.firmly(feature).get(entry, 0.0)
            best[number] = max(best[number], strength * word.weight * firmly)
    return sum(best.values())
