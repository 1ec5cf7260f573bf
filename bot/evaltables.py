"""Scores of a question set as tables: rates, lengths, and whether the score means what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median, quantiles

from bot.scoring import Score

TOO_LONG = 1500
"""Characters that no reply should exceed but a list that was asked for."""

BINS = 10
"""Bins of the reliability table."""


def rates(scores: Sequence[Score]) -> Iterator[str]:
    """Rates by language, by style and in all, one group a line."""
    yield f"{'':<16}{'inside':>7}{'strict':>9}{'assisted':>10}{'wrong':>8}{'outside':>10}{'false':>8}"
    for language in sorted({score.question.lang for score in scores}):
        yield _row(language, [s for s in scores if s.question.lang == language])
    for style in sorted({score.question.style for score in scores if score.question.style}):
        yield _row(f"  {style}", [s for s in scores if s.question.style == style])
    yield _row("all", scores)


def _row(name: str, scores: Sequence[Score]) -> str:
    inside = [s for s in scores if not s.question.outside]
    outside = [s for s in scores if s.question.outside]
    strict, assisted = _rate(s.strict for s in inside), _rate(s.assisted for s in inside)
    wrong, false = _rate(s.wrong for s in inside), _rate(s.false for s in outside)
    return f"{name:<16}{len(inside):>7}{strict:>9}{assisted:>10}{wrong:>8}{len(outside):>10}{false:>8}"


def _rate(hits: Iterable[bool]) -> str:
    counted = list(hits)
    return f"{100 * sum(counted) / len(counted):.1f} %" if counted else "–"


def figures(scores: Sequence[Score]) -> Iterator[str]:
    """Time per question and length of replies."""
    times, lengths = [s.milliseconds for s in scores], [s.length for s in scores]
    yield f"time per question: median {median(times):.2f} ms, p99 {percentile(times, 99):.2f} ms"
    yield (
        f"length of replies: median {median(lengths):.0f}, p95 {percentile(lengths, 95):.0f}, "
        f"longest {max(lengths)} characters; {sum(n > TOO_LONG for n in lengths)} over {TOO_LONG}"
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent do not exceed."""
    if len(values) < 2:
        return max(values)
    return quantiles(values, n=100, method="inclusive")[percent - 1]


def reliability(scores: Sequence[Score]) -> Iterator[str]:
    """For each range of scores: how often its best entry was right. A good scale rises from 0 to 1.

    Right is what answers the question; of questions from outside, what sends them elsewhere or says it is not
    known. Calculated replies have no score of an entry and are left out.
    """
    yield f"{'score':<12}{'questions':>10}{'right':>8}"
    for number in range(BINS):
        inside = [s.best_right for s in scores if s.best_right is not None and _bin(s.score) == number]
        if inside:
            share = sum(inside) / len(inside)
            yield f"{number / BINS:.1f} – {(number + 1) / BINS:.1f}{'':<3}{len(inside):>10}{share:>8.2f}"


def _bin(score: float) -> int:
    return min(int(score * BINS), BINS - 1)
