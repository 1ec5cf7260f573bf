"""A question → the entries that may answer it, on one scale from 0 to 1, and what to make of them.

The scale: 1 means that every word of the question, weighted by rarity, occurs in one phrasing of the entry
and the phrasing has nothing the question lacks. See docs/matching.md for a worked example.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knowledge import words
from knowledge.index import SHORTEST_REPAIRED, Built, Index, feature_of, mark, share
from knowledge.load import Knowledge
from knowledge.message import asks, sentences
from knowledge.model import LANGUAGES, Language
from knowledge.reading import SectorReader
from knowledge.words import Kind, Script, Token

OutcomeKind = Literal["answer", "gap", "redirect", "choices", "fallback"]


@dataclass(frozen=True, slots=True)
class Tuning:
    """The settings of the search; a wrong answer was held to cost five times a "did you mean"."""

    minimum: float = 0.52
    choices: float = 0.33
    hint: float = 0.2
    by_similarity: float = 3.9
    by_lead: float = 4.6
    bias: float = -1.6
    question_side: float = 0.6
    phrasing_share: float = 0.35
    concept: float = 0.85
    by_sector: float = 1.08
    elsewhere: float = 0.75
    telling: int = 6
    story: float = 0.35
    root: float = 0.5
    repaired: float = 0.7
    unknown: float = 0.5


NOTHING = 0.05
"""Similarity taken for the second of two candidates where there is none: a lone word of luck scores as much."""

CUT = 3
"""Letters that stemming may take from a word nobody has typed before its stem is doubted."""

LONGEST = 60
"""Words of a message that are weighed at most: nobody needs more to ask, and a flood costs no time."""

LONG = 7
"""Letters from which a stem may be two errors away from the one meant."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question with its weight and the features that count for it, strongest first."""

    text: str
    weight: float
    features: tuple[tuple[str, float], ...]


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
        self._word = lru_cache(maxsize=20_000)(self._read_word)

    def find(self, question: str) -> Outcome:
        """The outcome for one question of any length; only its first 60 words are weighed."""
        candidates = self.rank(question)
        confidence = self.confidence(candidates)
        kind = self._kind(candidates, confidence)
        return Outcome(kind, candidates, self._answer_language(question, candidates), confidence)

    def rank(self, question: str) -> tuple[Candidate, ...]:
        """Entries by score, best first, at most ten."""
        read = self.read(question)
        asked = sum(sorted((word.weight for word in read), reverse=True)[: self.tuning.telling])
        if not asked:
            return ()
        by_phrasing = self._phrasing_hits(read)
        by_entry = self._entry_hits(read)
        index, side, part = self._index, self.tuning.question_side, self.tuning.phrasing_share
        best: dict[int, tuple[float, int]] = {}
        for number, mass in by_phrasing.items():
            score = mass / (side * asked + (1 - side) * max(index.masses[number], mass))
            entry = index.phrasings[number][0]
            if score > best.get(entry, (-1.0, 0))[0]:
                best[entry] = (score, number)
        factor = self._factors(question)
        scored = sorted(
            (
                ((part * s + (1 - part) * by_entry.get(e, 0.0) / asked) * factor(e), n, e)
                for e, (s, n) in best.items()
            ),
            reverse=True,
        )[:10]
        return tuple(
            Candidate(index.entries[e], round(min(s, 1.0), 4), index.phrasings[n][2], index.phrasings[n][1])
            for s, n, e in scored
        )

    def _factors(self, question: str) -> Callable[[int], float]:
        """What the question requires of an entry beyond its words.

        A question that names one sector is rather for an entry that answers by sector; one that names
        another action (KA229) or the youth field is hardly for an entry that never mentions it.
        """
        index, tuning = self._index, self.tuning
        by_sector = len(self._sectors.all(question)) == 1
        required = [
            frozenset(entry for entry, _ in index.in_entries.get(feature, ()))
            for feature in self._sectors.elsewhere(question)
        ]

        def factor(entry: int) -> float:
            gain = tuning.by_sector if by_sector and entry in index.by_sector else 1.0
            return gain * tuning.elsewhere if any(entry not in those for those in required) else gain

        return factor

    def read(self, question: str) -> tuple[Word, ...]:
        """The words of a question as the search weighs them, each once."""
        seen: dict[str, Word] = {}
        parts = sentences(question)
        asking = [part for part in parts if asks(part)]
        story = [part for part in parts if part not in asking] if asking else []
        for part, share_of_part in (
            *((p, 1.0) for p in asking or parts),
            *((p, self.tuning.story) for p in story),
        ):
            for token in words.tokens(part)[:LONGEST]:
                word = self._word(token)
                if word is not None:
                    key = word.features[0][0] if word.features else word.text
                    seen.setdefault(key, replace(word, weight=word.weight * share_of_part))
        return tuple(seen.values())[:LONGEST]

    def _phrasing_hits(self, read: Iterable[Word]) -> dict[int, float]:
        total: dict[int, float] = defaultdict(float)
        postings = self._index.in_phrasings
        for word in read:
            hits: dict[int, float] = {}
            for feature, strength in word.features:
                gain = strength * word.weight
                for number in postings.get(feature, ()):
                    if number not in hits:
                        hits[number] = gain
            for number, gain in hits.items():
                total[number] += gain
        return total

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

    def _read_word(self, token: Token) -> Word | None:
        if token.kind is Kind.SIGN:
            return None
        if token.kind is Kind.NUMBER:
            feature = feature_of(token, "lv")
            return Word(token.form, self._index.weight(feature), ((feature, 1.0),))
        marked = mark(token.form)
        stems = [(marked + s, 1.0) for s in words.stems(token) if self._index.knows(marked + s)]
        if not stems and not marked:
            stems = self._repairs(token)
        elif not marked and token.form not in self._index.forms:
            stems += self._likely_forms(token)
        features: dict[str, float] = {}
        for stem, strength in stems:
            features.setdefault(stem, strength)
            for concept in self._index.concepts.get(stem, ()):
                features.setdefault(concept, strength * self.tuning.concept)
        if not marked:
            for stem in [stem for stem, _ in stems] or [words.stem(token)]:
                for root in self._index.roots(stem):
                    features.setdefault(root, self.tuning.root)
                    for concept in self._index.concepts.get(root, ()):
                        features.setdefault(concept, self.tuning.root * self.tuning.concept)
        if not features:
            weight = self._index.unknown_weight * self.tuning.unknown * share(marked)
            return Word(token.form, weight, ())
        heaviest = max(self._index.weight(f) * s for f, s in features.items())
        return Word(token.form, heaviest, tuple(sorted(features.items(), key=lambda item: -item[1])))

    def _repairs(self, token: Token) -> list[tuple[str, float]]:
        """Known stems that a word nobody knows may have meant."""
        if token.script is Script.CYRILLIC:
            return self._nearest(words.stem(token).removeprefix(words.RUSSIAN), self._index.spellings_ru)
        for variant in words.variants(token.form):
            found = [(s, self.tuning.repaired) for s in words.stems(variant) if self._index.knows(s)]
            if found:
                return found
        return self._nearest(words.stem(token), self._index.spellings)

    def _likely_forms(self, token: Token) -> list[tuple[str, float]]:
        """What a word may have meant whose stem is known by chance: "dealine" is "deadline", not "deal"."""
        if token.script is Script.CYRILLIC or len(token.form) - len(words.stem(token)) < CUT:
            return []
        near = process.extract(
            token.form, self._index.forms.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=1, limit=3
        )
        return [
            (self._index.forms[form], self.tuning.repaired) for form, _, _ in near if form[0] == token.form[0]
        ]

    def _nearest(self, stem: str, spellings: dict[str, str]) -> list[tuple[str, float]]:
        """The one or two most frequent of the nearest known stems.

        The first letter must agree: of typed words one in twenty errs there, of chance likenesses most do.
        """
        if len(stem) < SHORTEST_REPAIRED:
            return []
        near = process.extract(
            stem,
            spellings.keys(),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=1 if len(stem) < LONG else 2,
            limit=None,
        )
        alike = [(spelling, distance) for spelling, distance, _ in near if spelling[0] == stem[0]]
        least = min((distance for _, distance in alike), default=0)
        meant = [spellings[spelling] for spelling, distance in alike if distance == least]
        meant.sort(key=self._index.frequency, reverse=True)
        return [(feature, self.tuning.repaired) for feature in meant[:2]]

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
        if not candidates or candidates[0].score < self.tuning.hint:
            return None
        return next((known for known in LANGUAGES if known == candidates[0].language), None)
