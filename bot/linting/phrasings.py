"""The same question in two entries: whichever comes first would win, for no reason a reader can see."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.linting.ambiguous import declared
from bot.linting.finding import Finding
from bot.linting.places import Places
from knowledge import words
from knowledge.entry import Entry, phrasings
from knowledge.load import Knowledge
from knowledge.model import LANGUAGES

_WORD = re.compile(r"\w+")

Standing = tuple[Entry, str, str]
"""Where a phrasing stands: entry, language, as written."""


def twice(knowledge: Knowledge, places: Places) -> Iterator[Finding]:
    """Phrasings (and titles) that stand in two entries, or twice in one."""
    excused = declared(knowledge)
    first: dict[str, Standing] = {}
    for entry, language, phrasing in every_phrasing(knowledge):
        before = first.setdefault(folded(phrasing), (entry, language, phrasing))
        other, other_language, other_phrasing = before
        if before == (entry, language, phrasing) and other is entry:
            continue
        if (other.id, entry.id) in excused or (other.id == entry.id and other_language != language):
            continue  # "KA229" is asked in every language
        here = places.phrasing(entry, language, phrasing)
        there = places.phrasing(other, other_language, other_phrasing)
        if other.id != entry.id:
            yield Finding(
                here,
                f"“{phrasing}” of {entry.id} stands in {other.id} too, at {there}; keep it in one of them",
            )
        elif here != there and other_phrasing not in (other.lv.title, other.en.title):
            yield Finding(
                here, f"“{phrasing}” stands in {entry.id} twice, also at {there}; keep one", "warning"
            )


def every_phrasing(knowledge: Knowledge, *, titles: bool = True) -> Iterator[Standing]:
    """Every phrasing of every entry with its language; titles are phrasings too."""
    for entry in knowledge.entries.values():
        for language in LANGUAGES:
            text = entry.text(language)
            if titles:
                yield entry, language, text.title
            yield from ((entry, language, phrasing) for phrasing in phrasings(text.asks))
        if entry.ru:
            yield from ((entry, "ru", phrasing) for phrasing in phrasings(entry.ru.asks))


def folded(phrasing: str) -> str:
    """A phrasing as far as people tell two apart: letters without diacritics, no punctuation."""
    return " ".join(_WORD.findall(words.normalise(phrasing)))
