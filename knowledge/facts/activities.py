"""What partners do: learning, teaching and training activities, and lists of examples."""

from __future__ import annotations

from pydantic import model_validator

from knowledge.model import Fact, Sector, Sourced, Text
from knowledge.values import Count


class TextList(Sourced):
    """A sourced list of texts."""

    items: tuple[Text, ...]


class Length(Fact):
    """A length in days or months, exactly one of them."""

    days: Count | None = None
    months: Count | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Length:
        if (self.days is None) == (self.months is None):
            raise ValueError("give either days or months")
        return self


class Activity(Sourced):
    """A learning, teaching or training activity with its length and sectors."""

    id: str
    name: Text
    what: Text
    shortest: Length
    longest: Length
    sectors: tuple[Sector, ...]
