"""Reads a journey: "no Rīgas uz Lisabonu 4", "Daugavpils - Brno x 3", "Lisabona: Rīga 4, Brno 3".

A journey needs two names of places and something that ties them: prepositions, a dash or arrow, a colon after
the destination, or a message that says nothing else. So an ordinary question about a town is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knowledge.numbers import numbers
from knowledge.party import Party, party_of
from knowledge.place_lexicon import Lexicon, ordinary_words
from knowledge.place_mentions import Mention, Message
from knowledge.quantity import Unit

if TYPE_CHECKING:
    from knowledge.place import Found
    from knowledge.places import Places

MOST_ORIGINS = 8
"""Origins that one table shows; a message that names more is for the caller to refuse."""

_SENTENCE = 3  # words without meaning for a journey
_LONGEST_GAP = 4  # words between "no Rīgas" and "uz Lisabonu" in a free question


@dataclass(frozen=True, slots=True)
class Origin:
    """Where some of the people start, and who; no party where the message gives no head count."""

    place: Found
    party: Party | None

    @property
    def people(self) -> int | None:
        """How many start here."""
        return self.party.people if self.party else None


@dataclass(frozen=True, slots=True)
class Journey:
    """Everybody's way to one destination; ``rest`` counts the words of the message that are about neither."""

    origins: tuple[Origin, ...]
    destination: Found
    rest: int = 0


@dataclass(frozen=True, slots=True)
class End:
    """The only place that a message names: where somebody goes ("to"), starts ("from"), or neither said."""

    place: Found
    role: str
    party: Party | None


