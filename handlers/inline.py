"""`@bot termiņš` in any chat: cards with title, short answer and source, to be posted there.

A query comes with every key that is struck, so it is no question yet: nothing of it is remembered or noted.
The search and its thresholds are those of a question; what stays below them is marked as a similar topic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from itertools import islice

from handlers import links
from handlers.answers import entry_html, has_source
from handlers.context import Turn
from handlers.replies import UNSURE, reply_to_one
from handlers.reply import Reply
from handlers.splitting import plain, shortened
from knowledge import words
from knowledge.deciding import Outcome
from knowledge.entry import Entry
from knowledge.model import Sector

MOST = 6
"""Cards for a query: a phone shows about three at a time."""

DESCRIPTION = 160
"""UTF-16 units under a card's title; clients show two or three lines of it."""

TYPED = 3
"""Letters from which on an unfinished word finds titles that hold it."""


@dataclass(frozen=True, slots=True)
class Card:
    """One result: what the asker chooses by, what is posted, and the payload that says more on it."""

    id: str
    title: str
    description: str
    html: str
    payload: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What answers a query: cards, and a button above them that leads into the private chat."""

    cards: tuple[Card, ...]
    button: str
    payload: str


def offered(turn: Turn, query: str) -> Offer:
    """The cards for a query in the turn's language; before anything is typed, what is asked most."""
    turn = replace(turn, in_group=True)  # a card is read in whatever chat it is posted to: short
    if not query.strip():
        most_asked = (turn.services.knowledge.entries[name] for name in turn.services.knowledge.most_asked)
        cards = tuple(_card(turn, entry, turn.profile.sector) for entry in most_asked)
        return Offer(cards, turn.label("inline.ask"), links.GREETING)
    cards = tuple(islice(_cards(turn, query), MOST))
    label = turn.label("inline.ask" if cards else "inline.nothing")
    return Offer(cards, label, links.question_payload(query))


def _cards(turn: Turn, query: str) -> Iterator[Card]:
    """The sure answer first, then topics that come near, each once."""
    services = turn.services
    outcome = services.search.find(query)
    reply = reply_to_one(turn, query, outcome)
    found = reply.finding
    shown: set[str] = set()
    if found is not None and found.kind not in UNSURE and reply.thread is not None:
        entry = services.knowledge.entry(found.entry or "")
        shown.add(reply.thread.entry)
        if entry is None:
            yield _calculated(turn, reply)
        elif has_source(turn, entry):
            yield _card(turn, entry, reply.thread.reading.sector)
    sector = services.search.sector(query) or turn.profile.sector
    for name in _near(turn, query, outcome):
        entry = services.knowledge.entries[name]
        if name not in shown and has_source(turn, entry):
            shown.add(name)
            yield _card(turn, entry, sector, near=True)


def _near(turn: Turn, query: str, outcome: Outcome) -> Iterator[str]:
    """Topics that would be asked back, those whose title is being typed, and those only near.

    A lone word may be unfinished, and the search takes an unfinished one for a typo: there titles go first.
    """
    tuning = turn.services.search.tuning
    if len(words.tokens(query)) == 1:
        yield from _titled(turn, query)
    yield from (c.entry for c in outcome.candidates if c.score >= tuning.choices)
    yield from _titled(turn, query)
    yield from (c.entry for c in outcome.candidates if c.score >= tuning.hint)


def _titled(turn: Turn, query: str) -> Iterator[str]:
    """Entries whose title holds the word that is being typed."""
    typed = words.tokens(query)[-1:]
    if not typed or len(typed[0].form) < TYPED:
        return
    for entry in turn.services.knowledge.entries.values():
        if any(word.startswith(typed[0].form) for word in _words_of(entry.text(turn.language).title)):
            yield entry.id


@lru_cache(maxsize=2048)
def _words_of(title: str) -> tuple[str, ...]:
    # each key that is struck looks at every title; reading them anew would double the work
    return tuple(token.form for token in words.tokens(title))


def _card(turn: Turn, entry: Entry, sector: Sector | None, *, near: bool = False) -> Card:
    title = entry.text(turn.language).title
    html = entry_html(turn, entry, sector)
    said = _first_paragraph(html)
    return Card(
        id=f"{entry.id}.{sector or ''}",
        title=title,
        description=_short(turn.label("inline.near", text=said) if near else said),
        html=f"<b>{escape(title, quote=False)}</b>\n\n{html}",
        payload=links.entry_payload(entry.id, sector),
    )


def _calculated(turn: Turn, reply: Reply) -> Card:
    """The card of a sum: its first line is the title."""
    first, *more = [line for line in plain(reply.html).splitlines() if line]
    payload = links.payload_of(reply) or links.GREETING
    return Card("calculated", first, _short(" ".join(more[:1])), reply.html, payload)


def _first_paragraph(html: str) -> str:
    return " ".join(plain(html.split("\n\n", 1)[0]).split())


def _short(text: str) -> str:
    return shortened(text, DESCRIPTION)
