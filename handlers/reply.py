"""What the bot answers with, free of Telegram: the terminal, the web page and Telegram show the same."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.buttons import Button
from handlers.context import Thread
from handlers.counts import Asked
from knowledge.deciding import OutcomeKind
from knowledge.model import Language

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A runner-up with its full answer."""

    entry: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Finding:
    """How a reply to a free question came about, for `ask --json`, `eval` and the preview."""

    kind: OutcomeKind
    entry: str | None
    score: float
    sources: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    language: Language = "lv"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to keep: its name with ending, and what is in it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: Telegram HTML and rows of buttons.

    `in_place` edits the message whose button was pressed (or the open card) instead of sending another;
    `card` is the packed state to keep as the chat's open card, `toast` a word on top of the screen.
    A `document` is sent as a message of its own with the HTML as its caption, or after it where it is too
    long for one; never in place, and the open card stays as it is.
    `asked` says what the reply's vote buttons vote on. A reply without HTML leaves the texts on the screen
    as they are: with `swaps`, a kind of button, `buttons` take the place of those of that kind in the message
    whose button was pressed, and its other buttons stay.
    """

    html: str
    buttons: Rows = ()
    in_place: bool = False
    card: str | None = None
    toast: str | None = None
    thread: Thread | None = None
    finding: Finding | None = None
    document: Document | None = None
    asked: Asked | None = None
    swaps: str = ""
