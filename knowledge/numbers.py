"""Figures in a free question: "cik maksās ceļš 850 km diviem skolēniem" → 850 km, 2 learners.

Digits and number words of Latvian, English and Russian (both scripts), with the unit beside them. Words stand
in ``data/words.yaml``. Ambiguities are decided like this:

- 2014-2035 without a unit, or 1950-2099 beside "gads", "year": a calendar year.
- Eight digits that begin with 2 or 6 and have no unit: a Latvian telephone number, left out. So is +371…
- Words for one, and words that mean something else in another language, count only before a unit.
"""

import re
from decimal import Decimal
from functools import lru_cache

from knowledge.number_pieces import Piece, Pieces
from knowledge.number_words import lexicon
from knowledge.quantity import People, Quantity, Unit
from knowledge.words import normalise, stem, stems

_CLOCK = re.compile(r"([01]?\d|2[0-4])\.([0-5]\d)")
_PHONE = re.compile(r"[26]\d \d{3} \d{3}|[26]\d{7}")
_YEARS = range(2014, 2036)
_NAMED_YEARS = range(1950, 2100)
_UNITS = {
    "km": (Unit.KM, None),
    "months": (Unit.MONTHS, None),
    "years": (Unit.YEARS, None),
    "weeks": (Unit.DAYS, None),
    "days": (Unit.DAYS, None),
    "eur": (Unit.EUR, None),
    "percent": (Unit.PERCENT, None),
    "countries": (Unit.COUNTRIES, None),
    "partners": (Unit.PARTNERS, None),
    "learners": (Unit.PEOPLE, People.LEARNER),
    "staff": (Unit.PEOPLE, People.STAFF),
    "people": (Unit.PEOPLE, People.PERSON),
    "accompanying": (Unit.PEOPLE, People.ACCOMPANYING),
}
_SKIPPED_WORDS = 1  # "4 pieaugušie dalībnieki"; more would take the unit of another phrase
_EURO = "eur"


def numbers(text: str, currency: str = _EURO) -> list[Quantity]:
    """Every figure of a text, in order; telephone numbers, codes, addresses and URLs are passed over.

    An amount (``Unit.EUR``) is one in ``currency``, a code in capitals or not: where that is not the euro,
    "900 EUR" is none.
    """
    return list(_read(text, currency.casefold()))


# a message is read by several readers one after another; its words are not to stay longer than that
@lru_cache(maxsize=8)
def _read(text: str, currency: str) -> tuple[Quantity, ...]:
    return tuple(_Reader(normalise(text), currency).read())


