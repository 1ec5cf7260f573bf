"""The lookup tables of the search as flat arrays of figures: a tenth of the memory that dictionaries take."""

from __future__ import annotations

import math
from array import array
from typing import Any, NamedTuple, TypeAlias

Numbers: TypeAlias = "array[int]"
Weights: TypeAlias = "array[float]"

Plain = tuple[Any, ...]
"""Tables of nothing but texts and bytes, which a file keeps."""

ENOUGH = 8
"""Uses from which a feature belongs to an entry wholly; more need not be told apart."""

FIRMLY = (0.0, *(min(1.0, (1 + math.log(count)) / 3) for count in range(1, ENOUGH + 1)))
"""How firmly a feature belongs to an entry that uses it so many times: once a third, eight times all."""

SMALL, LARGE, WEIGHTS = "I", "Q", "d"
"""Types of arrays: of figures below 2^32, of pairs of them, and of weights."""


class Tables(NamedTuple):
    """Where features and pairs of ideas occur; a feature goes by its place in `features`.

    What belongs to number n of a table stands in the next ones from `…_of[n]` up to `…_of[n + 1]`: the
    `entries` that a feature occurs in, ascending, with the `counts` of its phrasings there (ENOUGH at most),
    and from `numbers_of` those phrasings' `numbers`. `pairs`, ascending, hold both features in one figure
    (`pair_key`). `masses` are the weights of all words of a phrasing, `texts` its words as written.
    """

    concepts: dict[str, tuple[str, ...]]  # stem → concepts
    features: tuple[str, ...]
    entries_of: Numbers
    entries: Numbers
    counts: bytes
    holding_of: Numbers
    holding: bytes
    forms: tuple[str, ...]  # words as typed, folded
    form_features: Numbers
    pairs: Numbers
    pair_entries_of: Numbers
    pair_entries: Numbers
    pair_counts: bytes
    masses: Weights
    phrasings_of: Numbers  # entry → its first phrasing
    owners: Numbers  # phrasing → its entry
    languages: bytes  # of a phrasing: its place in features.WORDS_OF
    texts_of: Numbers
    texts: bytes

    def plain(self) -> Plain:
        """The tables as a file keeps them."""
        return tuple(table.tobytes() if isinstance(table, array) else table for table in self)

    @classmethod
    def of(cls, plain: Plain) -> Tables:
        """The tables that `plain` made; raises TypeError or ValueError where it is anything else."""
        return cls._make(
            array(_TYPES[name], table) if name in _TYPES else table
            for name, table in zip(cls._fields, plain, strict=True)
        )


_TYPES = dict.fromkeys(
    (
        "entries_of",
        "entries",
        "holding_of",
        "form_features",
        "pair_entries_of",
        "pair_entries",
        "phrasings_of",
        "owners",
        "texts_of",
    ),
    SMALL,
) | {"pairs": LARGE, "masses": WEIGHTS}


def pair_key(one: int, other: int) -> int:
    """Two features as one figure, in either order."""
    return min(one, other) << 32 | max(one, other)
