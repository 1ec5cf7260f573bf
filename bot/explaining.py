"""`ka2bot ask --explain`: how a question became an answer, score by score."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import asdict

import typer

from bot.asking import broken_texts_named
from bot.linting.places import Places
from bot.local.markup import to_plain
from bot.services import build_services
from bot.settings import Settings
from handlers.ask import answer
from handlers.context import Services
from handlers.reply import Reply
from knowledge.explain import Explanation, Parts, ReadWord
from knowledge.explain import explain as explained
from knowledge.model import Language

SHOWN = 5
"""Candidates shown; from the fourth on nobody is offered them."""

THRESHOLDS = ("alone", "minimum", "least", "choices", "hint")
"""Settings that decide what becomes of the best candidate."""


def explain(settings: Settings, question: str, language: Language | None) -> None:
    """Prints the words read, the candidates with their scores, the thresholds, the outcome and the reply."""
    services = build_services(settings.clock())
    found = explained(question, services.search, services.search.index)
    with broken_texts_named(services):
        reply = asyncio.run(answer(services, question, language))
        said = [*steps(services, found), *_reply(services, found, reply)]
    typer.echo("\n".join(said))


def steps(services: Services, found: Explanation) -> Iterator[str]:
    """The explanation, a step a paragraph."""
    places = Places(services.knowledge)
    yield "Words (weight, and what each counts as: stem, @concept, ~ no topic, ? asks)"
    yield from (f"  {line}" for word in found.words for line in [_word(word)])
    yield ""
    yield "Candidates (score from the likeness of the nearest phrasing and of the whole entry)"
    for parts in found.candidates[:SHOWN]:
        yield from _candidate(services, places, parts)
    tuning = asdict(services.search.tuning)
    share, exact = tuning["phrasing_share"], tuning["exact"]
    yield f"  together: the greater of {share} × phrasing + {1 - share:.2f} × entry and phrasing ^ {exact}"
    yield ""
    yield "Thresholds: " + ", ".join(f"{name} {tuning[name]}" for name in THRESHOLDS)
    outcome = found.outcome
    beside = f", with {outcome.second.entry} beside it" if outcome.second else ""
    yield f"Outcome of the search: {outcome.kind}{beside}, confidence {outcome.confidence:.2f}"


def _word(word: ReadWord) -> str:
    counted = " · ".join(f"{feature} {strength:.2f}" for feature, strength in word.counts_as)
    note = "  (taken for another word)" if word.repaired else ""
    return f"{word.text:<20}{word.weight:>6.2f}  {counted or 'unknown: no phrasing holds it'}{note}"


def _candidate(services: Services, places: Places, parts: Parts) -> Iterator[str]:
    candidate = parts.candidate
    entry = services.knowledge.entries[candidate.entry]
    rest = f" → {parts.together:.2f}, other evidence {parts.rest:+.2f}" if abs(parts.rest) > 0.001 else ""
    yield (
        f"  {candidate.score:.2f}  {candidate.entry} ({entry.kind}): phrasing {parts.phrasing:.2f}, "
        f"entry {parts.entry:.2f}{rest}  {places.entry(entry.id, 'id')}"
    )
    where = places.phrasing(entry, candidate.language, candidate.phrasing)
    yield f"        nearest: “{candidate.phrasing}”  {where}"


def _reply(services: Services, found: Explanation, reply: Reply) -> Iterator[str]:
    """What the person gets; calculators and several questions at once may make more of a message."""
    finding = reply.finding
    if finding is not None:
        named = finding.entry or "no entry"
        known = named in services.knowledge.entries
        place = f"  {Places(services.knowledge).entry(named, 'id')}" if known else ""
        calculated = " (calculated)" if finding.entry and not known else ""
        yield f"Reply: {finding.kind}, {named}{calculated}, score {finding.score:.2f}{place}"
        best = found.candidates[0].candidate.entry if found.candidates else None
        if known and finding.entry != best:
            yield "  not the best candidate: the message held several sentences or another year"
    yield ""
    yield to_plain(reply.html)
