"""Number words and units in Latvian, English and Russian, as `data/words.yaml` lists them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from knowledge import russian
from knowledge.words import fold, stem, stems, stop_words, tokens, word_data

_ABBREVIATION = 3  # letters: "g", "mo", "yrs" are not stemmed


def _forms(text: str) -> set[str]:
    """Words as they come out of ``normalise``, and Russian ones also as typed in Latin letters."""
    words = text.split()
    cyrillic = {
        russian.coarse(fold(w.casefold())) for w in words if not w.isascii() and "\u0400" <= w[0] <= "\u04ff"
    }
    return {fold(w.casefold()) for w in words} | cyrillic


def _by_word(section: str) -> dict[str, Decimal]:
    return {w: Decimal(str(value)) for value, text in word_data()[section].items() for w in _forms(text)}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Which words count, multiply, name a unit or stand between the ends of a range."""

    small: dict[str, Decimal]
    multipliers: dict[str, Decimal]
    people: dict[str, Decimal]
    ordinals: dict[str, Decimal]
    weak: set[str]
    half_years: set[str]
    units: dict[str, str]
    months: set[str]
    ranges: set[str]
    clock: set[str]
    stops: frozenset[str]
    ordered: set[str]

    @staticmethod
    def find(word: str, table: dict[str, Decimal]) -> Decimal | None:
        """The value of a word in one of the tables, also if it is Russian in Latin letters."""
        value = table.get(word)
        return table.get(russian.coarse(word)) if value is None else value

    def unit(self, word: str) -> str | None:
        """The unit a word names; short abbreviations count only as they are written."""
        if word in self.units:
            return self.units[word]
        if len(word) <= _ABBREVIATION and not word.startswith("god"):
            return None
        return next((self.units[key] for key in stems(word) if key in self.units), None)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The number words of `data/words.yaml`."""
    data = word_data()
    units: dict[str, str] = {}
    for name, text in data["units"].items():
        for word in text.split():
            units[fold(word.casefold())] = name
            if len(word) > _ABBREVIATION or stem(word).startswith("ru:"):
                units[stem(word)] = name
    return Lexicon(
        small=_by_word("numbers"),
        multipliers=_by_word("multipliers"),
        people=_by_word("people_numbers"),
        ordinals=_by_word("ordinals"),
        weak=_forms(data["weak"]),
        half_years=_forms(data["half_years"]),
        units=units,
        months={key for token in tokens(data["months"]) for key in stems(token)[:1]},
        ranges=_forms(data["ranges"]),
        clock=_forms(data["clock"]),
        stops=(stop_words("lv") | stop_words("en") | stop_words("ru")) - _forms(data["skipped"]),
        ordered={stem(word) for word in data["ordered"].split()},
    )
