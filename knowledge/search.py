"""A question → the entries that may answer it, on one scale from 0 to 1, and what to make of them.

The scale: 1 means that every word of the question, weighted by rarity, occurs in one phrasing of the entry
and the phrasing has nothing the question lacks. See docs/matching.md for a worked example.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from knowledge import words
from knowledge.index import Built, Index, idea, pairs, share
from knowledge.load import Knowledge
from knowledge.model import LANGUAGES, Language
from knowledge.question import QuestionReader, Word
from knowledge.reading import SectorReader
from knowledge.tuning import Tuning

OutcomeKind = Literal["answer", "gap", "redirect", "choices", "fallback"]


LIKELY = 16
"""Entries whose phrasings are compared one by one: those that the words of the question belong to most."""

FEW_WORDS = 2
"""Words of a question too short to tell its language: "850 km", "skola", "deadline"."""

FEW_PAIRS = 3
"""Pairs of a question that together may add all that pairs add; a question of two words adds less."""

SAME = 0.9
"""Similarity from which a question of small words alone ("who are you") is taken for the phrasing."""

NOTHING = 0.05
"""Similarity taken for a second candidate where there is none: a lone word of luck scores as much."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its score and the phrasing that came nearest."""

    entry: str
    score: float
    phrasing: str
    language: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to do with a question.

    `candidates` come best first, at most ten; `confidence` is the estimated chance that the first is right.
    """

    kind: OutcomeKind
    candidates: tuple[Candidate, ...]
    language: Language | None
    confidence: float = 0.0


class Search:
    """Finds entries for questions in Latvian, English and Russian, however typed."""

    def __init__(
        self, knowledge: Knowledge, tuning: Tuning | None = None, built: Built | None = None
    ) -> None:
        self._knowledge = knowledge
        self._index = Index(knowledge, built)
        self._sectors = SectorReader(knowledge.call)
        self.tuning = tuning or Tuning()
        self._reader = QuestionReader(self._index, self.tuning)

    @property
    def index(self) -> Index:
        """The lookup tables it works with, for whoever explains what it found."""
        return self._index

    def find(self, question: str) -> Outcome:
        """The outcome for one question of any length; only its first 60 words are weighed."""
        candidates = self.rank(question)
        confidence = self.confidence(candidates)
        if not self._is_small_talk(candidates) and not self._names_a_topic(question):
            confidence, candidates = 0.0, ()
        kind = self._kind(candidates, confidence)
        return Outcome(kind, candidates, self._answer_language(question, candidates), confidence)

    def rank(self, question: str) -> tuple[Candidate, ...]:
        """Entries by score, best first, at most ten."""
        read = self.read(question)
        asked = sum(sorted((word.weight for word in read), reverse=True)[: self.tuning.telling])
        if not asked:
            return ()
        by_entry = self._entry_hits(read)
        index, part = self._index, self.tuning.phrasing_share
        factor = self._factors(question, read)
        together = self._pair_hits(read)

        def similarity(entry: int, likeness: float) -> float:
            whole = part * likeness + (1 - part) * by_entry[entry] / asked
            same = math.pow(likeness, self.tuning.exact)
            return together.get(entry, 0.0) + max(whole, same) * factor(entry)

        likely = heapq.nlargest(
            LIKELY, by_entry, key=lambda e: by_entry[e] / asked * factor(e) + together.get(e, 0.0)
        )
        compared = ((entry, *self._likeness(read, asked, entry)) for entry in likely)
        scored = sorted(((similarity(e, s), n, e) for e, s, n in compared), reverse=True)[:10]
        return tuple(
            Candidate(index.entries[e], round(min(s, 1.0), 4), index.phrasings[n][2], index.phrasings[n][1])
            for s, n, e in scored
        )

    def _pair_hits(self, read: Iterable[Word]) -> dict[int, float]:
        """What neighbouring ideas of the question add: "budget line" is more than budget and line."""
        asked = pairs(idea([name for name, _ in word.features]) for word in read if word.features)
        total: dict[int, float] = defaultdict(float)
        everywhere = len(self._index.entries)
        for pair in asked:
            known = self._index.in_pairs.get(pair, ())
            for entry, firmly in known:
                rarity = math.log(everywhere / len(known)) / math.log(everywhere)
                total[entry] += self.tuning.pairs * rarity * firmly / max(FEW_PAIRS, len(asked))
        return total

    def _factors(self, question: str, read: Iterable[Word]) -> Callable[[int], float]:
        """What the question requires of an entry beyond its words.

        A question that names one sector is rather for an entry that answers by sector; one that names
        another action (KA229) or the youth field is hardly for an entry that never mentions it; one with a
        word that only redirects know (visa, diesel) hardly for an entry that answers.
        """
        index, tuning = self._index, self.tuning
        by_sector = len(self._sectors.all(question)) == 1
        required = [
            frozenset(entry for entry, _ in index.in_entries.get(feature, ()))
            for feature in self._sectors.elsewhere(question)
        ]

        strange = sum(self._only_redirects_know(word) for word in read)

        def factor(entry: int) -> float:
            gain = tuning.by_sector if by_sector and entry in index.by_sector else 1.0
            if any(entry not in those for those in required):
                gain *= tuning.elsewhere
            return gain if entry in index.redirects else gain * tuning.strange**strange

        return factor

    def _only_redirects_know(self, word: Word) -> bool:
        if not word.features or word.features[0][1] < 1.0 or share(word.features[0][0]) < 1.0:
            return False
        known = self._index.in_entries.get(word.features[0][0], ())
        return bool(known) and all(entry in self._index.redirects for entry, _ in known)

    def read(self, question: str) -> tuple[Word, ...]:
        """The words of a question as the search weighs them, each once."""
        return self._reader.read(question)

    def _likeness(self, read: tuple[Word, ...], asked: float, entry: int) -> tuple[float, int]:
        """How much the nearest phrasing of an entry is like the question, and its number."""
        postings, masses, side = self._index.in_phrasings, self._index.masses, self.tuning.question_side
        total: dict[int, float] = {}
        for word in read:
            seen: set[int] = set()
            for feature, strength in word.features:
                by_entry = postings.get(feature)
                numbers = by_entry.get(entry) if by_entry else None
                if numbers:
                    gain = strength * word.weight
                    for number in numbers:
                        if number not in seen:
                            seen.add(number)
                            total[number] = total.get(number, 0.0) + gain
        return max(
            (
                (mass / (side * asked + (1 - side) * max(masses[number], mass)), number)
                for number, mass in total.items()
            ),
            default=(0.0, 0),
        )

    def _entry_hits(self, read: Iterable[Word]) -> dict[int, float]:
        total: dict[int, float] = defaultdict(float)
        postings = self._index.in_entries
        for word in read:
            hits: dict[int, float] = {}
            for feature, strength in word.features:
                gain = strength * word.weight
                for entry, firmly in postings.get(feature, ()):
                    if gain * firmly > hits.get(entry, 0.0):
                        hits[entry] = gain * firmly
            for entry, gain in hits.items():
                total[entry] += gain
        return total

    def _is_small_talk(self, candidates: tuple[Candidate, ...]) -> bool:
        """Whether small words alone are a phrasing all the same: "paldies", "who are you"."""
        best = candidates[0] if candidates else None
        return (
            best is not None and best.score >= SAME and self._knowledge.entries[best.entry].kind == "redirect"
        )

    def _names_a_topic(self, question: str) -> bool:
        """Whether any word is more than small words and figures: "3" and "and then" are no questions."""
        return any(not word.features or share(word.features[0][0]) == 1.0 for word in self.read(question))

    def confidence(self, candidates: tuple[Candidate, ...]) -> float:
        """How likely the first candidate is right, from its similarity and its lead over the second.

        A logistic curve, fitted on the tune half of tests/questions; `ka2bot eval` prints how well it holds.
        """
        if not candidates or candidates[0].score <= 0:
            return 0.0
        best = candidates[0].score
        second = max(candidates[1].score if len(candidates) > 1 else 0.0, NOTHING)
        tuning = self.tuning
        raised = (
            tuning.by_similarity * best + tuning.by_lead * math.log(max(best, NOTHING) / second) + tuning.bias
        )
        return round(1 / (1 + math.exp(-raised)), 4)

    def _kind(self, candidates: tuple[Candidate, ...], confidence: float) -> OutcomeKind:
        tuning = self.tuning
        if not candidates or candidates[0].score < tuning.hint:
            return "fallback"
        if confidence >= tuning.minimum:
            return self._knowledge.entries[candidates[0].entry].kind
        return "choices" if candidates[0].score >= tuning.choices else "fallback"

    def _answer_language(self, question: str, candidates: tuple[Candidate, ...]) -> Language | None:
        """The language to answer in: that of the question's small words, else of the nearest phrasing.

        None leaves it to the chat: Russian has no texts, and a question of one topic word tells nothing.
        """
        small = words.languages_of(question)
        if len(small) == 1:
            return small[0] if small[0] in LANGUAGES else None
        named = [token for token in words.tokens(question) if token.kind is words.Kind.WORD]
        if not candidates or len(named) <= FEW_WORDS:
            return None
        return next((known for known in LANGUAGES if known == candidates[0].language), None)
