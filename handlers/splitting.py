"""A text too long for one message, cut where a reader would pause: at paragraphs, then lines, then words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape

LIMIT = 4096
"""UTF-16 code units that Telegram allows in one message, counted without markup."""

_TAG = re.compile(r"<(/?)([a-z-]+)[^>]*>")
_PAUSES = (re.compile(r"\n{2,}"), re.compile(r"\n"), re.compile(r" "))


def utf16_length(text: str) -> int:
    """Length as Telegram counts it: an emoji outside the basic plane is two units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(html: str) -> str:
    """The text without markup, for when Telegram refuses the markup: addresses stand behind their links."""
    with_links = re.sub(r'<a href="([^"]*)">(.*?)</a>', r"\2 (\1)", html, flags=re.DOTALL)
    return unescape(_TAG.sub("", with_links))


def parts(html: str, limit: int = LIMIT) -> tuple[str, ...]:
    """The text in parts that fit one message each; tags are never torn apart.

    Where a single word or styled passage is longer than a message, its styles are dropped.
    """
    return tuple(part for part in _parts(html.strip(), limit, _PAUSES) if part.strip())


def shortened(text: str, limit: int) -> str:
    """Plain text cut to a number of UTF-16 units, with an ellipsis where something is missing."""
    if utf16_length(text) <= limit:
        return text
    while utf16_length(text) > limit - 1:
        text = text[:-1]
    return text + "…"


def _parts(html: str, limit: int, pauses: tuple[re.Pattern[str], ...]) -> Iterator[str]:
    if _length(html) <= limit:
        yield html
        return
    if not pauses:
        yield from _by_force(plain(html), limit)
        return
    gathered = ""
    for piece, pause in _pieces(html, pauses[0]):
        if _length(gathered + piece) > limit:
            if gathered:
                yield gathered.strip()
            *full, gathered = _parts(piece, limit, pauses[1:])
            yield from full
        else:
            gathered += piece
        gathered += pause
    yield gathered.strip()


def _pieces(html: str, pause: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Pieces with the pause that follows each; a pause inside a tag's element is no pause."""
    start = 0
    for match in pause.finditer(html):
        if _balanced(html[start : match.start()]):
            yield html[start : match.start()], match[0]
            start = match.end()
    yield html[start:], ""


def _balanced(html: str) -> bool:
    # a pause inside `<a href="…">` leaves the "<" without its ">"
    opened = [match[1] == "" for match in _TAG.finditer(html)]
    return sum(opened) * 2 == len(opened) and html.count("<") == len(opened)


def _length(html: str) -> int:
    return utf16_length(unescape(_TAG.sub("", html)))


def _by_force(text: str, limit: int) -> Iterator[str]:
    while text:
        end = min(len(text), limit)
        while utf16_length(text[:end]) > limit:
            end -= 1
        yield escape(text[:end], quote=False)
        text = text[end:]
