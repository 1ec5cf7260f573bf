"""The phrasings of all entries, turned inside out: feature → where it occurs, with how rare it is."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache

from knowledge import words
from knowledge.entry import phrasings
from knowledge.load import Knowledge
from knowledge.model import LANGUAGES
from knowledge.words import RUSSIAN, Kind, Token

NUMBER = "#"
"""One feature for any figure that is not a year: "850 km" and "1200 km" ask the same."""

STOP_SHARE = 0.12
"""Weight of a word without a topic, as a share of what its rarity would give: it only breaks ties."""

ASKING_SHARE = 0.4
"""Weight of a word that asks (kad, cik, who): evidence for the kind of answer, not for its topic."""


FAMILY = 4
"""Letters that words of one family share. Left-out phrasings were found best with four (five: 1 point less)."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way of asking: its entry, its language, the words as written, and its total weight."""

    entry: int
    language: str
    text: str
    weight: float


class Index:
    """Everything the search looks up; built once from the knowledge, then only read."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.entries = tuple(knowledge.entries)
        self.concepts = _concepts_by_stem(knowledge)
        collected = [*_collect(knowledge)]
        features = [self._features(text, language) for _, language, text in collected]
        in_entry: dict[str, set[int]] = defaultdict(set)
        for (entry, _, _), found in zip(collected, features, strict=True):
            for feature in found:
                in_entry[feature].add(entry)
        self._rarity = {f: _rarity(len(self.entries), len(e)) for f, e in in_entry.items()}
        self.unknown_weight = _rarity(len(self.entries), 1)
        self.phrasings: list[Phrasing] = []
        self.in_phrasings: dict[str, list[int]] = defaultdict(list)
        counts: dict[str, Counter[int]] = defaultdict(Counter)
        for (entry, language, text), found in zip(collected, features, strict=True):
            weight = sum(self.weight(f) for f in found if not f.startswith(("@", "^")))
            for feature in found:
                self.in_phrasings[feature].append(len(self.phrasings))
                counts[feature][entry] += 1
            self.phrasings.append(Phrasing(entry, language, text, weight))
        self.in_entries = {
            feature: tuple((entry, count / (count + 1.0)) for entry, count in counter.items())
            for feature, counter in counts.items()
        }
        known = [f for f in (*self._rarity, *self.concepts) if not f.startswith(("@", "^", NUMBER))]
        self.spellings = tuple(dict.fromkeys(f for f in known if not f.startswith(RUSSIAN) and len(f) >= 4))
        self.spellings_ru = tuple(
            dict.fromkeys(f.removeprefix(RUSSIAN) for f in known if f.startswith(RUSSIAN) and len(f) >= 7)
        )

    def weight(self, feature: str) -> float:
        """What a feature tells: rare ones more, words without a topic and words that ask less."""
        rarity = self._rarity.get(feature, self.unknown_weight)
        return rarity * share(feature)

    def knows(self, feature: str) -> bool:
        """Whether the feature occurs in some phrasing or stands for a concept."""
        return feature in self._rarity or feature in self.concepts

    def _features(self, text: str, language: str) -> set[str]:
        found: set[str] = set()
        for token in words.tokens(text):
            stem = feature_of(token, language)
            found.add(stem)
            found.update(self.concepts.get(stem, ()))
            found.update(families(stem))
        return found


def feature_of(token: Token, language: str) -> str:
    """The feature of a token in a text of known language."""
    if token.kind is Kind.NUMBER and not is_year(token.form):
        return NUMBER
    return words.index_stem(token, language)


@lru_cache(maxsize=65_536)
def families(stem: str) -> tuple[str, ...]:
    """The beginning of a word as a feature: it joins "pieteikties" and "pieteikums", "grants" and "grantiņš"."""
    prefix, plain = ("ru:", stem[3:]) if stem.startswith(RUSSIAN) else ("", stem)
    if len(plain) < FAMILY or not plain.isalpha() or share(stem) < 1:
        return ()
    return (f"^{prefix}{plain[:FAMILY]}",)


def is_year(figure: str) -> bool:
    """Whether a figure is a year of one of the programmes; those are words, not amounts."""
    return len(figure) == 4 and figure.isdigit() and figure[:2] == "20" and "14" <= figure[2:] <= "29"


_share: dict[str, float] = {}


def share(feature: str) -> float:
    """The share of its rarity that a feature keeps: stop words little, words that ask some, the rest all."""
    if not _share:
        for language in ("lv", "en", "ru"):
            for word in words.stop_words(language):
                for stem in words.stems(word):
                    _share.setdefault(stem, STOP_SHARE)
        for language in ("lv", "en", "ru"):
            for word in words.question_words(language):
                for stem in words.stems(word):
                    _share[stem] = ASKING_SHARE
        _share[NUMBER] = ASKING_SHARE
    return _share.get(feature, 1.0)


def _rarity(entries: int, containing: int) -> float:
    return math.log(1 + (entries - containing + 0.5) / (containing + 0.5))


def _collect(knowledge: Knowledge) -> list[tuple[int, str, str]]:
    collected: list[tuple[int, str, str]] = []
    for number, entry in enumerate(knowledge.entries.values()):
        for language in LANGUAGES:
            text = entry.text(language)
            collected.append((number, language, text.title))
            collected.extend((number, language, asked) for asked in phrasings(text.asks))
        if entry.ru:
            collected.extend((number, "ru", asked) for asked in phrasings(entry.ru.asks))
    return collected


def _concepts_by_stem(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for name, concept in knowledge.concepts.items():
        for language, text in (("lv", concept.lv), ("en", concept.en), ("ru", concept.ru)):
            for token in words.tokens(text):
                found[words.index_stem(token, language)][f"@{name}"] = None
    return {stem: tuple(names) for stem, names in found.items()}
