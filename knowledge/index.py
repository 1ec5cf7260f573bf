"""What the search looks up of words, entries and phrasings; built once, then only read."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from knowledge.features import ASKING, NUMBER, STOP, WORDS_OF, share
from knowledge.indexing import Phrasing, build, rarity
from knowledge.load import Knowledge
from knowledge.tables import FIRMLY, Tables, pair_key
from knowledge.words import RUSSIAN

PREFIXES = ("aiz", "ap", "at", "ie", "iz", "no", "pa", "pie", "sa", "uz", "par")
"""Latvian verb prefixes, folded: they shade a meaning and rarely change the topic."""

SHORTEST_REPAIRED = 4
"""Letters of the shortest stem that a misspelt word may have meant: shorter ones resemble everything."""

UNFOLDED = 2_048
"""Features whose entries are kept as a dictionary: those asked for last; all would take 7 MB."""

Spellings = dict[str, dict[str, str]]
"""First letter → spelling → feature."""


class Index:
    """Everything the search looks up; entries and phrasings go by their numbers."""

    def __init__(self, knowledge: Knowledge, built: Tables | None = None) -> None:
        self.entries = tuple(knowledge.entries)
        self.by_sector = frozenset(
            number
            for number, entry in enumerate(knowledge.entries.values())
            if "sector" in entry.lv.answer.replace("call.sector", "")
        )
        self.sectors = tuple(entry.sector for entry in knowledge.entries.values())
        self.redirects = frozenset(
            number for number, entry in enumerate(knowledge.entries.values()) if entry.kind == "redirect"
        )
        self.unknown_weight = rarity(len(self.entries), 1)
        self.built = built or build(knowledge)
        self.concepts = self.built.concepts
        self._numbered = {feature: number for number, feature in enumerate(self.built.features)}
        self.firmly = lru_cache(maxsize=UNFOLDED)(self._firmly)

    def weight(self, feature: str) -> float:
        """What a feature tells: rare ones more, words without a topic and words that ask less."""
        number = self._numbered.get(feature)
        if number is None:
            return self.unknown_weight * share(feature)
        first, end = self.built.entries_of[number : number + 2]
        return rarity(len(self.entries), end - first) * share(feature)

    def knows(self, feature: str) -> bool:
        """Whether the feature occurs in some phrasing or stands for a concept."""
        return feature in self._numbered or feature in self.concepts

    def _firmly(self, feature: str) -> Mapping[int, float]:
        """The entries that a feature occurs in, ascending, with how firmly it belongs to them."""
        number = self._numbered.get(feature)
        if number is None:
            return {}
        first, end = self.built.entries_of[number : number + 2]
        counts = self.built.counts[first:end]
        return dict(zip(self.built.entries[first:end], map(FIRMLY.__getitem__, counts), strict=True))

    def holding(self, feature: str, entries: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Entries with their phrasings that hold a feature, as bits: the first phrasing is the lowest."""
        firmly = self.firmly(feature)
        if not firmly:
            return
        tables, number = self.built, self._numbered[feature]
        known, starts, bits = tables.entries, tables.holding_of, tables.holding
        first, end = tables.entries_of[number], tables.entries_of[number + 1]
        for entry in entries:
            if entry in firmly:
                at = bisect_left(known, entry, first, end)
                yield entry, int.from_bytes(bits[starts[at] : starts[at + 1]], "little")

    def frequency(self, feature: str) -> int:
        """In how many phrasings a feature occurs."""
        number = self._numbered.get(feature)
        if number is None:
            return 0
        tables = self.built
        first, end = tables.entries_of[number : number + 2]
        held = tables.holding[tables.holding_of[first] : tables.holding_of[end]]
        return int.from_bytes(held, "little").bit_count()

    def neighbours(self, pair: tuple[str, str]) -> tuple[tuple[int, float], ...]:
        """The entries in which two ideas stand side by side, with how firmly the pair belongs to them."""
        tables = self.built
        one, other = (self._numbered.get(feature) for feature in pair)
        if one is None or other is None:
            return ()
        key = pair_key(one, other)
        at = bisect_left(tables.pairs, key)
        if at == len(tables.pairs) or tables.pairs[at] != key:
            return ()
        first, end = tables.pair_entries_of[at : at + 2]
        counts = tables.pair_counts[first:end]
        return tuple(zip(tables.pair_entries[first:end], map(FIRMLY.__getitem__, counts), strict=True))

    def phrasing(self, number: int) -> Phrasing:
        """A way of asking: the number of its entry, its language, and the words as written."""
        tables = self.built
        first, end = tables.texts_of[number : number + 2]
        return tables.owners[number], WORDS_OF[tables.languages[number]], tables.texts[first:end].decode()

    def phrasings(self, entry: int) -> range:
        """The numbers of an entry's phrasings."""
        return range(self.built.phrasings_of[entry], self.built.phrasings_of[entry + 1])

    def roots(self, stem: str) -> tuple[str, ...]:
        """Known stems that differ from a Latvian verb's only by a prefix: "izlasīt", "palasīt" → "lasīt"."""
        return tuple(
            rest
            for prefix in PREFIXES
            if stem.startswith(prefix) and len(rest := stem[len(prefix) :]) >= 3 and rest in self._numbered
        )

    @cached_property
    def forms(self) -> dict[str, str]:
        """Words as typed, folded → their features."""
        tables = self.built
        return dict(zip(tables.forms, map(tables.features.__getitem__, tables.form_features), strict=True))

    @cached_property
    def forms_by_letter(self) -> dict[str, list[str]]:
        """First letter → words as typed."""
        forms: dict[str, list[str]] = defaultdict(list)
        for form in self.built.forms:
            forms[form[:1]].append(form)
        return forms

    @cached_property
    def spellings(self) -> Spellings:
        """Stems in Latin letters that a misspelt word may have meant → their features.

        Words without a topic are among them: "wich" is "which" and not "wish".
        """
        return self._spellings(russian=False)

    @cached_property
    def spellings_ru(self) -> Spellings:
        """The same for words in Russian letters."""
        return self._spellings(russian=True)

    def _spellings(self, *, russian: bool) -> Spellings:
        found: Spellings = defaultdict(dict)
        for feature in (*self.built.features, *self.concepts):
            plain = feature.lstrip(STOP + ASKING)
            if feature.startswith(("@", NUMBER)) or plain.startswith(RUSSIAN) is not russian:
                continue
            plain = plain.removeprefix(RUSSIAN)
            if len(plain) >= SHORTEST_REPAIRED:
                found[plain[0]].setdefault(plain, feature)
        return found
