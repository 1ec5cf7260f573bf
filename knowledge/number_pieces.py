"""A text cut into figures, words and signs, and the number that starts at one of them.

"12.500", "12,500", "1.200 km": a point or comma before exactly three digits groups thousands, unless the
figure begins with 0; "99.5", "99,50" are decimals. "12.500" is therefore never twelve and a half.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge import russian
from knowledge.number_words import lexicon


@dataclass(frozen=True, slots=True)
class Piece:
    """A figure, word, sign or finished date of the text."""

    kind: str
    text: str
    start: int
    end: int


_PIECE = re.compile(
    r"""
      (?P<skip>(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+|\+\d[\d ()-]{6,}\d
        |\bka[\ -]?\d{1,3}\b(?:-\w+)*|\b(?!x\d|eur\d)[^\W\d_]+\d\w*)
    | (?P<date>\b\d{1,2}\.\ ?(?:0?[1-9]|1[0-2])\.(?:\ ?\d{4})?|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{4}\b
        |\b[0-3]?\d\.(?:0[1-9]|1[0-2])\b(?![.,]?\d|\ ?(?:eur|€|km|%)))
    | (?P<time>\b(?:[01]?\d|2[0-4]):[0-5]\d\b)
    | (?P<ordinal>\b\d{1,3}(?:st|nd|rd|th|-?(?:j|y|aja|oj))\b)
    | (?P<figure>\d{1,3}(?:\ \d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+)*)
    | (?P<word>[^\W\d_]{1,64})
    | (?P<sign>[%€])
    """,
    re.VERBOSE,
)
_MAX_DIGITS = 12
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:([ .,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d{1,2})?")


class Pieces:
    """The pieces of one text in order; ``text`` is one that ``normalise`` gave."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexicon = lexicon()
        self.pieces = [Piece(m.lastgroup or "", m[0], m.start(), m.end()) for m in _PIECE.finditer(text)]

    def value(self, at: int) -> tuple[Decimal | None, int]:
        """The number that starts at a piece, and the piece after it."""
        total, current, start = Decimal(0), None, at
        literal = self.pieces[at].kind == "figure"
        while at < len(self.pieces) and (at == start or self.joined(at)):
            piece = self.pieces[at]
            if piece.kind == "figure":
                if at > start:
                    break
                current = _figure(piece.text)
                if current is None:
                    break
            elif piece.kind != "word":
                break
            elif piece.text in ("a", "an") and self.word(at + 1) in self.lexicon.multipliers:
                current = Decimal(1) if current is None else current
            elif piece.text == "and" and (current or total):
                if self.word(at + 1) == "a" and self.word(at + 2) == "half":
                    return total + (current or 0) + Decimal("0.5"), at + 3
                if (
                    literal
                    or self.word(at + 1) not in self.lexicon.small
                    or not (total or (current or 0) >= 100)
                ):
                    break
            elif (small := self.lexicon.find(piece.text, self.lexicon.small)) is not None:
                if current is None:
                    current = small
                elif not literal and _continues(current, small):
                    current += small
                else:
                    break
            elif (times := self.lexicon.find(piece.text, self.lexicon.multipliers)) is not None:
                if current is None and (total or self.is_weak(piece)) and at > start:
                    break
                if times < 1000:
                    current = (Decimal(1) if current is None else current) * times
                else:
                    total, current = total + (Decimal(1) if current is None else current) * times, None
                    literal = False
            else:
                break
            at += 1
        if at == start or (current is None and not total):
            return None, at
        return total + (current or 0), at

    def is_weak(self, piece: Piece) -> bool:
        """Whether a word counts only before a unit."""
        return piece.kind == "word" and (
            piece.text in self.lexicon.weak or russian.coarse(piece.text) in self.lexicon.weak
        )

    def word(self, at: int) -> str:
        """The text of a piece; nothing behind the last."""
        return self.pieces[at].text if at < len(self.pieces) else ""

    def joined(self, at: int) -> bool:
        """Whether only a space, hyphen or abbreviation point stands before a piece."""
        return self.text[self.pieces[at - 1].end : self.pieces[at].start].strip() in ("", "-", ".")


def _continues(current: Decimal, small: Decimal) -> bool:
    """Whether "divdesmit" + "divi", "simts" + "piecdesmit" make one number."""
    if current % 100 == 0 and current > 0:
        return 0 < small < 100
    return current in range(20, 100, 10) and 0 < small < 10 and small == int(small)


def _figure(text: str) -> Decimal | None:
    """The value of digits with separators; none for what is longer than any amount or is no number."""
    digits = re.sub(r"\D", "", text)
    if len(digits) > _MAX_DIGITS or not digits.isascii():
        return None
    if match := _THOUSANDS.fullmatch(text):
        whole, _, cents = text.rpartition(match[1])
        return Decimal(re.sub(r"\D", "", whole) + cents.replace(",", "."))
    plain = text.replace(" ", "").replace(",", ".")
    return Decimal(plain) if plain.count(".") <= 1 else None
