"""Entries that compete: leave some phrasings out and ask them, does the rest of the entry still find them?

A twentieth of each entry's phrasings is left out at a time, so each is asked once as a stranger would.
Two entries that both send elsewhere may be mistaken for one another: neither tells anything wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from bot.linting.ambiguous import declared
from bot.linting.phrasings import Standing, every_phrasing
from bot.linting.places import Places
from knowledge.entry import Entry, phrasings
from knowledge.load import Knowledge
from knowledge.search import Search

PARTS = 20
"""Into so many parts the phrasings are dealt; each is left out once."""

SHOWN, EXAMPLES = 30, 3
"""Pairs that a report shows, and phrasings for each."""


@dataclass(slots=True)
class Overlap:
    """How the phrasings fared: `mistaken` holds, by asked and found entry, those that another entry took."""

    asked: int = 0
    first: int = 0
    near: int = 0
    """Found, but only as second or third."""
    answered: int = 0
    """Given another entry's answer as if it were sure."""
    mistaken: dict[tuple[str, str], list[Standing]] = field(default_factory=lambda: defaultdict(list))


def overlap(
    knowledge: Knowledge, advance: Callable[[int], None] = lambda total: None, parts: int = PARTS
) -> Overlap:
    """Asks every phrasing of an index without it; `advance` is called after each part."""
    result = Overlap()
    excused = declared(knowledge)
    for part in range(parts):
        kept, left_out = without(knowledge, part, parts)
        search = Search(kept)
        for entry, language, phrasing in left_out:
            outcome = search.find(phrasing)
            found = [candidate.entry for candidate in outcome.candidates]
            result.asked += 1
            if found[:1] == [entry.id]:
                result.first += 1
                continue
            result.near += entry.id in found[1:3]
            result.answered += outcome.kind == "answer"
            harmless = entry.kind == "redirect" and found and knowledge.entries[found[0]].kind == "redirect"
            if found and not harmless and (entry.id, found[0]) not in excused:
                result.mistaken[entry.id, found[0]].append((entry, language, phrasing))
        advance(parts)
    return result


def without(knowledge: Knowledge, part: int, parts: int) -> tuple[Knowledge, list[Standing]]:
    """The knowledge without one part of each entry's phrasings, and that part."""
    left_out: list[Standing] = []
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for standing in every_phrasing(knowledge, titles=False):
        entry, language, _ = standing
        if counts[entry.id, language] % parts == part:
            left_out.append(standing)
        counts[entry.id, language] += 1
    entries = {entry.id: _thinned(entry, part, parts) for entry in knowledge.entries.values()}
    return replace(knowledge, entries=entries), left_out


def _thinned(entry: Entry, part: int, parts: int) -> Entry:
    update: dict[str, object] = {}
    for language in ("lv", "en", "ru"):
        text = getattr(entry, language)
        if text is not None:
            rest = (phrasing for n, phrasing in enumerate(phrasings(text.asks)) if n % parts != part)
            update[language] = text.model_copy(update={"asks": "\n".join(rest)})
    return entry.model_copy(update=update)


def report(result: Overlap, knowledge: Knowledge, places: Places) -> Iterator[str]:
    """The rates, then the pairs mistaken for one another most, both ways together."""
    rate = 100 / max(1, result.asked)
    yield (
        f"{result.asked} phrasings asked as if nobody had written them: {rate * result.first:.1f} % find "
        f"their entry first, {rate * result.near:.1f} % second or third; "
        f"{rate * result.answered:.1f} % would get the answer of another entry"
    )
    pairs: dict[tuple[str, str], list[tuple[str, Standing]]] = defaultdict(list)
    for (asked, found), standings in result.mistaken.items():
        pairs[min(asked, found), max(asked, found)] += [(found, standing) for standing in standings]
    ranked = sorted(pairs.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for (one, other), mistaken in ranked[:SHOWN]:
        place = places.entry(one, "id")
        yield f"{place}: {one} and {other} are mistaken for one another {len(mistaken)} times"
        for found, (entry, language, phrasing) in mistaken[:EXAMPLES]:
            here = places.phrasing(entry, language, phrasing)
            yield f"    {here}: “{phrasing}” of {entry.id} finds {found}"
    if ranked:
        yield (
            "What to do: move a phrasing to the entry it fits, give the weaker entry more of its own words, "
            "join two entries that answer the same, or declare the pair in knowledge/data/ambiguous.yaml"
        )
    else:
        yield "No entry is taken for another"
