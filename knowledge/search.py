"""A question → the entries that may answer it, on one scale from 0 to 1, and what to make of them.

The scale: 1 means that every word of the question, weighted by rarity, occurs in one phrasing of the entry
and the phrasing has nothing the question lacks. See docs/matching.md for a worked example.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable
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


LIKELY = 8
"""Entries whose phrasings are compared one by one: those that the words of the question belong to most."""

FEW_WORDS_LIKELY = 32
"""The same for a question of a word or two, which very many entries know wholly: "school"."""

HEAVY = 0.75
"""Share of a question's weight that chooses the entries: its heaviest words, mostly two or three."""

CHOSEN = 32
"""Entries that the heaviest words choose."""

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

    `candidates` come best first; `confidence` is the estimated chance that the first is right, or where
    `second` is to stand beside it, that one of the two is.
    """

    kind: OutcomeKind
    candidates: tuple[Candidate, ...]
    language: Language | None
    confidence: float = 0.0
    second: Candidate | None = None


def _most(hits: dict[int, float], count: int) -> list[int]:
    """The entries with most hits."""
    return heapq.nlargest(count, hits, key=hits.__getitem__)


def _names_a_topic(read: Iterable[Word]) -> bool:
    """Whether any word is more than small words and figures: "3" and "and then" are no questions."""
    return any(not word.features or share(word.features[0][0]) == 1.0 for word in read)


def _logistic(
    candidates: tuple[Candidate, ...], rival: int, by_similarity: float, by_lead: float, bias: float
) -> float:
    """A chance from the first candidate's similarity and its lead over the `rival`."""
    if not candidates or candidates[0].score <= 0:
        return 0.0
    best = max(candidates[0].score, NOTHING)
    other = max(candidates[rival].score if len(candidates) > rival else 0.0, NOTHING)
    raised = by_similarity * best + by_lead * math.log(best / other) + bias
    return round(1 / (1 + math.exp(-raised)), 4)


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
        read = self.read(question)
        candidates = self._rank(question, read)
        if not self._is_small_talk(candidates) and not _names_a_topic(read):
            candidates = ()
        language = self._answer_language(question, candidates)
        alone = self.confidence(candidates)
        if alone >= self.tuning.alone or len(candidates) < 2:
            return Outcome(self._kind(candidates, alone), candidates, language, alone)
        either = max(alone, self.confidence_in_either(candidates))
        kind = self._kind(candidates, either)
        second = candidates[1] if kind not in ("choices", "fallback") else None
        return Outcome(kind, candidates, language, either, second)

    def rank(self, question: str) -> tuple[Candidate, ...]:
        """Entries by score, best first, as many as are compared."""
        return self._rank(question, self.read(question))

    def _rank(self, question: str, read: tuple[Word, ...]) -> tuple[Candidate, ...]:
        asked = sum(sorted((word.weight for word in read), reverse=True)[: self.tuning.telling])
        if not asked:
            return ()
        index, tuning = self._index, self.tuning
        by_entry = self._entry_hits(read)
        factors = self._factors(question, read, by_entry)
        together = self._pair_hits(read)
        likely = _most(
            {e: hits / asked * factors.get(e, 1.0) + together.get(e, 0.0) for e, hits in by_entry.items()},
            LIKELY if len(read) > FEW_WORDS else FEW_WORDS_LIKELY,
        )
        scored = []
        for entry in likely:
            likeness, number = self._likeness(read, asked, entry)
            whole = tuning.phrasing_share * likeness + (1 - tuning.phrasing_share) * by_entry[entry] / asked
            said = max(whole, math.pow(likeness, tuning.exact)) * factors.get(entry, 1.0)
            scored.append((together.get(entry, 0.0) + said, number, entry))
        scored.sort(reverse=True)
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

    def _factors(self, question: str, read: Iterable[Word], entries: Iterable[int]) -> dict[int, float]:
        """What the question requires of an entry beyond its words, where that is anything.

        A question that names one sector is rather for an entry that answers by sector, and hardly for one
        of another sector; one that names another action (KA229) or the youth field hardly for an entry that
        never mentions it; one with a word that only redirects know (visa, diesel) hardly for an entry that
        answers.
        """
        index, tuning = self._index, self.tuning
        named = self._sectors.one(question)
        required = [index.in_entries.get(feature, {}).keys() for feature in self._sectors.elsewhere(question)]
        strange = sum(self._only_redirects_know(word) for word in read)
        if not (named or required or strange):
            return {}
        factors: dict[int, float] = {}
        for entry in entries:
            own = index.sectors[entry]
            factor = 1.0
            if named and entry in index.by_sector:
                factor = tuning.by_sector
            elif named and own and named != own:
                factor = tuning.other_sector
            if any(entry not in those for those in required):
                factor *= tuning.elsewhere
            factors[entry] = factor if entry in index.redirects else factor * tuning.strange**strange
        return factors

    def _only_redirects_know(self, word: Word) -> bool:
        if not word.features or word.features[0][1] < 1.0 or share(word.features[0][0]) < 1.0:
            return False
        known = self._index.in_entries.get(word.features[0][0], {})
        return bool(known) and known.keys() <= self._index.redirects

    def read(self, question: str) -> tuple[Word, ...]:
        """The words of a question as the search weighs them, each once."""
        return self._reader.read(question)

    def _likeness(self, read: tuple[Word, ...], asked: float, entry: int) -> tuple[float, int]:
        """How much the nearest phrasing of an entry is like the question, and its number."""
        postings, masses, side = self._index.in_phrasings, self._index.masses, self.tuning.question_side
        total: dict[int, float] = {}
        for word in read:
            found = [
                (strength * word.weight, postings[feature][entry])
                for feature, strength in word.features
                if feature in postings and entry in postings[feature]
            ]
            if len(found) == 1:
                gain, numbers = found[0]
                for number in numbers:
                    total[number] = total.get(number, 0.0) + gain
            elif found:
                gains: dict[int, float] = {}
                for gain, numbers in reversed(found):
                    gains.update(dict.fromkeys(numbers, gain))
                for number, gain in gains.items():
                    total[number] = total.get(number, 0.0) + gain
        nearest, which = 0.0, 0
        fixed, rest = side * asked, 1 - side
        for number, mass in total.items():
            own = masses[number]
            likeness = mass / (fixed + rest * (own if own > mass else mass))
            if likeness > nearest or (likeness == nearest and number > which):
                nearest, which = likeness, number
        return nearest, which

    def _entry_hits(self, read: Iterable[Word]) -> dict[int, float]:
        """How much of the question the entries know, by all their phrasings together.

        The heaviest words, which make up most of the question, choose the entries; nearly every entry knows
        the light ones, and those are looked up for the chosen only.
        """
        postings = self._index.in_entries
        words_by_weight = sorted((word for word in read if word.features), key=lambda word: -word.weight)
        enough = HEAVY * sum(word.weight for word in words_by_weight)
        chosen: dict[int, float] = {}
        weighed = 0.0
        for word in words_by_weight:
            if weighed < enough:
                weighed += word.weight
                hits: dict[int, float] = {}
                for feature, strength in word.features:
                    gain = strength * word.weight
                    for entry, firmly in postings.get(feature, {}).items():
                        hit = gain * firmly
                        if hit > hits.get(entry, 0.0):
                            hits[entry] = hit
                for entry, hit in hits.items():
                    chosen[entry] = chosen.get(entry, 0.0) + hit
                if weighed >= enough:
                    chosen = {entry: chosen[entry] for entry in _most(chosen, CHOSEN)}
            else:
                known = [
                    (strength * word.weight, postings[feature])
                    for feature, strength in word.features
                    if feature in postings
                ]
                for entry in chosen:
                    chosen[entry] += max(
                        [gain * firmly[entry] for gain, firmly in known if entry in firmly], default=0.0
                    )
        return chosen

    def _is_small_talk(self, candidates: tuple[Candidate, ...]) -> bool:
        """Whether small words alone are a phrasing all the same: "paldies", "who are you"."""
        best = candidates[0] if candidates else None
        return (
            best is not None and best.score >= SAME and self._knowledge.entries[best.entry].kind == "redirect"
        )

    def confidence(self, candidates: tuple[Candidate, ...]) -> float:
        """How likely the first candidate is right, from its similarity and its lead over the second.

        A logistic curve, fitted on the tune half of tests/questions; `ka2bot eval` prints how well it holds.
        """
        tuning = self.tuning
        return _logistic(candidates, 1, tuning.by_similarity, tuning.by_lead, tuning.bias)

    def confidence_in_either(self, candidates: tuple[Candidate, ...]) -> float:
        """How likely one of the first two is right, from the similarity and the lead over the third."""
        tuning = self.tuning
        return _logistic(
            candidates, 2, tuning.either_by_similarity, tuning.either_by_lead, tuning.either_bias
        )

    def _kind(self, candidates: tuple[Candidate, ...], confidence: float) -> OutcomeKind:
        tuning = self.tuning
        if not candidates or candidates[0].score < tuning.hint:
            return "fallback"
        if confidence >= tuning.minimum and candidates[0].score >= tuning.least:
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
