"""Names of places as people type them: one key per name, and the nominatives that an inflected form may have.

Own case rules, not the stemmer of ``knowledge.latvian``: its keys are too short for names (Bari, Bar and Baro
would be one town). Each form gives a few candidates, and the gazetteer decides which of them exist.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from knowledge.words import normalise

LONGEST_NAME = 60
"""Letters of a typed name that are looked at; the gazetteer's longest has fewer."""

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_NOT_LETTERS = re.compile(r"[\W_]+")
VOWELS = "aeiou"
"""Vowels of a key."""

_SHORTEST = 3  # letters of a name before its ending

# Ending as typed without diacritics → endings of the nominative; "" where Latvian adds the ending to a
# foreign name ("Hamburgas" → "hamburg") or has none.
_LATVIAN = {
    "as": ("a", "as", ""),
    "ai": ("a", ""),
    "am": ("s", "as", "a", ""),
    "u": ("a", "s", "e", "us", "is", "i", "as", ""),
    "es": ("e", "es", ""),
    "ei": ("e", ""),
    "em": ("es", "e"),
    "e": ("",),
    "i": ("e", "s", "is", ""),
    "ij": ("s",),
    "im": ("is",),
    "a": ("s", ""),
    "iem": ("i",),
    "os": ("i",),
    "us": ("i",),
    "um": ("us",),
}
# The same for Russian, in the Latin spelling that ``fold`` gives Cyrillic.
_RUSSIAN = {
    "y": ("a", ""),
    "i": ("a", "ja", ""),
    "u": ("a", ""),
    "ju": ("ja", ""),
    "a": ("",),
    "ja": ("",),
    "e": ("a", ""),
    "om": ("",),
    "em": ("",),
    "oj": ("a",),
    "ej": ("ja",),
    "ah": ("y", "i"),
    "": ("y", "i"),
}


def key(name: str) -> str:
    """The form in which names are compared: "L’Aquila" → "laquila", "Baden-Baden" → "baden baden"."""
    return _NOT_LETTERS.sub(" ", normalise(name[:LONGEST_NAME]).replace("'", "")).strip()


def cyrillic(name: str) -> bool:
    """Whether a name is typed in Cyrillic."""
    return bool(_CYRILLIC.search(name))


def with_diacritics(name: str) -> str:
    """A name in lower case with its diacritics, to tell Nīca (Latvia) from Nica (France); "" without any."""
    plain = unicodedata.normalize("NFC", name[:LONGEST_NAME].casefold())
    return "" if plain.isascii() or cyrillic(plain) else plain


def begin_alike(accented: str, name: str) -> bool:
    """Whether an inflected form and a name agree, diacritics included, but for the last letter."""
    length = min(len(accented), len(name)) - 1
    return accented[:length] == name.casefold()[:length]


@lru_cache(maxsize=4096)
def nominatives(form: str, russian: bool) -> tuple[str, ...]:
    """Keys that a key in some case may stand for, without itself: "rigas" → "riga", "rig".

    In names of several words one is inflected ("frankfurtes pie mainas"), or all that can be, in the
    likeliest way ("santakrusas de tenerifes").
    """
    words = form.split()
    endings = _RUSSIAN if russian else _LATVIAN
    found: dict[str, None] = {}
    for at in range(len(words) - 1, -1, -1):
        for word in _one_word(words[at], endings):
            found[" ".join((*words[:at], word, *words[at + 1 :]))] = None
    found[" ".join(next(_one_word(word, endings), word) for word in words)] = None
    found.pop(form, None)
    return tuple(found)


def _one_word(word: str, endings: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for ending, nominative in endings.items():
        base = word.removesuffix(ending)
        if len(base) < _SHORTEST or (ending and base == word):
            continue
        for other in nominative:
            # A bare foreign name ends in a consonant: "Porto" loses nothing.
            if other or base[-1] not in VOWELS:
                yield base + other
