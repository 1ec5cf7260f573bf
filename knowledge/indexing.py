"""The phrasings of all entries, turned inside out: knowledge → the lookup tables of the search."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import accumulate, groupby

from knowledge import words
from knowledge.entry import phrasings
from knowledge.features import WORDS_OF, feature_of, idea, pairs, share
from knowledge.load import Knowledge
from knowledge.model import LANGUAGES
from knowledge.tables import ENOUGH, LARGE, SMALL, WEIGHTS, Numbers, Tables, pair_key

Phrasing = tuple[int, str, str]
"""One way of asking: the number of its entry, its language, and the words as written."""


def build(knowledge: Knowledge) -> Tables:
    """The lookup tables of all phrasings; takes half a second, so a program may keep them between runs."""
    concepts = _concepts_by_stem(knowledge)
    collected = _collect(knowledge)
    occurrences, forms, counted = _occurrences(collected, concepts)
    numbered = {feature: number for number, feature in enumerate(occurrences)}
    owners = [entry for entry, _, _ in collected]
    by_feature = [
        [(entry, list(found)) for entry, found in groupby(numbers, owners.__getitem__)]
        for numbers in occurrences.values()
    ]
    masses = _masses(len(collected), occurrences, by_feature, len(knowledge.entries))
    # the lightest phrasing of an entry first, see knowledge/likeness.py; of equals, the last one
    order = sorted(range(len(collected)), key=lambda number: (owners[number], masses[number], -number))
    phrasings_of = _starts(count for _, count in sorted(Counter(owners).items()))
    place = {number: at - phrasings_of[owners[number]] for at, number in enumerate(order)}
    holding = [_bits(place[n] for n in numbers) for entries in by_feature for _, numbers in entries]
    by_pair = sorted(
        (pair_key(numbered[one], numbered[other]), entries) for (one, other), entries in counted.items()
    )
    texts = [collected[number][2].encode() for number in order]
    return Tables(
        concepts=concepts,
        features=tuple(occurrences),
        entries_of=_starts(len(entries) for entries in by_feature),
        entries=array(SMALL, (entry for entries in by_feature for entry, _ in entries)),
        counts=bytes(min(len(numbers), ENOUGH) for entries in by_feature for _, numbers in entries),
        holding_of=_starts(len(held) for held in holding),
        holding=b"".join(holding),
        forms=tuple(forms),
        form_features=array(SMALL, (numbered[feature] for feature in forms.values())),
        pairs=array(LARGE, (pair for pair, _ in by_pair)),
        pair_entries_of=_starts(len(entries) for _, entries in by_pair),
        pair_entries=array(SMALL, (entry for _, entries in by_pair for entry in entries)),
        pair_counts=bytes(min(count, ENOUGH) for _, entries in by_pair for count in entries.values()),
        masses=array(WEIGHTS, (masses[number] for number in order)),
        phrasings_of=phrasings_of,
        owners=array(SMALL, (owners[number] for number in order)),
        languages=bytes(WORDS_OF.index(collected[number][1]) for number in order),
        texts_of=_starts(len(text) for text in texts),
        texts=b"".join(texts),
    )


def _bits(places: Iterable[int]) -> bytes:
    """A figure with the bits of some places set, as few bytes as hold it."""
    figure = sum(1 << place for place in places)
    return figure.to_bytes((figure.bit_length() + 7) // 8, "little")


def rarity(entries: int, containing: int) -> float:
    """How much a feature tells that so many of all entries contain."""
    return math.log(1 + (entries - containing + 0.5) / (containing + 0.5))


def _starts(lengths: Iterable[int]) -> Numbers:
    """Where each of several lists begins that stand one behind another, and where the last ends."""
    return array(SMALL, accumulate(lengths, initial=0))


def _occurrences(
    collected: list[Phrasing], concepts: dict[str, tuple[str, ...]]
) -> tuple[dict[str, list[int]], dict[str, str], dict[tuple[str, str], dict[int, int]]]:
    """Feature → numbers of phrasings, folded word → its feature, pair of neighbours → entries, how often."""
    forms: dict[str, str] = {}
    counted: dict[tuple[str, str], dict[int, int]] = {}
    occurrences: dict[str, list[int]] = defaultdict(list)
    read: dict[tuple[str, str], tuple[str, ...]] = {}
    for number, (entry, language, text) in enumerate(collected):
        found: dict[str, None] = {}  # in order, so that every build makes the same tables
        ideas: list[str] = []
        for token in words.tokens(text):
            key = (token.original, language)
            if key not in read:
                stem = feature_of(token, language)
                read[key] = (stem, *concepts.get(stem, ()))
                forms.setdefault(token.form, stem)
            found.update(dict.fromkeys(read[key]))
            ideas.append(idea(read[key]))
        for pair in pairs(ideas):
            entries = counted.setdefault(pair, {})
            entries[entry] = entries.get(entry, 0) + 1
        for feature in found:
            occurrences[feature].append(number)
    return occurrences, forms, counted


def _masses(
    phrasings: int,
    occurrences: dict[str, list[int]],
    by_feature: list[list[tuple[int, list[int]]]],
    everywhere: int,
) -> list[float]:
    """The weight of all words of each phrasing."""
    masses = [0.0] * phrasings
    for (feature, numbers), entries in zip(occurrences.items(), by_feature, strict=True):
        if feature[0] != "@":
            weight = rarity(everywhere, len(entries)) * share(feature)
            for number in numbers:
                masses[number] += weight
    return masses


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
