"""``data/place_names.yaml``: Latvian names of towns, preferred countries, the words of a journey."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from importlib import resources

from pydantic import TypeAdapter

from knowledge.model import Fact
from knowledge.place_forms import key
from knowledge.problems import checked
from knowledge.yamlfile import DATA, read

FILE = "place_names.yaml"


class Preference(Fact):
    """What a name gains in these countries, in powers of ten of inhabitants, and their smallest towns."""

    weight: float
    least: int
    codes: tuple[str, ...]


class Elsewhere(Fact):
    """The same for all other countries."""

    weight: float
    least: int


class JourneyWords(Fact):
    """Words that a journey is recognised by, with diacritics, separated by spaces."""

    from_: str
    to: str
    between: str
    and_: str
    town: str
    light: str
    common: str

    def keys(self, field: str) -> frozenset[str]:
        """The words of one kind as keys."""
        return frozenset(key(word) for word in getattr(self, field).split())


class Names(Fact):
    """The whole file; country codes are ISO 3166, the first preference lists the country the bot is for."""

    countries: tuple[Preference, ...]
    elsewhere: Elsewhere
    latvian: dict[str, dict[str, str]]
    english: dict[str, dict[str, str]]
    country_names: dict[str, str]
    journey: JourneyWords

    @property
    def home(self) -> str:
        """The country whose towns need not be large to be meant."""
        return self.countries[0].codes[0]

    def weight(self, country: str) -> float:
        """What a town in a country gains."""
        return self._weights.get(country, self.elsewhere.weight)

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {code: group.weight for group in self.countries for code in group.codes}

    def latvian_names(self) -> Iterator[tuple[str, str, str]]:
        """Country, name in the gazetteer, Latvian name; one line for each Latvian name."""
        return _lines(self.latvian)

    def english_names(self) -> Iterator[tuple[str, str, str]]:
        """The same for English, of towns that GeoNames calls otherwise."""
        return _lines(self.english)

    def countries_named(self) -> Iterator[tuple[str, str]]:
        """Country and a name of it."""
        for country, listed in self.country_names.items():
            for name in _separate(listed):
                yield country, name


def usual(listed: str) -> str:
    """The name that replies show of those listed: the first."""
    return next(_separate(listed))


def _lines(names: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    for country, towns in names.items():
        for town, listed in towns.items():
            for name in _separate(listed):
                yield country, town, name


def _separate(listed: str) -> Iterator[str]:
    return (name for part in listed.split(",") if (name := part.strip()))


def read_names() -> Names:
    """The file's content.

    Raises KnowledgeError where it is not what it should be.
    """
    name = f"{DATA}/{FILE}"
    return checked(TypeAdapter(Names), read(resources.files("knowledge").joinpath("data", FILE), name), name)
