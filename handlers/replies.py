"""The one path from a free message to a reply; the terminal, Telegram, tests and `ask` all take it."""

from __future__ import annotations

from dataclasses import replace

from handlers.answers import (
    choice,
    entry_button,
    entry_reply,
    listed_with,
    says_the_same,
    state_line,
    two_answers,
)
from handlers.buttons import Button, pack
from handlers.calculated import calculated_reply
from handlers.context import Thread, Turn
from handlers.followup import continued
from handlers.reply import Choice, Finding, Reply
from knowledge.deciding import Candidate, Outcome
from knowledge.entry import Entry
from knowledge.message import joined, questions
from knowledge.model import Sector
from knowledge.reading import Reading, read

OFFERED = 4
"""Candidates offered as "did you mean" buttons at most."""

RUNNERS_UP = 3
"""Runners-up that a finding carries with their full answers."""

ANY_YEAR = frozenset(("start-dates", "costs-before-start", "duration"))
"""Entries whose question may name a later year and still ask about this call: "may we start in 2021"."""

OTHER_YEARS = "other-years"
"""The entry for questions that name a year the knowledge does not hold."""

ONE_APPLICATION = "my-application"
"""The entry for questions on one particular application."""

UNSURE = ("choices", "fallback")

LIKELY = 0.6
"""Confidence in each of two questions joined by "and" from which they are answered one after another."""


def reply_to(message: str, turn: Turn, *, fixed_language: bool = False) -> Reply:
    """The reply to a message: a follow-up, one question, or up to three answered one after another.

    It speaks the language of the nearest phrasing unless the person chose one (or `fixed_language`).
    """
    outcome = turn.services.search.find(message)
    free = not fixed_language and turn.profile.language is None
    if free and outcome.language:
        turn = turn.speaking(outcome.language)
    followed = continued(turn, message, outcome)
    if followed is not None:
        return followed
    several = _several(turn, message)
    return several or reply_to_one(turn, message, outcome)


def reply_to_one(turn: Turn, question: str, outcome: Outcome) -> Reply:
    """The reply to one question whose outcome is known."""
    services = turn.services
    reading = read(question, services.sectors)
    reading = replace(reading, sector=services.search.sector(question))
    sector = reading.sector or turn.profile.sector
    outcome = _of_one_application(turn, _of_another_year(turn, outcome, reading), reading)
    choices = _runners_up(turn, outcome, sector)
    best = outcome.candidates[0] if outcome.candidates else None
    calculated = calculated_reply(turn, question, reading, outcome)
    if calculated is not None:
        finding = calculated.finding
        return replace(calculated, finding=replace(finding, choices=choices)) if finding else calculated
    if best is not None and outcome.kind not in UNSURE:
        entry = services.knowledge.entries[best.entry]
        second = services.knowledge.entries[outcome.second.entry] if outcome.second is not None else None
        if second is not None and not says_the_same(turn, entry, second, sector):
            told = listed_with(turn, entry, second)
            reply, rendered = two_answers(turn, entry, told, sector if told is second else entry.sector)
            sources = rendered.sources
        else:
            reply = entry_reply(turn, entry, sector)
            sources = services.renderer.entry(entry, turn.language, sector).sources
        return replace(
            reply,
            thread=Thread(entry.id, turn.language, replace(reading, sector=sector)),
            finding=Finding(outcome.kind, entry.id, outcome.confidence, sources, choices, turn.language),
        )
    reply = (
        _did_you_mean(turn, outcome, sector)
        if outcome.kind == "choices"
        else _fallback(turn, outcome, sector)
    )
    return replace(reply, finding=Finding(outcome.kind, None, outcome.confidence, (), choices, turn.language))


