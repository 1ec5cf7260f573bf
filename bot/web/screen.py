"""A message of the local Telegram as data for the page, which builds its elements from text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NotRequired, TypedDict

from telegram.constants import MessageEntityType

from bot.local.commands import command_entities
from bot.local.entities import Entity, Run, runs, utf16_length
from bot.local.keyboards import Button
from bot.local.state import LocalDocument, LocalMessage
from bot.web.words import Words

_URL = re.compile(r"https?://[^\s<>\"„”“]+[^\s<>\"„”“.,;:!?)]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

_TAPPED = frozenset((MessageEntityType.TEXT_LINK, MessageEntityType.CODE, MessageEntityType.PRE))
"""Where Telegram looks for no further links."""


class RunShown(TypedDict):
    """A stretch of text with its styles by Telegram's names; `url` is where a link leads."""

    text: str
    styles: list[str]
    url: NotRequired[str]


class ButtonShown(TypedDict):
    """A button and what it does: `press`, `link`, `copy`, or `other` for what works in Telegram only."""

    label: str
    does: str
    value: NotRequired[str]


class FileShown(TypedDict):
    """A file to download."""

    name: str
    size: str
    href: str


class MessageShown(TypedDict):
    """One message as it stands."""

    id: int
    by_bot: bool
    runs: list[RunShown]
    text: str
    rows: list[list[ButtonShown]]
    file: FileShown | None
    time: str
    day: str
    date: str
    edited: bool
    reactions: list[str]
    why: bool


def message_shown(message: LocalMessage, words: Words, *, explained: bool) -> MessageShown:
    """The message in the words of the page; `explained` where it is known how it came about."""
    at = words.local(message.date)
    return {
        "id": message.message_id,
        "by_bot": message.by_bot,
        "runs": [_run(run) for run in runs(message.text, (*message.entities, *_detected(message)))],
        "text": message.text,
        "rows": [[_button(button) for button in row] for row in message.keyboard],
        "file": _file(message.document, words) if message.document else None,
        "time": words.say("web.time", at=at.isoformat()),
        "day": at.date().isoformat(),
        "date": words.say("web.date", at=at.isoformat(), year=at.year != words.local_now().year),
        # Telegram hides it for messages with buttons: a stepper would wear it for ever
        "edited": message.edited and not message.keyboard,
        "reactions": list(message.reactions),
        "why": explained,
    }


def _run(run: Run) -> RunShown:
    shown: RunShown = {"text": run.text, "styles": sorted(run.styles)}
    return {**shown, "url": run.url} if run.url else shown


def _button(button: Button) -> ButtonShown:
    match button.action:
        case "callback_data":
            return {"label": button.label, "does": "press"}
        case "url":
            return {"label": button.label, "does": "link", "value": button.value}
        case "copy_text":
            return {"label": button.label, "does": "copy", "value": button.value}
        case _:
            return {"label": button.label, "does": "other"}


def _file(document: LocalDocument, words: Words) -> FileShown:
    kilobytes = max(Decimal(len(document.content)) / 1000, Decimal("0.1")).quantize(Decimal("0.1"))
    return {
        "name": document.filename,
        "size": words.say("web.size", kilobytes=words.number(kilobytes)),
        "href": f"/files/{document.file_id}",
    }


def _detected(message: LocalMessage) -> Iterator[Entity]:
    """Commands, addresses and e-mails that Telegram makes tappable by itself."""
    known = [entity for entity in message.entities if entity.type in _TAPPED]
    found = [entity for entity in command_entities(message.text) if entity not in message.entities]
    found += [_entity(MessageEntityType.URL, message.text, m, m[0]) for m in _URL.finditer(message.text)]
    found += [
        _entity(MessageEntityType.EMAIL, message.text, m, f"mailto:{m[0]}")
        for m in _EMAIL.finditer(message.text)
    ]
    for entity in found:
        if not any(entity.offset < other.end and other.offset < entity.end for other in known):
            known.append(entity)
            yield entity


def _entity(kind: str, text: str, match: re.Match[str], url: str) -> Entity:
    return Entity(str(kind), utf16_length(text[: match.start()]), utf16_length(match[0]), url)
