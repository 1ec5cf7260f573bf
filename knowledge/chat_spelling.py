"""Latvian as it is typed in chats, without diacritics and with doubled or foreign letters."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.words import CACHED_WORDS, LONGEST_WORD

_CHAT = (
    (re.compile(r"([a-z])\1{2,}"), r"\1"),
    (re.compile("shch|sch"), "s"),
    (re.compile("sh"), "s"),
    (re.compile("ch"), "c"),
    (re.compile("zh"), "z"),
    (re.compile("([nlkg])j"), r"\1"),
    (re.compile("aa|ee|ii|uu|oo"), lambda m: m[0][0]),
    (re.compile("w"), "v"),
    (re.compile("x"), "ks"),
    (re.compile("q"), "k"),
)


@lru_cache(maxsize=CACHED_WORDS)
def variants(form: str) -> tuple[str, ...]:
    """Other readings of a folded word in chat spelling, nearest first; for words the index does not know.

    "teermiinsh" → "termins", "loooti" → "loti", "celjsh" → "cels", "wisi" → "visi". Never the word itself.
    """
    found: dict[str, None] = {}
    form = form[:LONGEST_WORD]
    reading = form
    for pattern, replacement in _CHAT:
        alone = pattern.sub(replacement, form)
        reading = pattern.sub(replacement, reading)
        found[alone] = found[reading] = None
    found[re.sub(r"([a-z])\1+", r"\1\1", form)] = None
    found.pop(form, None)
    # The reading with every habit undone comes first: who writes "sh" also writes "ee".
    return tuple(sorted(found, key=lambda candidate: (candidate != reading, len(form) - len(candidate))))
