"""Wordings of one matter together: alike by the stems and concepts of the search, weighed by rarity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.reviewing.wordings import Wording
from knowledge import words
from knowledge.deciding import Candidate
from knowledge.features import idea
from knowledge.question import Word
from knowledge.search import Search

ALIKE = 0.5
"""Likeness from which two questions are about one matter: half of the weight of their words is common.

Of the tune half of tests/questions 68 pairs reach it, nearly all of which ask the same; of those between 0.40
and 0.45 every second asks something else, and would be accepted along with the rest.
"""

CANDIDATES = 3
"""Entries named for a group."""


@dataclass(frozen=True, slots=True)
class Group:
    """Wordings of one matter, most asked first, and the entries that come nearest to any of them."""

    wordings: tuple[Wording, ...]
    candidates: tuple[Candidate, ...]

    @property
    def count(self) -> int:
        """How often it was asked."""
        return sum(wording.count for wording in self.wordings)

    @property
    def span(self) -> tuple[date, date]:
        """The first day and the last on which it was asked."""
        return min(w.first for w in self.wordings), max(w.last for w in self.wordings)

    def total(self, of: Callable[[Wording], Mapping[str, int]]) -> dict[str, int]:
        """Counts of all wordings together, the highest first."""
        counts: dict[str, int] = {}
        for wording in self.wordings:
            for name, number in of(wording).items():
                counts[name] = counts.get(name, 0) + number
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def grouped(search: Search, found: Iterable[Wording], settled: Iterable[str] = ()) -> list[Group]:
    """The groups, most asked first; what is like a question in `settled` is left out.

    A wording joins the group whose first wording it is most like, so one look at a list decides, and the
    same list always gives the same groups.
    """
    heads = [(ideas(search, question), None) for question in settled]
    leaders: list[tuple[Mapping[str, float], list[Wording] | None]] = [*heads]
    groups: list[list[Wording]] = []
    for wording in found:
        own = ideas(search, wording.text)
        nearest = max(leaders, key=lambda leader: likeness(own, leader[0]), default=None)
        if nearest is None or likeness(own, nearest[0]) < ALIKE:
            groups.append([wording])
            leaders.append((own, groups[-1]))
        elif nearest[1] is not None:
            nearest[1].append(wording)
    made = [Group(tuple(group), nearest_entries(search, group)) for group in groups]
    return sorted(made, key=lambda group: (-group.count, group.wordings[0].key))


def ideas(search: Search, question: str) -> dict[str, float]:
    """What a question is about, with weights: concepts where words have one, else stems."""
    return {_idea(word): word.weight for word in search.read(question)}


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The share of the words' weight that two questions have in common, from 0 to 1."""
    common = sum(min(weight, other[name]) for name, weight in one.items() if name in other)
    every = sum(max(one.get(name, 0.0), other.get(name, 0.0)) for name in {**one, **other})
    return common / every if every else 0.0


def nearest_entries(search: Search, group: Iterable[Wording]) -> tuple[Candidate, ...]:
    """The entries nearest to any of the wordings, each with its best score."""
    best: dict[str, Candidate] = {}
    for wording in group:
        for candidate in search.rank(wording.text):
            known = best.get(candidate.entry)
            if known is None or candidate.score > known.score:
                best[candidate.entry] = candidate
    ranked = sorted(best.values(), key=lambda candidate: (-candidate.score, candidate.entry))
    return tuple(ranked[:CANDIDATES])


def _idea(word: Word) -> str:
    """A concept or stem; a word that nothing knows goes by its stem, so that its forms are one."""
    if not word.features:
        return words.stem(word.text)
    return idea([name for name, _ in word.features])
