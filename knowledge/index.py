"""The phrasings of all entries, turned inside out: feature → where it occurs, with how rare it is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from knowledge import words
from knowledge.entry import phrasings
from knowledge.load import Knowledge
from knowledge.model import LANGUAGES
from knowledge.words import RUSSIAN, Kind, Token

NUMBER = "#"
"""One feature for any figure that is not a year: "850 km" and "1200 km" ask the same."""

STOP, ASKING = "~", "?"
"""Marks before the stem of a word that carries no topic, and of one that asks."""

WORDS_OF = ("lv", "en", "ru")
"""Languages whose stop words count in every question, since its language is not guessed."""

STOP_SHARE = 0.12
"""Weight of a word without a topic, as a share of what its rarity would give: it only breaks ties."""

ASKING_SHARE = 0.4
"""Weight of a word that asks (kad, cik, who): evidence for the kind of answer, not for its topic."""


PREFIXES = ("aiz", "ap", "at", "ie", "iz", "no", "pa", "pie", "sa", "uz", "par")
"""Latvian verb prefixes, folded: they shade a meaning and rarely change the topic."""

SHORTEST_REPAIRED = 4
"""Letters of the shortest stem that a misspelt word may have meant: shorter ones resemble everything."""


Phrasing = tuple[int, str, str]
"""One way of asking: the number of its entry, its language, and the words as written."""

Spellings = dict[str, dict[str, str]]
"""First letter → spelling → feature."""

Built = tuple[
    dict[str, tuple[str, ...]],
    dict[str, dict[int, list[int]]],
    dict[str, dict[int, float]],
    dict[str, float],
    list[float],
    dict[str, str],
    dict[str, tuple[tuple[int, float], ...]],
]
"""Lookup tables made of plain values: stem → concepts, feature → entry → its phrasings, feature → entries
with how firmly it belongs to them, feature → rarity, phrasing → weight of all its words, word as typed →
feature, pair of neighbours → entries."""


class Index:
    """Everything the search looks up; built once from the knowledge, then only read.

    `in_phrasings` and `in_entries` lead from a feature to where it occurs, `masses` holds the weight of all
    words of a phrasing.
    """

    def __init__(self, knowledge: Knowledge, built: Built | None = None) -> None:
        self.entries = tuple(knowledge.entries)
        self.phrasings = _collect(knowledge)
        self.by_sector = frozenset(
            number
            for number, entry in enumerate(knowledge.entries.values())
            if "sector" in entry.lv.answer.replace("call.sector", "")
        )
        self.sectors = tuple(entry.sector for entry in knowledge.entries.values())
        self.redirects = frozenset(
            number for number, entry in enumerate(knowledge.entries.values()) if entry.kind == "redirect"
        )
        self.unknown_weight = _rarity(len(self.entries), 1)
        self.built = built or build(knowledge)
        (
            self.concepts,
            self.in_phrasings,
            self.in_entries,
            self._rarity,
            self.masses,
            self.forms,
            self.in_pairs,
        ) = self.built
        self.spellings, self.spellings_ru = self._spellings()
        self.forms_by_letter: dict[str, list[str]] = defaultdict(list)
        for form in self.forms:
            self.forms_by_letter[form[:1]].append(form)

    def weight(self, feature: str) -> float:
        """What a feature tells: rare ones more, words without a topic and words that ask less."""
        rarity = self._rarity.get(feature, self.unknown_weight)
        return rarity * share(feature)

    def knows(self, feature: str) -> bool:
        """Whether the feature occurs in some phrasing or stands for a concept."""
        return feature in self._rarity or feature in self.concepts

    def _spellings(self) -> tuple[Spellings, Spellings]:
        """Stems that a misspelt word may have meant → their features, in Latin letters and in Russian.

        Words without a topic are among them: "wich" is "which" and not "wish".
        """
        latin: Spellings = defaultdict(dict)
        russian: Spellings = defaultdict(dict)
        for feature in (*self._rarity, *self.concepts):
            if not feature.startswith(("@", NUMBER)):
                plain = feature.lstrip(STOP + ASKING)
                spellings = russian if plain.startswith(RUSSIAN) else latin
                plain = plain.removeprefix(RUSSIAN)
                if len(plain) >= SHORTEST_REPAIRED:
                    spellings[plain[0]].setdefault(plain, feature)
        return latin, russian

    def roots(self, stem: str) -> tuple[str, ...]:
        """Known stems that differ from a Latvian verb's only by a prefix: "izlasīt", "palasīt" → "lasīt"."""
        return tuple(
            rest
            for prefix in PREFIXES
            if stem.startswith(prefix) and len(rest := stem[len(prefix) :]) >= 3 and rest in self._rarity
        )

    def frequency(self, feature: str) -> int:
        """In how many phrasings a feature occurs."""
        return sum(len(numbers) for numbers in self.in_phrasings.get(feature, {}).values())


