"""Finds the names of places in a message, with their prepositions: "no pilsētas Brno", "to New York"."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from knowledge.place_forms import key
from knowledge.place_lexicon import Lexicon

_LONGEST_TEXT = 600  # characters
_LONGEST_NAME = 5  # words: Las Palmas de Gran Canaria
_TOWN_WORDS = 2  # "no pilsētas Brno", "from the city of Brno"
LINKS = ("arrow", "dash")
"""Kinds of pieces that stand between origin and destination."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, figure or sign of the message; ``key`` only of words."""

    kind: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """Pieces ``first`` to ``last`` name a place; ``start`` includes the preposition, ``last`` a country."""

    name: str
    start: int
    first: int
    last: int
    role: str
    inside: str | None
    guessed: bool


_PIECE = re.compile(
    r"""
      (?P<word>\b(?:St|Sv|Sta)\.|[^\W\d_]+(?:['’`´][^\W\d_]+)*)
    | (?P<number>\d+(?:[.,:]\d+)*)
    | (?P<arrow>-+>|=+>|[→➔➡⟶>])
    | (?P<dash>[-‐‑‒–—―−]+)
    | (?P<colon>:)
    | (?P<stop>[.!?]+)
    | (?P<comma>[\n,;+&/|()])
    """,
    re.VERBOSE,
)


class Message:
    """One message cut into pieces, and the places in it."""

    def __init__(self, lexicon: Lexicon, text: str, strict: bool) -> None:
        self.lexicon = lexicon
        self.text = text = unicodedata.normalize("NFKC", text[:_LONGEST_TEXT])
        self.strict = strict
        self.pieces = [
            Piece(m.lastgroup or "", key(m[0]) if m.lastgroup == "word" else "", m.start(), m.end())
            for m in _PIECE.finditer(text)
        ]
        self.mentions: list[Mention] = []
        # Most questions name no place at all; they are told apart before anything is looked up.
        if not strict or self._could_be():
            self._scan()

    def _could_be(self) -> bool:
        tied = any(p.kind in (*LINKS, "colon") or p.key in self.lexicon.roles for p in self.pieces)
        return tied or sum(not self.is_light(piece) for piece in self.pieces) <= 2 * _LONGEST_NAME

    def _scan(self) -> None:
        at = 0
        while at < len(self.pieces):
            mention = self._mention(at) if self.pieces[at].kind == "word" else None
            if mention:
                self.mentions.append(mention)
            at = mention.last + 1 if mention else at + 1

    def _mention(self, at: int) -> Mention | None:
        lexicon = self.lexicon
        for last in reversed(self._name_ends(at)):
            name = self.slice(at, last)
            if lexicon.accepts(name, lexicon.places.matches(name), strict=self.strict):
                return self._with_role(name, at, last, guessed=False)
        name = self.slice(at, at)
        role, _ = self._role(at)
        if (not self.strict or role or self._beside_link(at)) and lexicon.repairs(name, strict=self.strict):
            return self._with_role(name, at, at, guessed=True)
        if self.strict or self.is_light(self.pieces[at]):
            return None
        return self._unknown(at)

    def _name_ends(self, at: int) -> list[int]:
        """Last pieces of the names that may start at a piece: words in a row, or joined by hyphens."""
        ends = [at]
        last, count = at, 1
        while count < _LONGEST_NAME and last + 1 < len(self.pieces):
            following = last + 1
            if self.pieces[following].kind == "dash" and self._joined(last) and self._joined(following):
                following += 1
            if following >= len(self.pieces) or self.pieces[following].kind != "word":
                break
            if self.text[self.pieces[last].end : self.pieces[following].start].strip(" -‐‑–"):
                break
            last, count = following, count + 1
            ends.append(last)
        return ends

    def _joined(self, at: int) -> bool:
        return at + 1 < len(self.pieces) and self.pieces[at].end == self.pieces[at + 1].start

    def _unknown(self, at: int) -> Mention:
        """In a command, words that are no place are an end of the journey all the same, to ask about."""
        last = at
        for end in self._name_ends(at)[1:]:
            name = self.slice(end, end)
            if self.is_light(self.pieces[end]) or self.lexicon.places.matches(name):
                break
            last = end
        return self._with_role(self.slice(at, last), at, last, guessed=True)

    def _with_role(self, name: str, first: int, last: int, *, guessed: bool) -> Mention:
        role, start = self._role(first)
        inside = None
        for at in (last + 1, last + 2):
            if at < len(self.pieces) and self.pieces[at].kind == "word":
                inside = self._country(at)
                break
            if at < len(self.pieces) and self.pieces[at].kind != "comma":
                break
        return Mention(name, start, first, at if inside else last, role, inside, guessed)

    def _country(self, at: int) -> str | None:
        """The country after a name: "Valensija, Spānija", "Halle (Beļģija)", "Parīzi Francijā"."""
        name = self.slice(at, at)
        if not self.lexicon.places.is_country(name, self.lexicon.places.matches(name)):
            return None
        return self.lexicon.places.country(name)

    def _role(self, first: int) -> tuple[str, int]:
        """What the preposition before a name says, and the piece at which it stands."""
        at = first - 1
        while at >= 0 and first - at <= _TOWN_WORDS and self.pieces[at].key in self.lexicon.town:
            at -= 1
        role = self.lexicon.roles.get(self.pieces[at].key) if at >= 0 else None
        return (role, at) if role else ("", first)

    def _beside_link(self, at: int) -> bool:
        beside = self.pieces[max(at - 1, 0) : at] + self.pieces[at + 1 : at + 2]
        return any(piece.kind in (*LINKS, "colon") for piece in beside)

    def slice(self, first: int, last: int) -> str:
        """The text of pieces, both included."""
        return self.text[self.pieces[first].start : self.pieces[last].end]

    def is_light(self, piece: Piece) -> bool:
        """Whether a piece says nothing against a bare "Rīga Lisabona"."""
        return self.lexicon.is_light(piece.kind, piece.key)

    def light(self, first: int, end: int | None, *, links: int = 0, stops: bool = False) -> bool:
        """Whether nothing but light pieces stands there, and exactly so many dashes or arrows."""
        here = self.pieces[first:end]
        found = sum(piece.kind in LINKS for piece in here)
        rest = (p for p in here if p.kind not in LINKS and not (stops and p.kind == "stop"))
        return found == links and all(map(self.is_light, rest))

    def without_places(self, first: int, end: int) -> str:
        """The text of some pieces with a comma for every place, so that no name is read as a number."""
        if first >= end:
            return ""
        parts = []
        at = first
        for mention in self.mentions:
            if at <= mention.first < end:
                parts += [self.slice(at, mention.first - 1) if mention.first > at else "", ","]
                at = mention.last + 1
        if at < end:
            parts.append(self.slice(at, end - 1))
        return " ".join(parts)
