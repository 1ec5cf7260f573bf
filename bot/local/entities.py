"""Formatted text as Telegram keeps it: plain text plus entities counted in UTF-16 code units.

Imports nothing of `telegram`, so that commands which never talk to it may use it too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

_UNIT = 2
"""Bytes of one UTF-16 code unit."""


def utf16_length(text: str) -> int:
    """Count `text` as Telegram does: an emoji outside the basic plane is two units."""
    return len(_encoded(text)) // _UNIT


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Cut `length` code units from `offset` on."""
    return _encoded(text)[offset * _UNIT : (offset + length) * _UNIT].decode("utf-16-le", "surrogatepass")


def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Entity:
    """One styled stretch of a text: `bold`, `text_link`, `pre` and so on, by Telegram's names."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    custom_emoji_id: str = ""

    @property
    def end(self) -> int:
        """First code unit after the stretch."""
        return self.offset + self.length

    def to_dict(self) -> dict[str, object]:
        """Write the entity as a Bot API object."""
        optional = {"url": self.url, "language": self.language, "custom_emoji_id": self.custom_emoji_id}
        return {"type": self.type, "offset": self.offset, "length": self.length} | {
            name: value for name, value in optional.items() if value
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Entity":
        """Read a Bot API object; raises `ValueError` where a number or the type is missing."""
        kind, offset, length = data.get("type"), data.get("offset"), data.get("length")
        if not (isinstance(kind, str) and isinstance(offset, int) and isinstance(length, int)):
            raise ValueError(f"not a message entity: {data!r}")  # noqa: TRY004 - a fault of the data
        return cls(
            kind,
            offset,
            length,
            str(data.get("url") or ""),
            str(data.get("language") or ""),
            str(data.get("custom_emoji_id") or ""),
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one set of styles, ready for a terminal or a page."""

    text: str
    styles: frozenset[str] = frozenset()
    url: str = ""


def runs(text: str, entities: Iterable[Entity]) -> Iterator[Run]:
    """Cut `text` where the styles change; the runs joined give `text` again."""
    known = tuple(entities)
    total = utf16_length(text)
    edges = {0, total} | {edge for entity in known for edge in (entity.offset, entity.end)}
    borders = sorted(edge for edge in edges if 0 <= edge <= total)
    for start, end in pairwise(borders):
        covering = [entity for entity in known if entity.offset <= start and end <= entity.end]
        link = next((entity.url for entity in covering if entity.url), "")
        yield Run(utf16_slice(text, start, end - start), frozenset(entity.type for entity in covering), link)


def plain(text: str, entities: Iterable[Entity]) -> str:
    """Write the text where there are no styles: a link is `text (url)`, or `text` where it says the url."""
    links = sorted((entity for entity in entities if entity.url), key=lambda entity: entity.end)
    parts, position = [], 0
    for link in links:
        parts.append(utf16_slice(text, position, link.end - position))
        position = link.end
        if _bare(utf16_slice(text, link.offset, link.length)) != _bare(link.url):
            parts.append(f" ({link.url})")
    parts.append(utf16_slice(text, position, utf16_length(text) - position))
    return "".join(parts)


def _bare(address: str) -> str:
    """Drop what a reader does not miss: scheme, `www.`, last slash."""
    address = address.strip().casefold()
    for prefix in ("https://", "http://", "www."):
        address = address.removeprefix(prefix)
    return address.rstrip("/")


def trimmed(text: str, entities: Iterable[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """Drop white space around the text, as Telegram does, and move the entities along."""
    cut = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    total = utf16_length(text)
    kept = []
    for entity in entities:
        start, end = max(entity.offset - cut, 0), min(entity.end - cut, total)
        if start < end:
            kept.append(replace(entity, offset=start, length=end - start))
    return text, tuple(kept)
