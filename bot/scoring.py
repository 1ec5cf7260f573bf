"""One question asked and its reply judged."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.local.markup import to_plain
from bot.questionset import Question
from handlers.ask import answer
from handlers.context import Services
from handlers.reply import Finding

SETTLED = ("answer", "gap", "redirect")
"""Kinds that settle a question; the others offer topics."""

DENIES = re.compile(
    r"\b(?:nav|nē|nevis|neviens|ne(?:drīkst|var|tiek|maksā|sedz|ir|pienākas|norāda|nosaka|attiecas|paredz)\w*)\b"
    r"|\b(?:not|cannot|never|none|neither)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Coarse on purpose: the reply denies something, in Latvian or English ("no" is left out: in Latvian it means
"from"). Whether it denies the right thing a reader must judge; one that denies nothing corrects nothing."""


@dataclass(frozen=True, slots=True)
class Score:
    """How one question was answered; the terms are those of docs/matching.md.

    `best_right` tells whether the best entry was right, shown or only offered; None where none was scored.
    """

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
    best_right: bool | None = None

    @property
    def verdict(self) -> str:
        """What is wrong with it, in a word; empty where nothing is."""
        if self.false or self.wrong:
            return "FALSE" if self.false else "WRONG"
        if self.strict or self.question.outside:
            return ""
        return "near" if self.assisted else "missed"


async def score(services: Services, question: Question) -> Score:
    """Asks one question, its language left to the bot, and judges the reply."""
    reply = await answer(services, question.q, None)
    # Timed when its templates are compiled, and without the runners-up, which no chat works out.
    began = time.perf_counter()
    await answer(services, question.q, None, for_tools=False)
    milliseconds = (time.perf_counter() - began) * 1000
    finding = reply.finding or Finding("fallback", None, 0.0)
    text = to_plain(reply.html)
    result = Score(question, finding.kind, finding.entry, finding.score, len(text), milliseconds)
    judged = _judged(result, text, tuple(to_plain(choice.html) for choice in finding.choices))
    scored = finding.entry is None or finding.entry in services.knowledge.entries
    return judged if scored else replace(judged, best_right=None)


def satisfies(question: Question, text: str) -> bool:
    """Whether a text holds all that the question asks for and nothing it must not."""
    return _all_in(question.must, text) and not any(_in(pattern, text) for pattern in question.must_not)


def _judged(result: Score, text: str, choices: tuple[str, ...]) -> Score:
    question, answered = result.question, result.kind == "answer"
    if question.outside:
        corrects = question.correction_ok and DENIES.search(text) is not None
        declines = result.kind in ("gap", "redirect") or (answered and corrects)
        return replace(result, false=answered and not corrects, best_right=declines)
    right = satisfies(question, text)
    settled = result.kind in SETTLED
    assisted = right or any(_all_in(question.must, choice) for choice in choices)
    best = right if settled else bool(choices) and satisfies(question, choices[0])
    strict, wrong = settled and right, answered and not right
    return replace(result, strict=strict, assisted=assisted, wrong=wrong, best_right=best)


def _all_in(patterns: Iterable[str], text: str) -> bool:
    return all(_in(pattern, text) for pattern in patterns)


def _in(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE) is not None