def build(knowledge: Knowledge) -> Built:
    """The lookup tables of all phrasings; takes half a second, so a program may keep them between runs."""
    concepts = _concepts_by_stem(knowledge)
    phrasings = _collect(knowledge)
    in_phrasings, forms, in_pairs = _postings(phrasings, concepts)
    in_entries: dict[str, dict[int, float]] = {}
    rarity: dict[str, float] = {}
    masses = [0.0] * len(phrasings)
    for feature, by_entry in in_phrasings.items():
        in_entries[feature] = {entry: often(len(numbers)) for entry, numbers in by_entry.items()}
        rarity[feature] = _rarity(len(knowledge.entries), len(by_entry))
        if feature[0] != "@":
            weight = rarity[feature] * share(feature)
            for numbers in by_entry.values():
                for number in numbers:
                    masses[number] += weight
    return concepts, in_phrasings, in_entries, rarity, masses, forms, in_pairs


def _postings(
    phrasings: list[Phrasing], concepts: dict[str, tuple[str, ...]]
) -> tuple[dict[str, dict[int, list[int]]], dict[str, str], dict[str, tuple[tuple[int, float], ...]]]:
    """Feature → entry → numbers of phrasings, folded word → its feature, pair of neighbours → entries."""
    forms: dict[str, str] = {}
    counted: dict[str, dict[int, int]] = {}
    postings: dict[str, dict[int, list[int]]] = {}
    read: dict[tuple[str, str], tuple[str, ...]] = {}
    for number, (entry, language, text) in enumerate(phrasings):
        found: set[str] = set()
        ideas: list[str] = []
        for token in words.tokens(text):
            key = (token.original, language)
            if key not in read:
                stem = feature_of(token, language)
                read[key] = (stem, *concepts.get(stem, ()))
                forms.setdefault(token.form, stem)
            found.update(read[key])
            ideas.append(idea(read[key]))
        for pair in pairs(ideas):
            entries = counted.setdefault(pair, {})
            entries[entry] = entries.get(entry, 0) + 1
        for feature in found:
            by_entry = postings.setdefault(feature, {})
            if entry in by_entry:
                by_entry[entry].append(number)
            else:
                by_entry[entry] = [number]
    in_pairs = {
        pair: tuple((entry, often(count)) for entry, count in entries.items())
        for pair, entries in counted.items()
    }
    return postings, forms, in_pairs


def idea(features: Sequence[str]) -> str:
    """What a word stands for: its first concept if it has one, else its own feature, which comes first."""
    return next((feature for feature in features if feature[0] == "@"), features[0])


def pairs(ideas: Iterable[str]) -> set[str]:
    """Neighbouring ideas, in either order, words without a topic left out: "partneri|valstis"."""
    told = [each for each in ideas if each[0] not in STOP + NUMBER]
    return {"|".join(sorted(pair)) for pair in pairwise(told)}


def feature_of(token: Token, language: str) -> str:
    """The feature of a token in a text of known language."""
    if token.kind is Kind.NUMBER and not is_year(token.form):
        return NUMBER
    return mark(token.form) + words.index_stem(token, language)


@lru_cache(maxsize=65_536)
def mark(form: str) -> str:
    """`~` for a word without a topic, `?` for one that asks, nothing for the rest.

    Decided by the word and not by its stem: "kurss" (course) shares its stem with "kurš" (which).
    """
    if any(form in words.question_words(language) for language in WORDS_OF):
        return ASKING
    return STOP if any(form in words.stop_words(language) for language in WORDS_OF) else ""


def is_year(figure: str) -> bool:
    """Whether a figure is a year of one of the programmes; those are words, not amounts."""
    return len(figure) == 4 and figure.isdigit() and figure[:2] == "20" and "14" <= figure[2:] <= "29"


def share(feature: str) -> float:
    """The share of its rarity that a feature keeps: stop words little, words that ask some, the rest all."""
    if feature.startswith(STOP):
        return STOP_SHARE
    return ASKING_SHARE if feature.startswith((ASKING, NUMBER)) else 1.0


def often(count: int) -> float:
    """How firmly a feature belongs to an entry that uses it so many times: once a third, eight times all."""
    return min(1.0, (1 + math.log(count)) / 3)


def _rarity(entries: int, containing: int) -> float:
    return math.log(1 + (entries - containing + 0.5) / (containing + 0.5))


def _collect(knowledge: Knowledge) -> list[Phrasing]:
    collected: list[Phrasing] = []
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
                found[feature_of(token, language)][f"@{name}"] = None
    return {stem: tuple(names) for stem, names in found.items()}
