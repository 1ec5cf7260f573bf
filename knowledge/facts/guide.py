"""Where things stand: parts and pages of the guide, links."""

from __future__ import annotations

from knowledge.facts.activities import TextList
from knowledge.model import Sourced, Text
from knowledge.values import Count, Day


class GuidePart(Text):
    """A part of the guide by its letter."""

    letter: str


class GuidePage(Sourced):
    """A page of the guide (Latvian version)."""

    page: Count
    annex: Count | None = None


class GuideVersions(Sourced):
    """Days on which versions of the guide appeared."""

    dates: tuple[Day, ...]


class Guide(Sourced):
    """The programme guide: where it is and what stands where."""

    url: str
    parts: tuple[GuidePart, ...]
    part_c: TextList
    pages: dict[str, GuidePage]
    versions: GuideVersions


class Link(Sourced):
    """An address named in a source."""

    url: str
