"""Towns and their distances, offline: "no Rīgas" → Riga (Latvia); Riga to Lisbon → 3151.0 km.

The gazetteer is ``data/places.tsv.gz``, built from GeoNames (CC BY 4.0, https://www.geonames.org) by
``scripts/build_places.py``; Latvian names and preferences stand in ``data/place_names.yaml``. It is loaded on
first use. Country codes are ISO 3166, which writes GR and GB where the programme writes EL and UK.

Left out: anything smaller than a town, regions, airports, and countries (they are recognised, not measured).
"""

from __future__ import annotations

import gzip
import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property, lru_cache
from importlib import resources

from babel import Locale

from knowledge.chat_spelling import variants
from knowledge.lines import Lines
from knowledge.model import LANGUAGES, Language
from knowledge.place import MOST_OTHERS, Found, Match, Place, best_first, distance_km, found
from knowledge.place_forms import VOWELS, begin_alike, cyrillic, key, nominatives, with_diacritics
from knowledge.place_journeys import End, Journey, JourneyReader
from knowledge.place_names import Names, read_names, usual
from knowledge.place_typos import Spellings

__all__ = ["Found", "Journey", "Match", "Place", "Places", "distance_km", "load_places"]

_FEWEST = 200  # inhabitants assumed where GeoNames knows none
_OTHER_NAME = 1.5  # what a name among the alternates costs, in powers of ten of inhabitants
_INFLECTED, _STRIPPED = 0.3, 0.6  # "Valletas" is rather Valletta's than Vallet's
_OTHER_DIACRITICS = 2.5
_SAME_SPELLING = 0.2
_CAPITAL = 0.5
_WELL_KNOWN = 100_000
_REPAIRED = 800_000  # inhabitants times the country's weight: 25,000 in a programme country
_COMMENTS = re.compile(rb"^#.*\n", re.MULTILINE)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NO_COUNTRIES = ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")  # of Unicode's list


