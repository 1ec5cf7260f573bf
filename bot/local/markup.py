"""Telegram's HTML, read strictly: text and entities, or an error that says where.

What Telegram refuses is refused in its words. Refused as well is what Telegram accepts and then silently
drops or shows raw, since a person would see the damage and no test would: unknown attributes, named entities
other than lt, gt, amp and quot, links it does not follow (`mailto:`, `tel:`), tags inside `code` and `pre`,
a quote inside a quote, a link inside a link. Imports nothing of `telegram`.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.local.entities import Entity, plain, utf16_length

_TYPES = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "span": "spoiler", "tg-spoiler": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
_ATTRIBUTES = {
    "a": "href",
    "code": "class",
    "span": "class",
    "blockquote": "expandable",
    "tg-emoji": "emoji-id",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CODE = {"code", "pre"}
_LINK_SCHEMES = {"http", "https", "tg", "ton", "tonsite"}

_TEXT = re.compile(r"[^<&]+")
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9a-fA-F]+)|#(?P<decimal>[0-9]+)|(?P<name>[a-zA-Z]+));?")
_END_TAG = re.compile(r"</([^\s>]*)\s*(>?)")
_TAG_NAME = re.compile(r"<([^\s>]*)")
_ATTRIBUTE = re.compile(
    r"\s+(?P<name>[^\s=>]+)(?:\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[A-Za-z0-9.-]+))?(?=[\s>])"
)
_TAG_CLOSE = re.compile(r"\s*>")


class MarkupError(ValueError):
    """The markup is not what Telegram reads; the message says what and at which byte."""


class Parsed(NamedTuple):
    """What a person sees, and how it is styled."""

    text: str
    entities: tuple[Entity, ...]


def parse(html: str) -> Parsed:
    """Read Telegram's HTML; raises `MarkupError`."""
    return _Parser(html).read()


def to_plain(html: str) -> str:
    """Read Telegram's HTML and write it without styles, addresses of links in brackets."""
    return plain(*parse(html))