def _several(turn: Turn, message: str) -> Reply | None:
    """Several questions of one message, each answered; None where fewer than two have an answer.

    Those that "and" joins in one sentence only where each is likely: it may be one question after all.
    """
    asked = questions(message)
    found = [turn.services.search.find(question) for question in asked]
    if len(asked) < 2:
        asked = joined(message)
        found = [turn.services.search.find(question) for question in asked]
        if not asked or not all(_likely(turn, outcome) for outcome in found):
            return None
    answered: dict[str, Reply] = {}
    for question, outcome in zip(asked, found, strict=True):
        if outcome.kind not in UNSURE:
            # several answers are long enough without what each question may have meant besides
            reply = reply_to_one(turn, question, replace(outcome, second=None))
            if reply.finding and reply.finding.entry:
                answered.setdefault(reply.finding.entry, reply)
    if len(answered) < 2:
        return None
    replies = tuple(answered.values())
    first = replies[0].finding
    missed = len(asked) - len(replies)
    state = "\n" + state_line(turn, turn.services.knowledge.call.id)
    earlier = (reply.html.removesuffix(state) for reply in replies[:-1])
    html = "\n\n➖➖➖\n\n".join((*earlier, replies[-1].html))
    if missed:
        html += "\n\n" + turn.say("ask.some_not_known")
    return Reply(
        html,
        tuple(reply.buttons[0] for reply in replies if reply.buttons),
        thread=replies[-1].thread,
        finding=replace(
            first,
            sources=tuple(
                dict.fromkeys(s for reply in replies if reply.finding for s in reply.finding.sources)
            ),
        )
        if first
        else None,
    )


def _likely(turn: Turn, outcome: Outcome) -> bool:
    """Whether the first candidate alone is more likely right than not, and no redirect."""
    search = turn.services.search
    return outcome.kind in ("answer", "gap") and search.confidence(outcome.candidates) >= LIKELY


def _of_one_application(turn: Turn, outcome: Outcome, reading: Reading) -> Outcome:
    """Whoever names the number of an application asks about that one, which nobody here can know."""
    entry = turn.services.knowledge.entry(ONE_APPLICATION)
    if not reading.application or entry is None:
        return outcome
    candidates = (Candidate(entry.id, 1.0, "", "lv"), *outcome.candidates)
    return replace(outcome, kind=entry.kind, candidates=candidates, confidence=1.0)


def _of_another_year(turn: Turn, outcome: Outcome, reading: Reading) -> Outcome:
    """A question on another year than the call's is never answered from the call."""
    knowledge = turn.services.knowledge
    if reading.year in (None, knowledge.call.year) or not outcome.candidates or outcome.kind == "fallback":
        return outcome
    best = knowledge.entries[outcome.candidates[0].entry]
    other = knowledge.entry(OTHER_YEARS)
    if outcome.second is not None and _only_of_the_call(turn, knowledge.entries[outcome.second.entry]):
        outcome = replace(outcome, second=None)
    if other is None or not _only_of_the_call(turn, best):
        return outcome
    honest = Candidate(other.id, outcome.candidates[0].score, "", outcome.candidates[0].language)
    return replace(outcome, kind=other.kind, candidates=(honest, *outcome.candidates), second=None)


def _only_of_the_call(turn: Turn, entry: Entry) -> bool:
    return (
        entry.about == turn.services.knowledge.call.id and entry.kind == "answer" and entry.id not in ANY_YEAR
    )


def _runners_up(turn: Turn, outcome: Outcome, sector: Sector | None) -> tuple[Choice, ...]:
    if not turn.for_tools:
        return ()
    rest = outcome.candidates if outcome.kind in UNSURE else outcome.candidates[1:]
    return tuple(choice(turn, entry, sector) for entry in _entries(turn, rest[:RUNNERS_UP]))


def _entries(turn: Turn, candidates: tuple[Candidate, ...]) -> tuple[Entry, ...]:
    return tuple(turn.services.knowledge.entries[candidate.entry] for candidate in candidates)


def _did_you_mean(turn: Turn, outcome: Outcome, sector: Sector | None) -> Reply:
    offered = _entries(turn, outcome.candidates[:OFFERED])
    rows = tuple((entry_button(turn, entry, sector),) for entry in offered)
    return Reply(turn.say("ask.did_you_mean"), (*rows, (_person(turn, sector),)))


def _fallback(turn: Turn, outcome: Outcome, sector: Sector | None) -> Reply:
    near = tuple(c for c in outcome.candidates if c.score >= turn.services.search.tuning.hint)
    rows = tuple((entry_button(turn, entry, sector),) for entry in _entries(turn, near[:RUNNERS_UP]))
    key = "ask.not_known_near" if rows else "ask.not_known"
    return Reply(turn.say(key), (*rows, (_person(turn, sector),)))


def _person(turn: Turn, sector: Sector | None) -> Button:
    return Button(turn.label("button.person"), pack("k", turn.language, sector or "choose"))
