"""Reads a journey in a message: "no Rīgas uz Lisabonu 4", "Daugavpils - Brno x 3", "Lisabona: Rīga 4, Brno 3".

A journey needs two names of places and something that ties them: prepositions, a dash or arrow, a colon after
the destination, or a message that says nothing else. So an ordinary question about a town is none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge import words
from knowledge.numbers import Unit, numbers
from knowledge.place_forms import key

if TYPE_CHECKING:
    from knowledge.place_names import JourneyWords
    from knowledge.places import Found, Match, Places

MOST_ORIGINS = 8
"""Origins that one message may name; further ones are not read."""

_LONGEST_TEXT = 600  # characters
_LONGEST_NAME = 5  # words: Las Palmas de Gran Canaria
_LONGEST_GAP = 4  # words between "no Rīgas" and "uz Lisabonu" in a free question
_TOWN_WORDS = 2  # "no pilsētas Brno", "from the city of Brno"
_LONG_ENOUGH = 6  # letters of a word in lower case that a typo is repaired in


@dataclass(frozen=True, slots=True)
class Origin:
    """Where some of the people start; none where the message gives no head count."""

    place: Found
    people: int | None


@dataclass(frozen=True, slots=True)
class Journey:
    """Everybody's way to one destination."""

    origins: tuple[Origin, ...]
    destination: Found


@dataclass(frozen=True, slots=True)
class _Piece:
    kind: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Mention:
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
_LINKS = ("arrow", "dash")


class JourneyReader:
    """Reads journeys with the names of one gazetteer."""

    def __init__(self, places: Places) -> None:
        self.places = places
        vocabulary = places.names.journey
        self.roles = {
            **dict.fromkeys(vocabulary.keys("from_"), "from"),
            **dict.fromkeys(vocabulary.keys("to"), "to"),
            **dict.fromkeys(vocabulary.keys("between"), "between"),
        }
        self.both = vocabulary.keys("and_")
        self.town = vocabulary.keys("town")
        self.common = vocabulary.keys("common")
        self._light = vocabulary.keys("light")

    def read(self, text: str, *, strict: bool) -> Journey | None:
        """The journey of a text; see ``Places.read_journey``."""
        text = unicodedata.normalize("NFKC", text[:_LONGEST_TEXT])
        one = _Text(self, text, strict)
        ends = one.ends()
        if ends is None:
            return None
        origins, destination = ends
        if strict and all(mention.guessed for mention in (*origins, destination)):
            return None
        return self._journey(one, origins[:MOST_ORIGINS], destination)

    def _journey(self, text: _Text, origins: Sequence[_Mention], destination: _Mention) -> Journey:
        end = self._found(destination, None)
        starts = [self._found(origin, end) for origin in origins]
        if end.tie and starts[0].best and not starts[0].tie:
            end = self._found(destination, starts[0])
        people = text.people(origins, destination)
        return Journey(tuple(Origin(*pair) for pair in zip(starts, people, strict=True)), end)

    def _found(self, mention: _Mention, other: Found | None) -> Found:
        return self.places.choose(mention.name, mention.name, other.best if other else None, mention.inside)

    def is_light(self, piece: _Piece) -> bool:
        """Whether a piece says nothing against a bare "Rīga Lisabona"."""
        if piece.kind != "word":
            return piece.kind in ("number", "comma")
        return piece.key in self._light or self.is_ordinary(piece.key)

    def is_ordinary(self, word: str) -> bool:
        """Whether a word is never a town: prepositions, question words, numbers, units, months."""
        return word in self.roles or word in _ordinary() or words.stem(word) in _counted()

    def accepts(self, name: str, matches: list[Match], *, strict: bool) -> bool:
        """Whether words that match a town's name may mean it here."""
        if not matches or (" " not in key(name) and self.is_ordinary(key(name))):
            return False
        if self.places.is_country(name, matches):
            return not strict
        if not strict or name[:1].isupper():
            return True
        return key(name) not in self.common and any(map(self.places.well_known, matches))

    def repairs(self, name: str, *, strict: bool) -> bool:
        """Whether a word where a place is expected is a mistyped town."""
        word = key(name)
        if self.is_ordinary(word) or word in self.common or self.places.country(name):
            return False
        if strict and not name[:1].isupper() and len(word) < _LONG_ENOUGH:
            return False
        found = self.places.repaired(name)
        return bool(found) and (not strict or self.places.well_known(found[0]))


