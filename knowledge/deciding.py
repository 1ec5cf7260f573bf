"""Scored entries → what to make of them: one answers, two stand side by side, topics are offered, or nothing.

See docs/matching.md; the settings, with what each means, stand in `knowledge/tuning.py`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from knowledge.features import share
from knowledge.index import Index
from knowledge.load import Knowledge
from knowledge.model import Language
from knowledge.question import Word
from knowledge.tuning import Tuning

OutcomeKind = Literal["answer", "gap", "redirect", "choices", "fallback"]


SAME = 0.9
"""Similarity from which a question of small words alone ("who are you") is taken for the phrasing."""

AS_WRITTEN = 0.99
"""Likeness from which a question is a phrasing word for word, so that no second answer need stand by."""

NOTHING = 0.05
"""Similarity taken for a second candidate where there is none: a lone word of luck scores as much."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its score and the phrasing that came nearest, and how near that is."""

    entry: str
    score: float
    phrasing: str
    language: str
    likeness: float = 0.0


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


class Decider:
    """Decides by the settings, and by which entries are redirects."""

    def __init__(self, knowledge: Knowledge, index: Index, tuning: Tuning) -> None:
        self._knowledge = knowledge
        self._index = index
        self.tuning = tuning

    def decide(
        self, candidates: tuple[Candidate, ...], read: Iterable[Word], language: Language | None
    ) -> Outcome:
        """The outcome for the words of a question and its candidates, best first."""
        alone = self.confidence(candidates)
        if alone >= self.tuning.alone or len(candidates) < 2 or self._as_written(candidates, alone):
            return Outcome(self._kind(candidates, alone), candidates, language, alone)
        either = max(alone, self.confidence_in_either(candidates))
        kind = self._kind(candidates, either)
        if kind == "answer" and self._rather_not_ours(candidates, read):
            first, outside, *rest = candidates
            return Outcome("redirect", (outside, first, *rest), language, either, first)
        second = self._second(candidates, read) if kind not in ("choices", "fallback") else None
        return Outcome(kind, candidates, language, either, second)

    def _as_written(self, candidates: tuple[Candidate, ...], alone: float) -> bool:
        """Whether the question is, nearly word for word, a phrasing of the first and of no other."""
        first, *others = candidates
        likely = alone >= self.tuning.minimum and first.likeness >= AS_WRITTEN
        return likely and all(other.likeness < SAME for other in others)

    def _second(self, candidates: tuple[Candidate, ...], read: Iterable[Word]) -> Candidate:
        """What stands beside an unsure first: the next, but no idle redirect where an answer is as near.

        Two that both say "not here" help nobody more than one, and beside an answer a redirect needs a word
        that is rather its own.
        """
        entries, near = self._knowledge.entries, self.tuning.not_ours * candidates[1].score
        first, second = (entries[candidate.entry].kind for candidate in candidates[:2])
        if second != "redirect" or (first != "redirect" and self._speaks_of_others(read)):
            return candidates[1]
        answers = (c for c in candidates[2:] if entries[c.entry].kind != "redirect" and c.score >= near)
        return next(answers, candidates[1])

    def _rather_not_ours(self, candidates: tuple[Candidate, ...], read: Iterable[Word]) -> bool:
        """Whether a redirect comes so near to an unsure answer that it should stand before it.

        Whoever asks of something else is then not told a figure that has nothing to do with it; whoever asks
        of this finds the answer below. Some word must be rather the redirects' than ours: "deadline" and
        "priority" alone are in both.
        """
        first, second = candidates[:2]
        if self._knowledge.entries[second.entry].kind != "redirect":
            return False
        near = second.score >= self.tuning.not_ours * first.score and first.likeness < SAME
        return near and self._speaks_of_others(read)

    def _speaks_of_others(self, read: Iterable[Word]) -> bool:
        return any(self._foreign(word) >= self.tuning.foreign for word in read)

    def _foreign(self, word: Word) -> float:
        """How far a word belongs to redirects, of all entries that it belongs to; 0 for small words."""
        if not word.features or share(word.features[0][0]) < 1.0:
            return 0.0
        known = self._index.firmly(word.features[0][0])
        elsewhere = sum(firmly for entry, firmly in known.items() if entry in self._index.redirects)
        return elsewhere / sum(known.values()) if known else 0.0

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
