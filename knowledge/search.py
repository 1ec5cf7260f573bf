"""A question → the entries that may answer it, on one scale from 0 to 1.

The scale: 1 means that every word of the question, weighted by rarity, occurs in one phrasing of the entry
and the phrasing has nothing the question lacks. See docs/matching.md for a worked example.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from knowledge import words
from knowledge.deciding import SAME, Candidate, Decider, Outcome
from knowledge.features import is_topic, share
from knowledge.index import Index
from knowledge.likeness import Likeness, most
from knowledge.load import Knowledge
from knowledge.model import LANGUAGES, Language, Sector
from knowledge.question import QuestionReader, Word
from knowledge.reading import SectorReader
from knowledge.tables import Tables
from knowledge.tuning import Tuning

LIKELY = 8
"""Entries whose phrasings are compared one by one: those that the words of the question belong to most."""

FEW_WORDS_LIKELY = 32
"""The same for a question of a word or two, which very many entries know wholly: "school"."""

FEW_WORDS = 2
"""Words of a question too short to tell its language: "850 km", "skola", "deadline"."""


def _names_a_topic(read: Iterable[Word]) -> bool:
    """Whether any word is more than small words and figures: "3" and "and then" are no questions."""
    return any(not word.features or is_topic(word.features[0][0]) for word in read)


class Search:
    """Finds entries for questions in Latvian, English and Russian, however typed."""

    def __init__(
        self, knowledge: Knowledge, tuning: Tuning | None = None, built: Tables | None = None
    ) -> None:
        self._knowledge = knowledge
        self._index = Index(knowledge, built)
        self._sectors = SectorReader(knowledge.call)
        self.tuning = tuning or Tuning()
        self._reader = QuestionReader(self._index, self.tuning)
        self._decider = Decider(knowledge, self._index, self.tuning)

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
        return self._decider.decide(candidates, read, language)

    def rank(self, question: str) -> tuple[Candidate, ...]:
        """Entries by score, best first, as many as are compared."""
        return self._rank(question, self.read(question))

    def _rank(self, question: str, read: tuple[Word, ...]) -> tuple[Candidate, ...]:
        asked = sum(sorted((word.weight for word in read), reverse=True)[: self.tuning.telling])
        if not asked:
            return ()
        tuning, likeness = self.tuning, Likeness(self._index, self.tuning, read, asked)
        by_entry = likeness.entries()
        factors = self._factors(question, read, by_entry)
        together = likeness.neighbours()
        likely = most(
            {e: hits / asked * factors.get(e, 1.0) + together.get(e, 0.0) for e, hits in by_entry.items()},
            LIKELY if len(read) > FEW_WORDS else FEW_WORDS_LIKELY,
        )
        scored = []
        for entry, (near, number) in likeness.nearest(likely).items():
            whole = tuning.phrasing_share * near + (1 - tuning.phrasing_share) * by_entry[entry] / asked
            said = max(whole, math.pow(near, tuning.exact)) * factors.get(entry, 1.0)
            scored.append((together.get(entry, 0.0) + said, number, near))
        scored.sort(reverse=True)
        return tuple(self._candidate(*each) for each in scored)

    def _candidate(self, score: float, number: int, likeness: float) -> Candidate:
        entry, language, phrasing = self._index.phrasing(number)
        name = self._index.entries[entry]
        return Candidate(name, round(min(score, 1.0), 4), phrasing, language, round(likeness, 4))

    def _factors(self, question: str, read: Iterable[Word], entries: Iterable[int]) -> dict[int, float]:
        """What the question requires of an entry beyond its words, where that is anything.

        A question that names one sector is rather for an entry that answers by sector, and hardly for one
        of another sector; one that names another action (KA229) or the youth field hardly for an entry that
        never mentions it; one that names our own (KA2) hardly for a redirect that never does; one with a word
        that only redirects know (visa, diesel) hardly for an entry that answers.
        """
        index, tuning = self._index, self.tuning
        named = self._sector(question, read)
        required = [index.firmly(feature).keys() for feature in self._sectors.elsewhere(question)]
        ours = [index.firmly(code).keys() for code in self._sectors.ours(question)]
        strange = sum(self._only_redirects_know(word) for word in read)
        if not (named or required or ours or strange):
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
            if entry not in index.redirects:
                factor *= tuning.strange**strange
            elif any(entry not in those for those in ours):
                factor *= tuning.elsewhere
            factors[entry] = factor
        return factors

    def _only_redirects_know(self, word: Word) -> bool:
        if not word.features or word.features[0][1] < 1.0 or share(word.features[0][0]) < 1.0:
            return False
        known = self._index.firmly(word.features[0][0])
        return bool(known) and known.keys() <= self._index.redirects

    def sector(self, question: str) -> Sector | None:
        """The one sector that a question names, misspelt too ("porfesionala")."""
        return self._sector(question, self.read(question))

    def _sector(self, question: str, read: Iterable[Word]) -> Sector | None:
        """A repaired word tells where no word as typed names a sector; one of two readings is no matter."""
        named = self._sectors.all(question)
        if not named:
            repaired = (
                self._sectors.of_stem(word.features[0][0])
                for word in read
                if word.features and word.features[0][1] == self.tuning.repaired
            )
            named = tuple(dict.fromkeys(sector for sector in repaired if sector is not None))
        return named[0] if len(named) == 1 else None

    def read(self, question: str) -> tuple[Word, ...]:
        """The words of a question as the search weighs them, each once."""
        return self._reader.read(question)

    def _is_small_talk(self, candidates: tuple[Candidate, ...]) -> bool:
        """Whether small words alone are a phrasing all the same: "paldies", "who are you"."""
        best = candidates[0] if candidates else None
        return (
            best is not None and best.score >= SAME and self._knowledge.entries[best.entry].kind == "redirect"
        )

    def confidence(self, candidates: tuple[Candidate, ...]) -> float:
        """How likely the first candidate is right."""
        return self._decider.confidence(candidates)

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
