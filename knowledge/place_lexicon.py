"""Which words of a message may mean a place, and which are only words: Nice, Bath and Sala are both.

After a command every word may be a place; in a free question a word in lower case is one only if the town is
well known and the word is not common.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from knowledge import words
from knowledge.place_forms import begin_alike, cyrillic, key, nominatives, with_diacritics

if TYPE_CHECKING:
    from knowledge.place import Match
    from knowledge.places import Places

# Letters of a word that a typo is repaired in, in a free question; measured over the project's questions, six
# in lower case make towns of 300 ordinary words, eight of 10.
_LONG_ENOUGH, _LONG_ENOUGH_CAPITAL = 8, 5


class Lexicon:
    """Which words mean a place, with the names of one gazetteer."""

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

    def town_of(self, name: str) -> str:
        """What two mentions of one town have in common, whatever the case: its key, else the name."""
        matches = self.places.matches(name)
        return matches[0].place.key if matches else key(name)

    def is_light(self, kind: str, word: str) -> bool:
        """Whether a piece says nothing against a bare "Rīga Lisabona"."""
        if kind != "word":
            return kind in ("number", "comma")
        return word in self._light or self.is_ordinary(word) or words.stem(word) in _counted()

    def is_ordinary(self, word: str) -> bool:
        """Whether a word is never a town: prepositions, stop words, question words, numbers."""
        return word in self.roles or word in self.town or word in ordinary_words()

    def accepts(self, name: str, matches: list[Match], *, strict: bool) -> bool:
        """Whether words that match a town's name may mean it here."""
        word = key(name)
        if not matches or (self.is_ordinary(word) and not self._spelt_out(name, matches)):
            return False
        # "bernes" is both children's and Bern's; "Bernes" and "berne" are the town's.
        if self.is_light("word", word) and not name[:1].isupper() and not matches[0].spells(word):
            return False
        if self.places.is_country(name, matches):
            return not strict
        if not strict or name[:1].isupper():
            return True
        return not self._is_common(name) and any(self._means_town(name, match) for match in matches)

    def _spelt_out(self, name: str, matches: list[Match]) -> bool:
        """Whether capital and diacritics tell a town from a small word: "Vīni" is Vienna, "Viņi" are they."""
        accented = with_diacritics(name) if name[:1].isupper() else ""
        return any(accented and begin_alike(accented, m.name) and self.places.well_known(m) for m in matches)

    def _is_common(self, name: str) -> bool:
        word = key(name)
        return word in self.common or not self.common.isdisjoint(nominatives(word, cyrillic(name)))

    def _means_town(self, name: str, match: Match) -> bool:
        """Whether a name in lower case means this town: a well-known one, and "viņu" is not Vīne."""
        accented = with_diacritics(name)
        return self.places.well_known(match) and (not accented or begin_alike(accented, match.name))

    def repairs(self, name: str, *, strict: bool) -> bool:
        """Whether a word where a place is expected is a mistyped town."""
        word = key(name)
        if self.is_light("word", word) or self._is_common(name) or self.places.country(name):
            return False
        if not strict:
            return bool(self.places.repaired(name))
        if len(word) < (_LONG_ENOUGH_CAPITAL if name[:1].isupper() else _LONG_ENOUGH):
            return False
        found = self.places.repaired(name, careful=True)
        return bool(found) and self.places.well_known(found[0])


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
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
