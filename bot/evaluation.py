"""`ka2bot eval FILE …`: how question sets are answered, in rates by language and style, then the misses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import typer

from bot.asking import broken_texts_named
from bot.confusion import confusion
from bot.evaltables import figures, rates, reliability
from bot.progress import progress
from bot.questionset import Question, must_be_split, read
from bot.scoring import Score, score
from bot.services import build_services
from bot.settings import Settings
from handlers.context import Services


def evaluate(
    settings: Settings, files: Sequence[Path], *, split: bool = False, relabelled: Path | None = None
) -> None:
    """Prints the rates of question sets, then the misses; of a split set's hold half totals only."""
    questions = read(files, relabelled)
    services = build_services(settings.clock())
    with broken_texts_named(services), progress() as advance:
        scores = asyncio.run(_score_all(services, questions, advance))
    if not (split or any(must_be_split(file) for file in files)):
        typer.echo("\n".join(_in_full(services, scores)))
        return
    for name, lines in (("tune", _in_full), ("hold", _totals)):
        half = [s for s in scores if s.question.hold is (name == "hold")]
        if half:
            typer.echo(f"== {name}: {len(half)} questions")
            typer.echo("\n".join(lines(services, half)) + "\n")


async def _score_all(
    services: Services, questions: Sequence[Question], advance: Callable[[int], None]
) -> list[Score]:
    scores = []
    for question in questions:
        scores.append(await score(services, question))
        advance(len(questions))
    return scores


def _totals(services: Services, scores: Sequence[Score]) -> Iterator[str]:
    """What may be known of questions that nobody shall see."""
    yield from rates(scores)
    yield ""
    yield from figures(scores)
    yield ""
    yield from reliability(scores)


def _in_full(services: Services, scores: Sequence[Score]) -> Iterator[str]:
    yield from _totals(services, scores)
    missed = [s for s in scores if s.verdict]
    if missed:
        yield ""
        yield from confusion(services, missed)
        yield ""
        yield from misses(missed)


def misses(scores: Sequence[Score]) -> Iterator[str]:
    """Each question with what it got and what was expected."""
    for missed in scores:
        question = missed.question
        yield f"{missed.verdict:<7}{question.id} [{question.lang}] {question.q}"
        expected = question.fact or ("nothing: outside" if question.outside else " & ".join(question.must))
        yield f"       got {missed.kind} {missed.entry or '–'} {missed.score:.2f}; expected {expected}"
