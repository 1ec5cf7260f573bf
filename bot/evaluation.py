"""`ka2bot eval FILE`: how a question set is answered, in rates by language and style, then the misses."""

from __future__ import annotations

import asyncio
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median, quantiles

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.local.markup import to_plain
from bot.services import build_services
from bot.settings import Settings
from handlers.ask import answer
from handlers.context import Services
from handlers.reply import Finding

SETTLED = ("answer", "gap", "redirect")
"""Kinds that settle a question; the others offer topics."""


class Question(BaseModel):
    """A line of a question set; without `must`, or of tier "outside", nothing here answers it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str
    q: str
    lang: str
    style: str = ""
    tier: str = ""
    fact: str = ""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()

    @property
    def outside(self) -> bool:
        """Whether the knowledge holds no answer."""
        return not self.must or self.tier == "outside"


@dataclass(frozen=True, slots=True)
class Score:
    """How one question was answered; the terms are those of docs/matching.md."""

    question: Question
    kind: str
    entry: str | None
    score: float
    length: int
    milliseconds: float
    strict: bool = False
    assisted: bool = False
    wrong: bool = False
    false: bool = False

    @property
    def verdict(self) -> str:
        """What is wrong with it, in a word; empty where nothing is."""
        if self.false or self.wrong:
            return "FALSE" if self.false else "WRONG"
        if self.strict or self.question.outside:
            return ""
        return "near" if self.assisted else "missed"


def evaluate(settings: Settings, file: Path) -> None:
    """Prints the rates and the misses of a question set."""
    questions = _read(file)
    services = build_services(settings.clock())
    with _progress() as advance:
        scores = asyncio.run(_score_all(services, questions, len(questions), advance))
    typer.echo("\n".join((*table(scores), "", *_figures(scores), "", *_misses(scores))))


async def _score_all(
    services: Services, questions: Iterable[Question], total: int, advance: Callable[[int], None]
) -> list[Score]:
    scores = []
    for question in questions:
        scores.append(await score(services, question))
        advance(total)
    return scores


async def score(services: Services, question: Question) -> Score:
    """Asks one question, its language left to the bot, and judges the reply."""
    began = time.perf_counter()
    reply = await answer(services, question.q, None)
    milliseconds = (time.perf_counter() - began) * 1000
    finding = reply.finding or Finding("fallback", None, 0.0)
    text = to_plain(reply.html)
    result = Score(question, finding.kind, finding.entry, finding.score, len(text), milliseconds)
    return _judged(result, text, tuple(to_plain(choice.html) for choice in finding.choices))


def _judged(result: Score, text: str, choices: tuple[str, ...]) -> Score:
    question, answered = result.question, result.kind == "answer"
    if question.outside:
        return replace(result, false=answered)
    right = _all_in(question.must, text) and not any(_in(pattern, text) for pattern in question.must_not)
    strict = result.kind in SETTLED and right
    assisted = strict or right or any(_all_in(question.must, choice) for choice in choices)
    return replace(result, strict=strict, assisted=assisted, wrong=answered and not right)


def _all_in(patterns: Iterable[str], text: str) -> bool:
    return all(_in(pattern, text) for pattern in patterns)


def _in(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None


def table(scores: list[Score]) -> Iterator[str]:
    """Rates by language, by style and in all, one group a line."""
    yield f"{'':<16}{'inside':>7}{'strict':>9}{'assisted':>10}{'wrong':>8}{'outside':>10}{'false':>8}"
    for language in sorted({score.question.lang for score in scores}):
        yield _row(language, [s for s in scores if s.question.lang == language])
    for style in sorted({score.question.style for score in scores if score.question.style}):
        yield _row(f"  {style}", [s for s in scores if s.question.style == style])
    yield _row("all", scores)


def _row(name: str, scores: list[Score]) -> str:
    inside = [s for s in scores if not s.question.outside]
    outside = [s for s in scores if s.question.outside]
    strict, assisted = _rate(s.strict for s in inside), _rate(s.assisted for s in inside)
    wrong, false = _rate(s.wrong for s in inside), _rate(s.false for s in outside)
    return f"{name:<16}{len(inside):>7}{strict:>9}{assisted:>10}{wrong:>8}{len(outside):>10}{false:>8}"


def _rate(hits: Iterable[bool]) -> str:
    counted = list(hits)
    return f"{100 * sum(counted) / len(counted):.1f} %" if counted else "–"


def _figures(scores: list[Score]) -> Iterator[str]:
    times, lengths = [s.milliseconds for s in scores], [s.length for s in scores]
    slowest = quantiles(times, n=100, method="inclusive")[-1] if len(times) > 1 else max(times)
    yield f"time per question: median {median(times):.2f} ms, p99 {slowest:.2f} ms"
    yield f"length of replies: median {median(lengths):.0f}, longest {max(lengths)} characters"


def _misses(scores: list[Score]) -> Iterator[str]:
    for missed in (s for s in scores if s.verdict):
        question = missed.question
        yield f"{missed.verdict:<7}{question.id} [{question.lang}] {question.q}"
        expected = question.fact or ("nothing: outside" if question.outside else " & ".join(question.must))
        yield f"       got {missed.kind} {missed.entry or '–'} {missed.score:.2f}; expected {expected}"


def _read(file: Path) -> list[Question]:
    questions = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                questions.append(Question.model_validate_json(line))
            except ValidationError as error:
                problem = error.errors()[0]
                where = ".".join(str(step) for step in problem["loc"])
                raise typer.BadParameter(f"{file}:{number}: {where}: {problem['msg']}") from None
    if not questions:
        raise typer.BadParameter(f"{file} holds no question")
    return questions


def _progress() -> AbstractContextManager[Callable[[int], None]]:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext(lambda total: None)
    from bot.terminal import progress

    return progress()