class _Reader:
    """One pass over the pieces of one text."""

    def __init__(self, text: str, currency: str) -> None:
        self.cut = Pieces(text)
        self.text, self.pieces = text, self.cut.pieces
        self.currency = currency
        self.lexicon = lexicon()
        self.found: list[Quantity] = []

    def read(self) -> list[Quantity]:
        at = 0
        while at < len(self.pieces):
            at = self._read_one(at)
        return self.found

    def _read_one(self, at: int) -> int:
        """Read what starts at a piece; return the next piece to look at."""
        piece = self.pieces[at]
        if piece.kind == "date":
            day = re.split(r"[./-]", piece.text)
            return self._add(int(day[2] if len(day[0]) == 4 else day[0]), Unit.DATE, at, at)
        if piece.kind == "time":
            hours, minutes = piece.text.split(":")
            return self._add(int(hours) * 60 + int(minutes), Unit.TIME, at, at)
        if piece.kind == "ordinal":
            is_date = self._month(at + 1)
            return self._add(
                int(re.sub(r"\D", "", piece.text)), Unit.DATE if is_date else Unit.ORDINAL, at, at
            )
        if piece.kind == "word" and piece.text in self.lexicon.half_years:
            return self._add(6, Unit.MONTHS, at, at)
        if (
            piece.kind == "word"
            and (people := self.lexicon.find(piece.text, self.lexicon.people)) is not None
        ):
            name, last = self._unit_after(at + 1)
            kind = _UNITS[name][1] if name else None
            return self._add(people, Unit.PEOPLE, at, last if kind else at, kind or People.PERSON)
        if piece.kind == "word" and (
            (place := self.lexicon.find(piece.text, self.lexicon.ordinals)) is not None
        ):
            return self._add(place, Unit.ORDINAL, at, at)
        value, after = self.cut.value(at)
        if value is None:
            return at + 1
        return self._read_value(value, at, after)

    def _read_value(self, value: Decimal, at: int, after: int) -> int:
        first = self.pieces[at]
        if first.kind == "figure" and after == at + 1 and value == int(value) and 1 <= value <= 31:
            if self._month(after):
                return self._add(value, Unit.DATE, at, after)
            if at and self._month(at - 1) and self._unit_after(after)[0] is None:
                return self._add(value, Unit.DATE, at, at)
        clock = (
            _CLOCK.fullmatch(first.text) if at and self.pieces[at - 1].text in self.lexicon.clock else None
        )
        if clock:
            return self._add(int(clock[1]) * 60 + int(clock[2]), Unit.TIME, at, at)
        name, last = self._unit_after(after)
        if name is None and at and (before := self._unit_before(at)):
            name, last = before, after - 1
        is_year = first.kind == "figure" and first.text.isdigit() and len(first.text) == 4
        if is_year and name in (None, "years"):
            beside = name == "years" or (at > 0 and self.lexicon.unit(self.pieces[at - 1].text) == "years")
            if int(value) in (_NAMED_YEARS if beside else _YEARS):
                return self._add(value, Unit.YEAR, at, last if name else at)
        if name is None:
            if at and self.cut.joined(at) and self.lexicon.unit(self.pieces[at - 1].text) == "days":
                return self._add(value, Unit.ORDINAL, at, at)
            if (
                self.text[first.end : first.end + 1] == "."
                and stem(self.cut.word(after)) in self.lexicon.ordered
            ):
                return self._add(value, Unit.ORDINAL, at, at)
            if after == at + 1 and self.cut.is_weak(first):
                return after
            if _PHONE.fullmatch(first.text):
                return after
            name, last = self._unit_of_range(after), after - 1
        unit, people = _UNITS[name] if name else (None, None)
        if name == "weeks":
            value *= 7
        if unit is Unit.YEARS and value != int(value) and value * 12 == int(value * 12):
            value, unit = value * 12, Unit.MONTHS
        return self._add(value, unit, at, last, people, after if last < after else last + 1)

    def _add(
        self,
        value: int | Decimal,
        unit: Unit | None,
        first: int,
        last: int,
        people: People | None = None,
        following: int | None = None,
    ) -> int:
        whole = int(value) if value == int(value) else value
        self.found.append(Quantity(whole, unit, people, self.pieces[first].start, self.pieces[last].end))
        return last + 1 if following is None else following

    def _month(self, at: int) -> bool:
        if at >= len(self.pieces) or self.pieces[at].kind != "word":
            return False
        keys = stems(self.pieces[at].text)
        return any(key in self.lexicon.months for key in keys) and (at == 0 or self.cut.joined(at))

    def _unit_after(self, at: int) -> tuple[str | None, int]:
        """The unit that follows a number, and the piece it is."""
        skipped = 0
        while at < len(self.pieces) and self.cut.joined(at):
            piece = self.pieces[at]
            if piece.kind not in ("word", "sign"):
                break
            if name := self._unit(piece.text):
                return self._whole_unit(name, at)
            if piece.text != "x" and not (piece.text == "a" and self.pieces[at - 1].text == "half"):
                skipped += 1
                if skipped > _SKIPPED_WORDS or piece.text in self.lexicon.stops or self._counts(piece):
                    break
            at += 1
        return None, at

    def _whole_unit(self, name: str, at: int) -> tuple[str, int]:
        """In "3 partneru valstis" and "2 skolas skolotāji" the second noun is what is counted."""
        if name == "partners" and at + 1 < len(self.pieces) and self.cut.joined(at + 1):
            second = self.lexicon.unit(self.pieces[at + 1].text)
            if second in ("partners", "countries", "learners", "staff", "people"):
                return second, at + 1
        return name, at

    def _counts(self, piece: Piece) -> bool:
        lexicon = self.lexicon
        return any(lexicon.find(piece.text, t) is not None for t in (lexicon.small, lexicon.multipliers))

    def _unit_before(self, at: int) -> str | None:
        """ "EUR 500", "€500"; not the unit of the figure before."""
        piece = self.pieces[at - 1]
        if (self.found and self.found[-1].end >= piece.end) or not self.cut.joined(at):
            return None
        name = self._unit(piece.text)
        return name if name in ("eur", "km") else None

    def _unit(self, word: str) -> str | None:
        """The unit a word names; of currencies only the one that counts here."""
        if word == self.currency:
            return "eur"
        name = self.lexicon.unit(word)
        return None if name == "eur" and self.currency != _EURO else name

    def _unit_of_range(self, at: int) -> str | None:
        """In "10–99 km", "no 10 līdz 99 km" and "12 vai 24 mēneši" the first figure shares the unit."""
        if at >= len(self.pieces):
            return None
        between = self.text[self.pieces[at - 1].end : self.pieces[at].start].strip()
        if self.pieces[at].text in self.lexicon.ranges:
            at += 1
        elif between != "-":
            return None
        if at >= len(self.pieces) or self.pieces[at].kind in ("date", "time"):
            return None
        value, after = self.cut.value(at)
        return None if value is None else self._unit_after(after)[0]
