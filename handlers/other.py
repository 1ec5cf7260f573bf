"""What is neither a question nor a known command: each gets a reply that helps."""

from __future__ import annotations

from handlers.buttons import Button, pack
from handlers.context import Turn
from handlers.reply import Reply, Rows

KINDS = frozenset(("sticker", "voice", "photo", "video", "location", "document", "contact"))
"""Kinds of message with a word of their own; everything else gets the general one."""


async def unknown_command(turn: Turn, args: str) -> Reply:
    """A command nobody knows: points to /help."""
    return Reply(turn.say("other.unknown_command"), _person(turn))


async def not_text(turn: Turn, what: str) -> Reply:
    """A sticker, a voice message, a photo …: asks for words."""
    return Reply(turn.say(f"other.{what}" if what in KINDS else "other.anything"), _person(turn))


async def stale(turn: Turn) -> Reply:
    """A button of an older edition, or one that nobody here has made."""
    return Reply(turn.say("other.stale"), _person(turn))


async def too_much(turn: Turn) -> Reply:
    """More messages than can be answered: asks to wait, as a message or on top of the screen."""
    return Reply(turn.say("other.too_much"), toast=turn.label("other.too_much"))


async def failed(turn: Turn, reference: str) -> Reply:
    """Something broke on our side: says so, which is not the same as not knowing, and names a person."""
    head = turn.services.knowledge.call.contact(None)
    return Reply(turn.say("other.failed", person=head, reference=reference))


def _person(turn: Turn) -> Rows:
    return (
        (Button(turn.label("button.person"), pack("k", turn.language, turn.profile.sector or "choose")),),
    )
