"""What every piece of knowledge has in common: frozen facts, texts in both languages, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict

from knowledge.values import AsOf, Count

Language = Literal["lv", "en"]
LANGUAGES: tuple[Language, ...] = ("lv", "en")

Sector = Literal["school", "vet", "he", "adult"]
SECTORS: tuple[Sector, ...] = ("school", "vet", "he", "adult")

Confidence = Literal["presentation", "guide", "other_year", "other_agency", "unofficial"]


class KnowledgeError(Exception):
    """The knowledge is broken and the bot must not start.

    Each line of the message is a problem with file, line and remedy, as `ka2bot lint` prints them.
    """

    @classmethod
    def at(cls, file: str, line: int, said: str) -> KnowledgeError:
        """One problem in a file, named from the project's folder."""
        return cls(problem(file, line, said))


def problem(file: str, line: int, said: str) -> str:
    """A problem as a line that editors know where to open."""
    return f"{file}:{line}: error: {said}"


class Fact(BaseModel):
    """A frozen piece of the knowledge; an unknown key in its YAML is an error, not a surprise."""

    # the validators of parts are never used alone: building them with the whole halves the time at start
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Text(Fact):
    """A text in Latvian and English, both compulsory."""

    lv: str
    en: str

    def to(self, language: Language) -> str:
        """The text in one language."""
        return self.lv if language == "lv" else self.en


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Sources = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Where a fact stands: "document/place" or "document", one or several."""


class Sourced(Fact):
    """A fact with its sources; rendering a text that uses it collects them."""

    source: Sources


class Document(Fact):
    """A document that facts come from, and how far it may be trusted for this call.

    `length` is how many slides or pages it has, where we know: no source may name one beyond.
    """

    title: Text
    place: Text | None = None
    places: dict[str, Text] = {}
    length: Count | None = None
    url: str | None = None
    as_of: AsOf | None = None
    confidence: Confidence

    def cite(self, places: Iterable[str | None], language: Language) -> str:
        """Title and places as a reader would look them up, e.g. "…, slide 2, slide 25"."""
        return ", ".join((self.title.to(language), *self._places(places, language)))

    def _places(self, places: Iterable[str | None], language: Language) -> Iterator[str]:
        for place in places:
            if place is not None and self.place is not None:
                named = self.places[place].to(language) if self.places else place
                yield self.place.to(language).format(place=named)


def split_source(source: str) -> tuple[str, str | None]:
    """Document key and place of a "document/place" reference."""
    document, _, place = source.partition("/")
    return document, place or None


class Concept(Fact):
    """Words that mean the same, separated by spaces, in any inflected form; search compares stems."""

    lv: str = ""
    en: str = ""
    ru: str = ""