class JourneyReader:
    """Reads journeys with the names of one gazetteer."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.lexicon = Lexicon(places)

    def read(self, text: str, *, strict: bool) -> Journey | None:
        """The journey of a text; see ``Places.read_journey``."""
        said = _Said(Message(self.lexicon, text, strict=True))
        # What stands beside few words after a command is to be asked about, a whole sentence is not.
        if not strict and said.unread_words() < _SENTENCE:
            said = _Said(Message(self.lexicon, text, strict=False))
        ends = said.ends()
        return self._journey(said, *ends) if ends else None

    def read_end(self, text: str) -> End | None:
        """One end of a journey; see ``Places.read_end``."""
        message = Message(self.lexicon, text, strict=True)
        if len(message.mentions) != 1 or message.mentions[0].guessed:
            return None
        found = self._found(message.mentions[0], None)
        party = _party(message.without_places(0, len(message.pieces)))
        return End(found, message.mentions[0].role, party) if found.best else None

    def _journey(self, said: _Said, origins: Sequence[Mention], destination: Mention) -> Journey:
        end = self._found(destination, None)
        starts = [self._found(origin, end) for origin in origins]
        if end.tie and starts[0].best and not starts[0].tie:
            end = self._found(destination, starts[0])
        parties = said.parties(origins, destination)
        return Journey(
            tuple(Origin(*pair) for pair in zip(starts, parties, strict=True)), end, said.unread_words()
        )

    def _found(self, mention: Mention, other: Found | None) -> Found:
        return self.places.choose(mention.name, mention.name, other.best if other else None, mention.inside)


class _Said:
    """What ties the places of one message."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.lexicon = message.lexicon
        self.pieces = message.pieces
        self.mentions = message.mentions
        self.strict = message.strict

    def unread_words(self) -> int:
        """How many words are neither places nor light; none counts where nothing ties two places."""
        if self.ends() is None:
            return 0
        read = {at for mention in self.mentions for at in range(mention.start, mention.last + 1)}
        words = (piece for at, piece in enumerate(self.pieces) if piece.kind == "word" and at not in read)
        return sum(not self.message.is_light(piece) for piece in words)

    def ends(self) -> tuple[list[Mention], Mention] | None:
        """Origins and destination; none where nothing ties the places."""
        if len(self.mentions) < 2 or (self.strict and all(mention.guessed for mention in self.mentions)):
            return None
        return self._by_colon() or self._by_words() or self._by_link() or self._bare()

    def _by_colon(self) -> tuple[list[Mention], Mention] | None:
        first, *rest = self.mentions
        after = first.last + 1
        if first.role == "from" or after >= len(self.pieces) or self.pieces[after].kind != "colon":
            return None
        chain = self._chain(rest)
        return (
            (chain, first)
            if len(chain) == len(rest) and self.message.light(after + 1, rest[0].start)
            else None
        )

    def _by_words(self) -> tuple[list[Mention], Mention] | None:
        if between := next((m for m in self.mentions if m.role == "between"), None):
            other = self._next(between)
            if other and self.pieces[other.start - 1].key in self.lexicon.both:
                return [between], other
        origins = [m for m in self.mentions if m.role == "from"]
        starts = {self.lexicon.town_of(m.name) for m in origins}
        # "… and back to Riga" names no second destination.
        ends = {self.lexicon.town_of(m.name): m for m in reversed(self.mentions) if m.role == "to"}
        others = [m for town, m in ends.items() if town not in starts] or list(ends.values())
        if not others and origins and (not self.strict or self._counts()):
            # "Sanāksme Brno, 3 cilvēki no Rīgas": the venue without a word that leads there.
            chained = {id(m) for origin in origins for m in self._chain(self._from(origin))}
            others = [m for m in self.mentions if not m.role and id(m) not in chained]
        if len(others) != 1:
            return None
        end = others[0]
        if origins:
            origins = [m for start in origins for m in self._chain(self._from(start)) if m.role != "to"]
            origins = list(dict.fromkeys(origins))
            return (origins, end) if self._near(origins, end) else None
        before = [m for m in self.mentions if m.last < end.start]
        while before and not self.message.light(before[-1].last + 1, end.start):
            before.pop()
        chain = self._chain_before(before)
        return (chain, end) if chain and self.message.light(chain[-1].last + 1, end.start) else None

    def _counts(self) -> bool:
        """Whether the message counts people or days: "Nice to meet you from Riga" names no venue."""
        return any(q.unit in (Unit.PEOPLE, Unit.DAYS) for q in numbers(self.message.text))

    def _by_link(self) -> tuple[list[Mention], Mention] | None:
        linked = [
            at
            for at in range(len(self.mentions) - 1)
            if self.message.light(self.mentions[at].last + 1, self.mentions[at + 1].start, links=1)
        ]
        if len(linked) != 1:
            return None
        before, after = self.mentions[: linked[0] + 1], self.mentions[linked[0] + 1 :]
        if len(after) == 1:
            return self._chain_before(before), after[0]
        return None if self.strict or len(before) > 1 else (self._chain(after), before[0])

    def _bare(self) -> tuple[list[Mention], Mention] | None:
        first, second, *more = self.mentions
        between = self.pieces[first.last + 1 : second.start]
        # "Rīga vai Lisabona" is no journey.
        if (
            more
            or not all(map(self.message.is_light, between))
            or any(p.key in ordinary_words() for p in between)
        ):
            return None
        if self.strict and not (
            self.message.light(0, first.start) and self.message.light(second.last + 1, None, stops=True)
        ):
            return None
        return ([second], first) if second.role == "from" else ([first], second)

    def _chain(self, mentions: Sequence[Mention]) -> list[Mention]:
        """The first of the mentions and those that follow it as in a list."""
        chain = list(mentions[:1])
        for mention in mentions[1:]:
            if mention.role == "to" or not self.message.light(chain[-1].last + 1, mention.start):
                break
            chain.append(mention)
        return chain

    def _chain_before(self, mentions: Sequence[Mention]) -> list[Mention]:
        chain = list(mentions[-1:])
        for mention in reversed(mentions[:-1]):
            if not self.message.light(mention.last + 1, chain[0].start):
                break
            chain.insert(0, mention)
        return chain

    def _from(self, mention: Mention) -> list[Mention]:
        return self.mentions[self.mentions.index(mention) :]

    def _next(self, mention: Mention) -> Mention | None:
        return next(iter(self._from(mention)[1:]), None)

    def _near(self, origins: list[Mention], end: Mention) -> bool:
        """Whether origin and destination are said in one breath."""
        if not self.strict:
            return True
        gaps = [
            self.pieces[m.last + 1 : end.start] if m.last < end.first else self.pieces[end.last + 1 : m.start]
            for m in origins
        ]
        gap = min(gaps, key=len)
        heavy = [piece for piece in gap if piece.kind == "word" and not self.message.is_light(piece)]
        return len(heavy) <= _LONGEST_GAP and all(piece.kind != "stop" for piece in gap)

    def parties(self, origins: Sequence[Mention], destination: Mention) -> list[Party | None]:
        """Who starts at the origins, in their order."""
        if len(origins) == 1:
            return [_party(self.message.without_places(0, len(self.pieces)))]
        cuts = [self._cut(origins, at) for at in range(len(origins))]
        ends = [*cuts[1:], len(self.pieces)]
        if destination.first > origins[-1].last:
            ends[-1] = destination.start
        return [
            _party(self.message.without_places(start, end)) for start, end in zip(cuts, ends, strict=True)
        ]

    def _cut(self, origins: Sequence[Mention], at: int) -> int:
        """The piece at which an origin's part of the list begins: after a comma or an "un" before it."""
        start = origins[at].start
        lowest = origins[at - 1].last + 1 if at else 0
        for piece in range(start - 1, lowest - 1, -1):
            here = self.pieces[piece]
            if here.kind in ("comma", "colon") or here.key in self.lexicon.both:
                return piece
        return start if at else lowest


def _party(text: str) -> Party | None:
    """The people counted in a text, by their kinds; else the first figure that counts nothing else."""
    found = [q for q in numbers(text) if isinstance(q.value, int)]
    bare = (int(q.value) for q in found if q.unit is None)
    return party_of(found) or next((Party(others=count) for count in bare), None)