def link_fault(url: str) -> str:
    """Say why Telegram would not open this address; empty if it would.

    Telegram adds a missing `http://`; here it has to be written, so that a slip is not taken for a host.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "Wrong HTTP URL"
    if not url or any(character.isspace() for character in url):
        return "Wrong HTTP URL"
    if parts.scheme not in _LINK_SCHEMES:
        return "Unsupported URL protocol"
    if parts.scheme in {"http", "https"} and not re.fullmatch(r"[^.]+(\.[^.]+)+", host):
        return "Wrong HTTP URL"
    return ""


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int


class _Parser:
    """One pass from left to right, with a stack of open tags."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._pieces: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> Parsed:
        while self._position < len(self._source):
            if match := _TEXT.match(self._source, self._position):
                self._add(match[0], match.end())
            elif self._source[self._position] == "&":
                self._reference()
            elif self._source.startswith("</", self._position):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        order = sorted(self._entities, key=lambda entity: (entity.offset, -entity.length))
        return Parsed("".join(self._pieces), tuple(order))

    def _add(self, text: str, position: int) -> None:
        self._pieces.append(text)
        self._length += utf16_length(text)
        self._position = position

    def _fail(self, problem: str) -> MarkupError:
        # Telegram counts bytes of the text it received
        offset = len(self._source[: self._position].encode("utf-8", "surrogatepass"))
        return MarkupError(f"{problem} at byte offset {offset}")

    def _reference(self) -> None:
        match = _REFERENCE.match(self._source, self._position)
        if match is None:
            self._add("&", self._position + 1)
        else:
            self._add(self._character(match), match.end())

    def _character(self, match: re.Match[str]) -> str:
        """Decode a character reference; one that Telegram shows raw is taken for the mistake it is."""
        if name := match["name"]:
            if name not in _NAMED and match[0].endswith(";"):
                raise self._fail(f'Unsupported entity "{match[0]}"')
            return _NAMED.get(name, match[0])
        code = int(match["hex"], 16) if match["hex"] else int(match["decimal"])
        if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise self._fail("Text contains invalid Unicode characters after decoding HTML entities,")
        return chr(code)

    def _start_tag(self) -> None:
        name = _TAG_NAME.match(self._source, self._position)
        assert name is not None  # noqa: S101 - the caller has seen the "<"
        tag = name[1].lower()
        if ">" not in self._source[self._position :]:
            raise self._fail("Unclosed start tag")
        if tag not in _TYPES:
            raise self._fail(f'Unsupported start tag "{tag}"')
        self._check_nesting(tag)
        argument, position = self._attributes(tag, name.end())
        end = _TAG_CLOSE.match(self._source, position)
        if end is None:
            raise self._fail(f'Unclosed start tag "{tag}"')
        self._open.append(_Open(tag, self._argument(tag, argument), self._length))
        self._position = end.end()

    def _check_nesting(self, tag: str) -> None:
        outer = {opened.tag for opened in self._open}
        if outer & _CODE and not (tag == "code" and self._open[-1].tag == "pre"):
            raise self._fail(f'Tag "{tag}" inside "{self._open[-1].tag}" loses its style')
        if tag in {"blockquote", "a"} and tag in outer:
            raise self._fail(f'Tag "{tag}" inside another "{tag}"')

    def _attributes(self, tag: str, position: int) -> tuple[str | None, int]:
        """Read the one attribute a tag may have; `None` where it has none."""
        argument = None
        while match := _ATTRIBUTE.match(self._source, position):
            if match["name"] != _ATTRIBUTES.get(tag):
                raise self._fail(f'Unsupported attribute "{match["name"]}" of the tag "{tag}"')
            value = match["value"] or ""
            quoted = value[:1] in {'"', "'"}
            argument = _REFERENCE.sub(self._character, value[1:-1] if quoted else value)
            position = match.end()
        return argument, position

    def _argument(self, tag: str, argument: str | None) -> str:
        """Check an attribute's value, and give what the entity needs of it."""
        if tag == "span" and argument != "tg-spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"')
        if tag == "a" and (fault := link_fault(argument or "")):
            raise self._fail(f'Link "{argument or ""}" is lost: {fault},')
        if tag == "tg-emoji" and not (argument or "").isdecimal():
            raise self._fail("Invalid custom emoji identifier specified")
        if tag == "code" and argument is not None:
            if not argument.startswith("language-") or not self._open or self._open[-1].tag != "pre":
                raise self._fail('Class of the tag "code" must be "language-…", directly inside "pre"')
            return argument.removeprefix("language-")
        return tag if tag == "blockquote" and argument is not None else argument or ""

    def _end_tag(self) -> None:
        match = _END_TAG.match(self._source, self._position)
        assert match is not None  # noqa: S101 - the caller has seen the "</"
        if not self._open:
            raise self._fail("Unexpected end tag")
        if not match[2]:
            raise self._fail("Unclosed end tag")
        opened = self._open.pop()
        if match[1].lower() != opened.tag:
            found = match[1].lower()
            raise self._fail(f'Unmatched end tag: expected "</{opened.tag}>", found "</{found}>"')
        if self._length > opened.offset:
            self._close(opened)
        self._position = match.end()

    def _close(self, opened: _Open) -> None:
        entity = Entity(_TYPES[opened.tag], opened.offset, self._length - opened.offset)
        if opened.tag == "a":
            entity = Entity(entity.type, entity.offset, entity.length, url=opened.argument)
        elif opened.tag == "tg-emoji":
            entity = Entity(entity.type, entity.offset, entity.length, custom_emoji_id=opened.argument)
        elif opened.tag == "blockquote" and opened.argument:
            entity = Entity("expandable_blockquote", entity.offset, entity.length)
        elif opened.tag == "code" and opened.argument:
            entity = Entity("code", entity.offset, entity.length, language=opened.argument)
        elif opened.tag == "pre" and self._entities:
            # the inner code names the language and is one thing with its pre
            inner = self._entities[-1]
            if inner.language and (inner.offset, inner.length) == (entity.offset, entity.length):
                self._entities.pop()
                entity = Entity("pre", entity.offset, entity.length, language=inner.language)
        self._entities.append(entity)
