"""The knowledge ten times as large: copies whose phrasings hold words drawn from all phrasings."""

from __future__ import annotations

import random
from dataclasses import replace

from knowledge.entry import Entry, phrasings
from knowledge.load import Knowledge

SEED = 2020


def enlarged(knowledge: Knowledge, times: int = 10) -> Knowledge:
    """The entries and `times` - 1 copies under new ids; each phrasing as long as the one it was made from.

    Words are drawn as often as people use them, so every list the search walks through is `times` as long.
    """
    random_words = random.Random(SEED)  # noqa: S311 - nothing secret
    pool: dict[str, list[str]] = {language: [] for language in ("lv", "en", "ru")}
    for entry in knowledge.entries.values():
        for language, bag in pool.items():
            text = getattr(entry, language)
            if text is not None:
                bag += text.asks.split()
    entries = dict(knowledge.entries)
    for copy in range(1, times):
        for entry in knowledge.entries.values():
            made = _shuffled(entry, f"{entry.id[:36]}-x{copy}", pool, random_words)
            entries[made.id] = made
    return replace(knowledge, entries=entries)


def _shuffled(entry: Entry, name: str, pool: dict[str, list[str]], drawn: random.Random) -> Entry:
    update: dict[str, object] = {"id": name}
    for language, bag in pool.items():
        text = getattr(entry, language)
        if text is not None:
            lines = (drawn.choices(bag, k=len(line.split())) for line in phrasings(text.asks))
            update[language] = text.model_copy(update={"asks": "\n".join(" ".join(line) for line in lines)})
    return entry.model_copy(update=update)
