"""A reply as it suits its chat: in private with a button to share it, in a group short and without dialogues.

A group has many readers and one asker: a button there would change what others read, so each becomes a link
into the private chat, where the same thing goes on between two.
"""

from __future__ import annotations

from dataclasses import replace

from handlers import contact, links, travel
from handlers.answers import has_source
from handlers.buttons import Button, unpack
from handlers.context import Thread, Turn
from handlers.reply import Reply, Rows
from handlers.splitting import plain

FEW = 4
"""Links under a message in a group."""

_OPEN = (contact.TOPIC, travel.TOPIC)
"""Topics whose card may still be asking: for the sector, for the distance."""


def fitted(turn: Turn, reply: Reply, payload: str = "") -> Reply:
    """The reply for the turn's chat; `payload` is what it came from, where the reply itself does not tell."""
    if not turn.bot_name:
        return reply
    if reply.thread is not None:
        turn = turn.speaking(reply.thread.language)  # the answer's, which may not be the chat's
    payload = payload or links.payload_of(reply) or ""
    if reply.thread is not None and not _is_worth_passing_on(turn, reply.thread):
        payload = ""
    return _for_group(turn, reply, payload) if turn.in_group else _with_share(turn, reply, payload)


def opens_in_private(turn: Turn, payload: str) -> Reply:
    """In a group, instead of a dialogue: the way to it."""
    return _for_group(turn, Reply(turn.say("group.between_us")), payload)


def _for_group(turn: Turn, reply: Reply, payload: str) -> Reply:
    """An answer with the way to the rest of it; what offers a choice with that choice as links."""
    rows = () if _is_answer(reply) else _as_links(turn, reply)
    if payload and not rows:
        rows = ((_link(turn, turn.label("group.more"), payload),),)
    return replace(reply, buttons=rows, card=None, in_place=False)


def _is_answer(reply: Reply) -> bool:
    """Whether a reply tells something, and does not ask for the sector, the distance, or what was meant."""
    if reply.thread is None:
        return False
    found = reply.finding is not None and reply.finding.entry is not None
    return found or reply.thread.entry not in _OPEN or _is_told(reply.thread)


def _is_worth_passing_on(turn: Turn, thread: Thread) -> bool:
    entry = turn.services.knowledge.entry(thread.entry)
    return entry is not None and has_source(turn, entry)


def _is_told(thread: Thread) -> bool:
    return thread.reading.sector is not None or thread.reading.km is not None


def _as_links(turn: Turn, reply: Reply) -> Rows:
    """The buttons that lead somewhere of their own, as links, one a row."""
    pressed = ((b.label, links.payload_of_press(unpack(b.data))) for r in reply.buttons for b in r if b.data)
    leading = [(label, payload) for label, payload in pressed if payload != links.GREETING]
    return tuple((_link(turn, label, payload),) for label, payload in leading[:FEW])


def _link(turn: Turn, label: str, payload: str) -> Button:
    return Button(label, url=links.address(turn.bot_name, payload))


def _with_share(turn: Turn, reply: Reply, payload: str) -> Reply:
    """The share button beside the one that names a person, or beside the votes: so it costs no row."""
    entry = turn.services.knowledge.entry(reply.thread.entry) if reply.thread else None
    if entry is None or not payload:
        return reply
    calculated = payload.startswith("travel_")
    title = _first_line(reply) if calculated else entry.text(turn.language).title
    share = Button(turn.label("button.share"), url=links.share_address(turn.bot_name, payload, title))
    rows = list(reply.buttons)
    to_person = turn.label("button.person")
    person = [at for at, row in enumerate(rows) if len(row) == 1 and _names_person(row[0], to_person)]
    if person:
        rows[person[-1]] = (*rows[person[-1]], share)
    elif rows and reply.asked is not None:
        rows[-1] = (*rows[-1], share)  # beside the votes, which stand last
    elif _is_answer(reply):
        rows.append((share,))
    return replace(reply, buttons=tuple(rows))


def _names_person(button: Button, to_person: str) -> bool:
    """Whether a button leads to a person, or from one to another."""
    if button.label == to_person:
        return True
    press = unpack(button.data or "")
    return press is not None and press.kind == contact.KIND and press.fields == ("choose",)


def _first_line(reply: Reply) -> str:
    return plain(reply.html).splitlines()[0]
