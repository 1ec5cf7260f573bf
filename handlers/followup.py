"""A follow-up ("un augstākajai izglītībai?", "cik tad četriem?"): the last topic with what is new.

It serves only where the message brings no topic of its own, or opens with a word that continues and is not
understood alone: a fresh short question is never hijacked.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.answers import entry_reply
from handlers.calculated import TRAVEL_TOPICS, calculated_for
from handlers.context import Thread, Turn
from handlers.reply import Finding, Reply
from handlers.travel import distance_and_people
from knowledge import words
from knowledge.deciding import Outcome
from knowledge.number_words import lexicon
from knowledge.numbers import numbers
from knowledge.quantity import Unit
from knowledge.reading import Reading, read
from knowledge.words import Kind, Token

SECTOR_ASKED = "contact-any"
"""The entry that asks for the sector: a bare sector after it is the answer, not a question."""

LONGEST = 8
"""Words of the longest message that may be a follow-up; a longer one is a question of its own."""

OPENING = 3
"""Words among which the one that continues stands: "un četriem?", "cik tad četriem?"."""


def continued(turn: Turn, message: str, outcome: Outcome) -> Reply | None:
    """The last topic answered anew, or None where the message stands for itself."""
    thread = turn.thread
    tokens = words.tokens(message)
    if thread is None or not tokens or len(tokens) > LONGEST:
        return None
    new = _read(message, turn)
    if not _brings_something(new):
        return None
    bare = _without_topic(turn, message)
    marked = _only_figures(tokens) or any(
        token.form in words.continuing_words() for token in tokens[:OPENING]
    )
    asked_for_sector = bare and new.sector is not None and thread.entry == SECTOR_ASKED
    if (
        not asked_for_sector
        and not (bare and (marked or outcome.kind in ("choices", "fallback")))
        and not (marked and outcome.kind in ("choices", "fallback"))
    ):
        return None
    merged = _merged(thread.reading, new)
    known = turn.services.knowledge.entry(thread.entry)
    if known is None:
        return None
    entry = turn.services.knowledge.of_family(known, merged.sector)
    reply = calculated_for(turn, merged, entry.id)
    if reply is None and new.sector is None and new.year is None:
        return None  # figures that the last topic has no use for
    if reply is None:
        plain = entry_reply(turn, entry, merged.sector)
        sources = turn.services.renderer.entry(entry, turn.language, merged.sector).sources
        reply = replace(plain, finding=Finding(entry.kind, entry.id, 1.0, sources, (), turn.language))
    topic = turn.say("ask.continues", title=entry.text(turn.language).title)
    return replace(reply, html=f"{topic}\n\n{reply.html}", thread=Thread(entry.id, turn.language, merged))


def _read(message: str, turn: Turn) -> Reading:
    """What the message names; a bare number after "cik tad" counts people, or km where none are known."""
    services = turn.services
    new = replace(read(message, services.sectors), sector=services.search.sector(message))
    asked = turn.thread
    if asked and asked.entry in TRAVEL_TOPICS and asked.reading.km is None and new.km is None:
        typed = distance_and_people(message) if _only_figures(words.tokens(message)) else None
        if typed is not None:
            return replace(new, km=typed[0], people=typed[1])
    if asked and new.staff is None and new.learners is None:
        named = {lexicon().unit(token.form) for token in words.tokens(message)}
        many = asked.reading.people or 1
        if "learners" in named:
            return replace(new, learners=many, people=many)
        if "staff" in named:
            return replace(new, staff=many, people=many)
    bare = next((q for q in numbers(message) if q.unit is None and q.value == int(q.value)), None)
    if new.people is None and bare is not None and bare.value > 0:
        return replace(new, people=int(bare.value))
    return new


def _only_figures(tokens: tuple[Token, ...]) -> bool:
    return all(token.kind is Kind.NUMBER for token in tokens)


def _brings_something(new: Reading) -> bool:
    return any(
        value is not None for value in (new.sector, new.km, new.people, new.months, new.days, new.year)
    )


def _without_topic(turn: Turn, message: str) -> bool:
    """Whether every word of the message is a sector, a figure with its unit, or carries no topic."""
    units = {Unit.KM, Unit.PEOPLE, Unit.DAYS, Unit.MONTHS, Unit.YEARS}
    spans = [(q.start, q.end) for q in numbers(message) if q.unit in units or q.unit is None]
    text = words.normalise(message)
    for start, end in reversed(spans):
        text = text[:start] + " " + text[end:]
    sectors = turn.services.sectors
    return all(
        token.kind is not Kind.WORD or words.carries_no_topic(token) or sectors.points_to_sector(token)
        for token in words.tokens(text)
    )


def _merged(old: Reading, new: Reading) -> Reading:
    return Reading(
        sector=new.sector or old.sector,
        km=new.km if new.km is not None else old.km,
        people=new.people if new.people is not None else old.people,
        staff=new.staff if new.staff is not None or new.learners is not None else old.staff,
        learners=new.learners if new.learners is not None or new.staff is not None else old.learners,
        months=new.months if new.months is not None else old.months,
        days=new.days if new.days is not None else old.days,
        named_day=new.named_day if new.named_day is not None else old.named_day,
        amount=new.amount if new.amount is not None else old.amount,
        year=new.year if new.year is not None else old.year,
    )
