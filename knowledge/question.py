"""A question as the search weighs it: words with their weight and everything that counts for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge import words
from knowledge.features import feature_of, mark, share
from knowledge.index import Index
from knowledge.message import asked
from knowledge.tuning import Tuning
from knowledge.typos import Spelling
from knowledge.words import Kind, Token

LONGEST = 60
"""Words of a message that are weighed at most: nobody needs more to ask, and a flood costs no time."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question with its weight and the features that count for it, strongest first."""

    text: str
    weight: float
    features: tuple[tuple[str, float], ...]


class QuestionReader:
    """Reads questions against an index."""

    def __init__(self, index: Index, tuning: Tuning) -> None:
        self._index = index
        self.tuning = tuning
        self._spelling = Spelling(index, tuning.repaired)
        self._word = lru_cache(maxsize=20_000)(self._read_word)

    def read(self, question: str) -> tuple[Word, ...]:
        """The words of a question as the search weighs them, each once."""
        seen: dict[str, Word] = {}
        small = words.languages_of(question)
        russian = not small or "ru" in small
        asking, story = asked(question)
        for part, share_of_part in (*((p, 1.0) for p in asking), *((p, self.tuning.story) for p in story)):
            for token in words.tokens(part)[:LONGEST]:
                word = self._word(token, russian)
                if word is not None:
                    key = word.features[0][0] if word.features else word.text
                    if key not in seen:
                        lighter = share_of_part < 1.0
                        seen[key] = replace(word, weight=word.weight * share_of_part) if lighter else word
        return tuple(seen.values())[:LONGEST]

    def _read_word(self, token: Token, russian: bool) -> Word | None:
        """A word; of one in Latin letters the Russian reading counts only where the message may be Russian.

        Else "al priorites" would be about Alice, the Russian assistant: nothing in English begins so.
        """
        if token.kind is Kind.SIGN:
            return None
        if token.kind is Kind.NUMBER:
            feature = feature_of(token, "lv")
            return Word(token.form, self._index.weight(feature), ((feature, 1.0),))
        marked = mark(token.form)
        readings = words.stems(token) if russian else words.stems(token)[:1]
        stems = [(marked + s, 1.0) for s in readings if self._index.knows(marked + s)]
        if not stems and not marked:
            stems = self._spelling.repairs(token, russian=russian)
        elif not marked and token.form not in self._index.forms:
            stems += self._spelling.likely_forms(token)
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
        # read as two languages ("gribam": we want, or Russian mushrooms) it is most likely the commoner word
        as_typed = {stem for stem, strength in stems if strength == 1.0}
        likeliest = min((self._index.weight(stem) for stem in as_typed), default=0.0)
        wider = max(
            (self._index.weight(f) * s for f, s in features.items() if f not in as_typed), default=0.0
        )
        heaviest = max(likeliest, wider)
        return Word(token.form, heaviest, tuple(sorted(features.items(), key=lambda item: -item[1])))