class _Text:
    """One message cut into pieces, and the places in it."""

    def __init__(self, reader: JourneyReader, text: str, strict: bool) -> None:
        self.reader = reader
        self.text = text
        self.strict = strict
        self.pieces = [
            _Piece(m.lastgroup or "", key(m[0]) if m.lastgroup == "word" else "", m.start(), m.end())
            for m in _PIECE.finditer(text)
        ]
        self.mentions: list[_Mention] = []
        # Most questions name no place at all; they are told apart before anything is looked up.
        if not strict or self._could_be():
            self._scan()

    def _could_be(self) -> bool:
        tied = any(p.kind in (*_LINKS, "colon") or p.key in self.reader.roles for p in self.pieces)
        return tied or sum(not self.reader.is_light(piece) for piece in self.pieces) <= 2 * _LONGEST_NAME

    def _scan(self) -> None:
        at = 0
        while at < len(self.pieces):
            mention = self._mention(at) if self.pieces[at].kind == "word" else None
            if mention:
                self.mentions.append(mention)
            at = mention.last + 1 if mention else at + 1

    def _mention(self, at: int) -> _Mention | None:
        reader = self.reader
        for last in reversed(self._name_ends(at)):
            name = self._slice(at, last)
            if reader.accepts(name, reader.places.matches(name), strict=self.strict):
                return self._with_role(name, at, last, guessed=False)
        name = self._slice(at, at)
        role, _ = self._role(at)
        if (not self.strict or role or self._beside_link(at)) and reader.repairs(name, strict=self.strict):
            return self._with_role(name, at, at, guessed=True)
        if self.strict or reader.is_light(self.pieces[at]) or self.pieces[at].key in reader.town:
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

    def _unknown(self, at: int) -> _Mention:
        """In a command, words that are no place are an end of the journey all the same: it asks about them."""
        last = at
        for end in self._name_ends(at)[1:]:
            name = self._slice(end, end)
            if self.reader.is_light(self.pieces[end]) or self.reader.places.matches(name):
                break
            last = end
        return self._with_role(self._slice(at, last), at, last, guessed=True)

    def _with_role(self, name: str, first: int, last: int, *, guessed: bool) -> _Mention:
        role, start = self._role(first)
        inside = None
        for at in (last + 1, last + 2):
            if at < len(self.pieces) and self.pieces[at].kind == "word":
                inside = self._country(at, last)
                break
            if at < len(self.pieces) and self.pieces[at].kind != "comma":
                break
        return _Mention(name, start, first, at if inside else last, role, inside, guessed)

    def _country(self, at: int, name_end: int) -> str | None:
        """The country after a name: "Valensija, Spānija", "Halle (Beļģija)", "Parīzi Francijā"."""
        name = self._slice(at, at)
        if not self.reader.places.is_country(name, self.reader.places.matches(name)):
            return None
        return self.reader.places.country(name)

    def _role(self, first: int) -> tuple[str, int]:
        """What the preposition before a name says, and the piece at which it stands."""
        at = first - 1
        while at >= 0 and first - at <= _TOWN_WORDS and self.pieces[at].key in self.reader.town:
            at -= 1
        role = self.reader.roles.get(self.pieces[at].key) if at >= 0 else None
        return (role, at) if role else ("", first)

    def _beside_link(self, at: int) -> bool:
        beside = self.pieces[max(at - 1, 0) : at] + self.pieces[at + 1 : at + 2]
        return any(piece.kind in (*_LINKS, "colon") for piece in beside)

    def _slice(self, first: int, last: int) -> str:
        return self.text[self.pieces[first].start : self.pieces[last].end]

    def ends(self) -> tuple[list[_Mention], _Mention] | None:
        """Origins and destination; none where nothing ties the places."""
        if len(self.mentions) < 2:
            return None
        return self._by_colon() or self._by_words() or self._by_link() or self._bare()

    def _by_colon(self) -> tuple[list[_Mention], _Mention] | None:
        first, *rest = self.mentions
        after = first.last + 1
        if first.role == "from" or after >= len(self.pieces) or self.pieces[after].kind != "colon":
            return None
        chain = self._chain(rest)
        return (chain, first) if len(chain) == len(rest) and self._light(after + 1, rest[0].start) else None

    def _by_words(self) -> tuple[list[_Mention], _Mention] | None:
        if between := next((m for m in self.mentions if m.role == "between"), None):
            other = self._next(between)
            if other and self.pieces[other.start - 1].key in self.reader.both:
                return [between], other
        origins = [m for m in self.mentions if m.role == "from"]
        names = {key(m.name) for m in origins}
        # "… and back to Riga" names no second destination.
        ends = [m for m in self.mentions if m.role == "to" and key(m.name) not in names]
        if not ends or (self.strict and len({key(m.name) for m in ends}) > 1):
            return None
        end = ends[0]
        if origins:
            origins = [m for start in origins for m in self._chain(self._from(start)) if m.role != "to"]
            origins = list(dict.fromkeys(origins))
            return (origins, end) if self._near(origins, end) else None
        before = [m for m in self.mentions if m.last < end.start]
        while before and not self._light(before[-1].last + 1, end.start):
            before.pop()
        chain = self._chain_before(before)
        return (chain, end) if chain and self._light(chain[-1].last + 1, end.start) else None

    def _by_link(self) -> tuple[list[_Mention], _Mention] | None:
        linked = [
            at
            for at in range(len(self.mentions) - 1)
            if self._light(self.mentions[at].last + 1, self.mentions[at + 1].start, links=1)
        ]
        if len(linked) != 1:
            return None
        before, after = self.mentions[: linked[0] + 1], self.mentions[linked[0] + 1 :]
        if len(after) == 1:
            return self._chain_before(before), after[0]
        return None if self.strict or len(before) > 1 else (self._chain(after), before[0])

    def _bare(self) -> tuple[list[_Mention], _Mention] | None:
        first, second, *more = self.mentions
        if more or not self._light(first.last + 1, second.start):
            return None
        if self.strict and not (
            self._light(0, first.start) and self._light(second.last + 1, None, stops=True)
        ):
            return None
        return ([second], first) if second.role == "from" else ([first], second)

    def _chain(self, mentions: Sequence[_Mention]) -> list[_Mention]:
        """The first of the mentions and those that follow it as in a list."""
        chain = list(mentions[:1])
        for mention in mentions[1:]:
            if mention.role == "to" or not self._light(chain[-1].last + 1, mention.start):
                break
            chain.append(mention)
        return chain

    def _chain_before(self, mentions: Sequence[_Mention]) -> list[_Mention]:
        chain = list(mentions[-1:])
        for mention in reversed(mentions[:-1]):
            if not self._light(mention.last + 1, chain[0].start):
                break
            chain.insert(0, mention)
        return chain

    def _from(self, mention: _Mention) -> list[_Mention]:
        return self.mentions[self.mentions.index(mention) :]

    def _next(self, mention: _Mention) -> _Mention | None:
        return next(iter(self._from(mention)[1:]), None)

    def _near(self, origins: list[_Mention], end: _Mention) -> bool:
        """Whether origin and destination are said in one breath."""
        if not self.strict:
            return True
        gaps = [
            self.pieces[m.last + 1 : end.start] if m.last < end.first else self.pieces[end.last + 1 : m.start]
            for m in origins
        ]
        gap = min(gaps, key=len)
        heavy = [piece for piece in gap if piece.kind == "word" and not self.reader.is_light(piece)]
        return len(heavy) <= _LONGEST_GAP and all(piece.kind != "stop" for piece in gap)

    def _light(self, first: int, end: int | None, *, links: int = 0, stops: bool = False) -> bool:
        """Whether nothing but light pieces stands there, and exactly so many dashes or arrows."""
        here = self.pieces[first:end]
        found = sum(piece.kind in _LINKS for piece in here)
        rest = (p for p in here if p.kind not in _LINKS and not (stops and p.kind == "stop"))
        return found == links and all(map(self.reader.is_light, rest))

    def people(self, origins: Sequence[_Mention], destination: _Mention) -> list[int | None]:
        """Head counts of the origins, in their order."""
        if len(origins) == 1:
            return [_people(self._without_places(0, len(self.pieces)))]
        cuts = [self._cut(origins, at) for at in range(len(origins))]
        ends = [*cuts[1:], len(self.pieces)]
        if destination.first > origins[-1].last:
            ends[-1] = destination.start
        return [_people(self._without_places(start, end)) for start, end in zip(cuts, ends, strict=True)]

    def _cut(self, origins: Sequence[_Mention], at: int) -> int:
        """The piece at which an origin's part of the list begins: after a comma or an "un" before it."""
        start = origins[at].start
        lowest = origins[at - 1].last + 1 if at else 0
        for piece in range(start - 1, lowest - 1, -1):
            here = self.pieces[piece]
            if here.kind in ("comma", "colon") or here.key in self.reader.both:
                return piece
        return start if at else lowest

    def _without_places(self, first: int, end: int) -> str:
        """The text of some pieces with a comma for every place, so that no name is read as a number."""
        if first >= end:
            return ""
        parts = []
        at = first
        for mention in self.mentions:
            if at <= mention.first < end:
                parts += [self._slice(at, mention.first - 1) if mention.first > at else "", ","]
                at = mention.last + 1
        if at < end:
            parts.append(self._slice(at, end - 1))
        return " ".join(parts)


def _people(text: str) -> int | None:
    """The people counted in a text, all kinds together; else the first figure that counts nothing else."""
    found = [q for q in numbers(text) if isinstance(q.value, int)]
    counted = [int(q.value) for q in found if q.unit is Unit.PEOPLE]
    if counted:
        return sum(counted)
    return next((int(q.value) for q in found if q.unit is None), None)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Keys of stop words, question words and number words of all three languages."""
    data = words.word_data()
    counting = (*data["numbers"].values(), *data["multipliers"].values(), *data["people_numbers"].values())
    listed = {key(word) for text in counting for word in text.split()}
    for language in ("lv", "en", "ru"):
        listed |= words.stop_words(language) | words.question_words(language)
    return frozenset(listed)


@lru_cache(maxsize=1)
def _counted() -> frozenset[str]:
    """Stems of units and months: "km", "skolēniem", "maijā"."""
    data = words.word_data()
    listed = (*data["units"].values(), data["months"])
    return frozenset(words.stem(token) for text in listed for token in words.tokens(text))
