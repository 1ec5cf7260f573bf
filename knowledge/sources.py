"""Source references → lines a reader can follow, and how far the weakest of them may be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge.model import Confidence, Document, Language, split_source

WEAKER: tuple[Confidence, ...] = ("presentation", "guide", "other_agency", "other_year", "unofficial")
"""From the surest to the weakest."""


def cite(documents: Mapping[str, Document], sources: Iterable[str], language: Language) -> tuple[str, ...]:
    """One line for each document, with all its places: "…, slide 3, slide 25"."""
    by_document: dict[str, list[str | None]] = {}
    for source in sources:
        document, place = split_source(source)
        by_document.setdefault(document, []).append(place)
    return tuple(
        documents[key].cite(sorted(places, key=_page), language) for key, places in by_document.items()
    )


def weakest(documents: Mapping[str, Document], sources: Iterable[str]) -> Document | None:
    """The document of least confidence among the sources; None where there are none."""
    named = [documents[split_source(source)[0]] for source in sources]
    return max(named, key=lambda document: WEAKER.index(document.confidence), default=None)


def _page(place: str | None) -> tuple[int, str]:
    """Slides and pages by number; named places after them."""
    return (int(place), "") if place and place.isdigit() else (10_000, place or "")


def places(documents: Mapping[str, Document], sources: Iterable[str], language: Language) -> str:
    """Where a figure stands, short enough for the end of its line: "slide 23"; a title where no place is."""
    said: dict[str, None] = {}
    for source in sources:
        document, place = split_source(source)
        facts = documents[document]
        said[facts.cite([place], language).removeprefix(facts.title.to(language) + ", ")] = None
    return "; ".join(said)
