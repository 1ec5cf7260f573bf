"""Links into the private chat: what `?start=` may carry, and which link a reply or a button stands for.

Telegram allows A-Z a-z 0-9 _ - and 64 characters. Parts are joined by `_`, which no id and no command
holds: `q_grant-ceiling`, `q_funding-available_he`, `travel_850_4`, `contact_school`, `check_KA203`,
`ask_cik_partneru_vajag`; a language may stand before them, `en_check`. Links stand on web pages for years,
so a payload once given must be understood for ever; an entry renamed keeps its old id as an alias.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from handlers import check, contact, travel
from handlers.buttons import Press
from handlers.reply import Reply
from knowledge.model import LANGUAGES, SECTORS, Language, Sector
from knowledge.words import fold

LONGEST = 64
"""Characters of a payload."""

ENTRY, QUESTION = "q", "ask"
"""First parts of payloads that open an entry and that ask a question."""

GREETING = "start"
"""The payload that brings nothing: the greeting."""

_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST}}}")
_FRACTION = re.compile(r"\d[.,]\d")


@dataclass(frozen=True, slots=True)
class Target:
    """What a payload opens: an entry (for a sector, maybe), a question, or a command with its words.

    Whether there is such an entry or command is not known here.
    """

    kind: Literal["entry", "question", "command"]
    name: str = ""
    words: str = ""
    language: Language | None = None


def read(payload: str) -> Target | None:
    """What a payload opens; None for what cannot be one."""
    if not _PAYLOAD.fullmatch(payload):
        return None
    first, _, rest = payload.partition("_")
    language = next((known for known in LANGUAGES if known == first), None)
    if language is not None:
        first, _, rest = rest.partition("_")
    words = " ".join(rest.split("_"))
    match first:
        case "":
            return None
        case "q":
            name, _, sector = words.partition(" ")
            return Target("entry", name, sector, language)
        case "ask":
            return Target("question", words=words, language=language)
        case _:
            return Target("command", first, words, language)


def entry_payload(entry: str, sector: Sector | None = None) -> str:
    """The payload that opens an entry, for a sector if one is given."""
    return "_".join((ENTRY, entry, sector) if sector else (ENTRY, entry))


def command_payload(name: str, words: str = "") -> str:
    """The payload that gives a command; its words go along where all of them fit."""
    with_words = "_".join((name, *_parts(words)))
    return with_words if _PAYLOAD.fullmatch(with_words) and not _FRACTION.search(words) else name


def question_payload(question: str) -> str:
    """The payload that asks a question, without diacritics and as far as it fits; else the greeting's."""
    payload = QUESTION
    for part in _parts(question):
        if len(payload) + 1 + len(part) > LONGEST:
            break
        payload += f"_{part}"
    return payload if payload != QUESTION and not _FRACTION.search(question) else GREETING


def payload_of(reply: Reply) -> str | None:
    """The payload that shows a reply again, or what comes nearest; None for what is no answer."""
    if reply.thread is None:
        return None
    entry, reading = reply.thread.entry, reply.thread.reading
    # days would bring a sum of their own, which the link could not name
    whole_km = reading.km is not None and reading.km == int(reading.km)
    if entry == travel.TOPIC and whole_km and reading.days is None:
        return command_payload("travel", f"{reading.km:.0f} {reading.people or 1}")
    if entry == contact.TOPIC:
        return command_payload("contact", reading.sector or "")
    return entry_payload(entry, reading.sector)


def payload_of_press(press: Press | None) -> str:
    """The payload that leads to where a button leads, or at least to the bot."""
    if press is None or not press.fields:
        return GREETING
    match press.kind:
        case "e":
            sector = next((known for known in SECTORS if known in press.fields[1:]), None)
            payload = entry_payload(press.fields[0], sector)
        case contact.KIND:
            payload = command_payload("contact", next((s for s in SECTORS if s == press.fields[0]), ""))
        case travel.KIND:
            payload = command_payload("travel", " ".join(press.fields))
        case check.KIND:
            payload = command_payload("check")
        case _:
            return GREETING
    return payload if _PAYLOAD.fullmatch(payload) else GREETING


def address(bot_name: str, payload: str) -> str:
    """The link that opens the bot's private chat with a payload."""
    return f"https://t.me/{bot_name}?start={payload}"


def share_address(bot_name: str, payload: str, title: str) -> str:
    """The link by which Telegram lets a person choose a chat and posts the bot's link there.

    Not an inline query: Telegram refuses a whole message whose button needs inline mode while that is
    switched off at @BotFather, and a link shows each reader today's answer in their own language.
    """
    return "https://t.me/share/url?" + urlencode({"url": address(bot_name, payload), "text": title})


def _parts(words: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9-]+", words if words.isascii() else fold(words))