class Places:
    """The gazetteer: names to towns."""

    def __init__(self, content: bytes, names: Names) -> None:
        places, index = content.split(b"\n\n", 1)
        self._rows = Lines(_COMMENTS.sub(b"", places))
        self._index = Lines(index)
        self.names = names
        self._latvian: dict[str, dict[int, str]] = defaultdict(dict)
        unplaced = []
        for country, main, name in (*names.latvian_names(), *names.english_names()):
            number = self.number_of(main, country)
            if number is None:
                unplaced.append(f"{country}: {main}")
            else:
                # The name in the file's left column counts as main too: "Bruges" is Brugge in GeoNames.
                self._latvian[key(main)][number] = main
                self._latvian[key(name)][number] = name
        self.unplaced = tuple(dict.fromkeys(unplaced))
        """Towns of ``data/place_names.yaml`` that the gazetteer does not have: a curator's slip, for lint."""

    def number_of(self, name: str, country: str) -> int | None:
        """The row of the largest town of a country with exactly this name, inflected forms aside."""
        numbers = (n for n in self._numbers(key(name)) if self.place(n).country == country)
        return max(numbers, key=lambda number: self.place(number).population, default=None)

    def place(self, number: int) -> Place:
        """The town in a row of the gazetteer."""
        return _place(self._rows[number])

    def by_key(self, short: str) -> Place | None:
        """The town with a key out of callback data; none where it is forged or gone from the gazetteer."""
        number = self._rows.ending(f"\t{short}") if short.isalnum() else None
        return None if number is None else self.place(number)

    def by_number(self, geonames_id: int) -> Place | None:
        """The town with a number of GeoNames; none where there is none such."""
        return self.by_key(_in_base_36(geonames_id))

    def shown(self, place: Place, language: Language) -> str:
        """A town's usual name in a language where the curated names tell it, else its name in GeoNames.

        GeoNames' alternates carry no language, so none of them is ever shown.
        """
        return self._shown[language].get(place.key, place.name)

    @cached_property
    def _shown(self) -> dict[Language, dict[str, str]]:
        listed = {"lv": self.names.latvian, "en": self.names.english}
        return {
            language: {
                self.place(number).key: usual(names)
                for country, towns in listed[language].items()
                for main, names in towns.items()
                if (number := self.number_of(main, country)) is not None
            }
            for language in LANGUAGES
        }

    def called_otherwise(self, typed: str, name: str) -> bool:
        """Whether a typed name is another than ``name`` and no inflected form of it: Oporto is, Portu not."""
        form = key(typed)
        return key(name) not in (form, *nominatives(form, cyrillic(typed)))

    def find(self, name: str, near: Place | None = None) -> Found:
        """The town a name means, in any case, language or script; typos are repaired where nothing matches.

        The dominant town wins: most inhabitants, programme countries first, then the country of ``near``
        (the other end of the journey). "Valensija, Spānija" and "Halle (Beļģija)" choose the country.
        """
        typed = " ".join(name[: 2 * 60].split())
        inside = None
        head, _, tail = re.sub(r"[()]", ",", typed).partition(",")
        if tail.strip(" ,"):
            inside = self.country(tail.strip(" ,"))
        return self.choose(typed, head if inside else typed, near, inside)

    def choose(self, typed: str, name: str, near: Place | None = None, inside: str | None = None) -> Found:
        """``find`` for a name whose country (``inside``) is already known or not given."""
        matches = self.matches(name)
        if self.is_country(name, matches) and (country := self.country(name)):
            return Found(None, tuple(self._largest(country)), typed, country=country)
        guessed = not matches
        if guessed:
            matches = self.repaired(name)
        if inside:
            matches = [m for m in matches if m.place.country == inside] or matches
        return found(typed, matches, near, guessed)

    def matches(self, name: str) -> list[Match]:
        """Every town that a name may mean without repair, best first."""
        typed = key(name)
        if not typed:
            return []
        found = self._matches(typed, _SAME_SPELLING)
        for form in nominatives(typed, cyrillic(name)):
            stripped = typed.startswith(form) and form[-1] not in VOWELS
            found += self._matches(form, -(_STRIPPED if stripped else _INFLECTED))
        if accented := with_diacritics(name):
            spelt = {m.place.key for m in found if m.main and begin_alike(accented, m.name)}
            if spelt:
                found = [m if m.place.key in spelt else m.moved(-_OTHER_DIACRITICS) for m in found]
        return best_first(found)

    def repaired(self, name: str, *, careful: bool = False) -> list[Match]:
        """Towns whose names are spelt like a mistyped one, best first; none where it is too far from all.

        ``careful``, for words that need not be names: one typo, and not in the first letter.
        """
        typed = key(name)
        forms = (typed, *nominatives(typed, cyrillic(name)))
        for habit in variants(typed) if " " not in typed else ():
            found = [m for form in (habit, *nominatives(habit, False)) for m in self._matches(form, 0)]
            if found:
                return best_first(found)
        return best_first(
            [m for form in self._spellings.nearest(forms, careful=careful) for m in self._matches(form, 0)]
        )

    def read_journey(self, text: str, *, strict: bool = True) -> Journey | None:
        """The journey that a message asks about: origins with head counts, and the destination.

        ``strict`` is for free questions: a word in lower case is a place only if the place is well known.
        Without it, after a command, every word that is no number may be one, unknown places (``best`` is
        none) and countries included. Two different destinations are no journey that one sum could answer.
        """
        return self._reader.read(text, strict=strict)

    def read_end(self, text: str) -> End | None:
        """The only place that a message names, with what its preposition says, and who travels.

        None where it names none or several, where a typo would have to be repaired, or for a country. Read as
        a free question is: "tālu" (far) is no town.
        """
        return self._reader.read_end(text)

    @cached_property
    def _reader(self) -> JourneyReader:
        return JourneyReader(self)

    def nearest(self, text: str) -> tuple[Place, ...]:
        """Up to three well-known towns whose names are spelt most like an unknown one."""
        found = [self._matches(form, 0) for form in self._spellings.similar(key(text))]
        return tuple(dict.fromkeys(best_first(one)[0].place for one in found))[:MOST_OTHERS]

    def well_known(self, match: Match) -> bool:
        """Whether a word in lower case may mean the town: it is large, has a Latvian name, or is near."""
        home = match.place.country == self.names.home
        latvian = match.name != match.place.name
        return match.main and (home or latvian or match.place.population >= _WELL_KNOWN)

    def is_country(self, name: str, matches: list[Match]) -> bool:
        """Whether a name is a country's and not its capital's too, as Luxembourg's is."""
        country = self.country(name)
        return country is not None and not any(m.main and m.place.country == country for m in matches)

    def country(self, name: str) -> str | None:
        """The ISO code of a country named in Latvian, English or Russian, in any case."""
        typed = key(name)
        forms = (typed, *nominatives(typed, cyrillic(name)))
        return next((self._countries[form] for form in forms if form in self._countries), None)

    @cached_property
    def _countries(self) -> dict[str, str]:
        found = {
            key(name): code
            for language in ("lv", "en", "ru")
            for code, name in Locale(language).territories.items()
            if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
        }
        return found | {key(name): code for code, name in self.names.countries_named()}

    @cached_property
    def _spellings(self) -> Spellings:
        mains = set()
        for row in self._rows:
            name, country, _, _, people, _ = row.split("\t")
            weighed = int(people) * 10 ** self.names.weight(country)
            if weighed >= _REPAIRED or country == self.names.home:
                mains.add(key(name))
        return Spellings(mains | set(self._latvian))

    @cached_property
    def _capitals(self) -> frozenset[int]:
        """The first row of each country; where GeoNames spells the capital differently, the largest town."""
        found = [0]
        while found[-1] < len(self._rows):
            country = self._rows[found[-1]].split("\t", 2)[1]
            found.append(bisect_right(self._rows, country, key=lambda row: row.split("\t", 2)[1]))
        return frozenset(found)

    def _largest(self, country: str) -> Iterator[Place]:
        # Rows stand by country and size.
        start = bisect_left(self._rows, country, key=lambda row: row.split("\t", 2)[1])
        towns = map(_place, self._rows[start : start + MOST_OTHERS])
        return (town for town in towns if town.country == country)

    def _numbers(self, form: str) -> list[int]:
        entry = form + "\t"
        at = bisect_left(self._index, entry)
        if at == len(self._index) or not self._index[at].startswith(entry):
            return []
        return [int(number, 36) for number in self._index[at][len(entry) :].split(",")]

    def _matches(self, form: str, gain: float) -> list[Match]:
        latvian = self._latvian.get(form, {})
        return [
            self._match(number, form, latvian.get(number), gain)
            for number in dict.fromkeys((*latvian, *self._numbers(form)))
        ]

    def _match(self, number: int, form: str, latvian: str | None, gain: float) -> Match:
        place = self.place(number)
        main = latvian is not None or form == key(place.name)
        score = math.log10(max(place.population, _FEWEST)) + self.names.weight(place.country) + gain
        score += _CAPITAL * (number in self._capitals) - _OTHER_NAME * (not main)
        return Match(place, latvian or place.name, score, main)


def _place(row: str) -> Place:
    name, country, north, east, people, short = row.split("\t")
    return Place(name, country, float(north), float(east), int(people), short)


@lru_cache(maxsize=1)
def load_places() -> Places:
    """The gazetteer, loaded on first use."""
    packed = resources.files("knowledge").joinpath("data", "places.tsv.gz").read_bytes()
    return Places(gzip.decompress(packed), read_names())


def _in_base_36(number: int) -> str:
    """A number as the gazetteer writes it."""
    rest, digit = divmod(number, 36)
    return (_in_base_36(rest) if rest else "") + _DIGITS[digit]
