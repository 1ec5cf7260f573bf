"""A long list of short lines, held as the bytes they came in."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from typing import overload


class Lines(Sequence[str]):
    """The lines of a UTF-8 text. A list of them would take three times the room of the text.

    Bytes in UTF-8 stand in the same order as the texts they spell, so that sorted lines can be bisected.
    """

    def __init__(self, text: bytes) -> None:
        self._text = text.rstrip(b"\n") + b"\n"
        self._starts = array("I", [0])
        at = self._text.find(b"\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = self._text.find(b"\n", at + 1)

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = at if at >= 0 else at + len(self)
        if not 0 <= number < len(self):
            raise IndexError(at)
        return self._text[self._starts[number] : self._starts[number + 1] - 1].decode()

    def ending(self, end: str) -> int | None:
        """The number of the first line that ends so; None where none does."""
        at = self._text.find(end.encode() + b"\n")
        return None if at < 0 else bisect_right(self._starts, at) - 1
