"""What an engine's finds are worth, and the threshold from which it should rather answer than ask back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.local.markup import to_plain
from bot.questionset import Question
from bot.scoring import DENIES, satisfies
from handlers.answers import entry_html
from handlers.context import Services, Turn, Who
from knowledge.model import Language

WRONG_COSTS = 5
"""A wrong answer costs as much as so many "did you mean"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One find, if it were shown as the answer: does it satisfy, and would it pass for an answer?"""

    question: Question
    score: float
    right: bool
    answers: bool
    """Of kind `answer`: redirects and gaps tell nothing wrong."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Shares of the inside questions answered rightly and wrongly, and of those outside answered at all."""

    strict: float
    wrong: float
    false: float


class Judge:
    """Reads each found entry as a person would get it, in the language of the question."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def verdict(self, question: Question, entry_id: str | None, score: float) -> Verdict:
        """What the best entry is worth as the reply."""
        entry = self._services.knowledge.entries.get(entry_id or "")
        if entry is None:
            return Verdict(question, score, right=False, answers=False)
        language: Language = "en" if question.lang == "en" else "lv"
        turn = Turn(self._services, Who(0, 0), language, self._services.clock())
        text = to_plain(entry_html(turn, entry, self._services.sectors.one(question.q)))
        answers = entry.kind == "answer"
        if question.outside:
            corrected = question.correction_ok and DENIES.search(text) is not None
            return Verdict(question, score, right=not answers or corrected, answers=answers)
        return Verdict(question, score, satisfies(question, text), answers)


def totals(verdicts: Sequence[Verdict], threshold: float) -> Totals:
    """The rates if every find of that score or more is shown."""
    inside = [v for v in verdicts if not v.question.outside]
    outside = [v for v in verdicts if v.question.outside]
    shown = [v for v in inside if v.score >= threshold]
    return Totals(
        sum(v.right for v in shown) / max(1, len(inside)),
        sum(v.answers and not v.right for v in shown) / max(1, len(inside)),
        sum(v.answers and not v.right for v in outside if v.score >= threshold) / max(1, len(outside)),
    )


def best_threshold(verdicts: Sequence[Verdict]) -> float:
    """The score from which showing finds costs least: 5 for a wrong or false one, 1 for a question back."""
    ranked = sorted(verdicts, key=lambda v: v.score, reverse=True)
    cost = sum(not v.question.outside for v in verdicts)
    least, threshold = cost, float("inf")
    for number, verdict in enumerate(ranked):
        if verdict.answers and not verdict.right:
            cost += WRONG_COSTS - (not verdict.question.outside)
        elif verdict.right and not verdict.question.outside:
            cost -= 1
        last_of_its_score = number + 1 == len(ranked) or ranked[number + 1].score < verdict.score
        if cost < least and last_of_its_score:
            least, threshold = cost, verdict.score
    return threshold


def strict_at(verdicts: Sequence[Verdict], most: Totals) -> float:
    """The greatest strict rate with no more wrong and no more false answers than `most` has."""
    thresholds = {verdict.score for verdict in verdicts}
    reached = (totals(verdicts, threshold) for threshold in thresholds)
    return max((r.strict for r in reached if r.wrong <= most.wrong and r.false <= most.false), default=0.0)
