"""Runs every engine, then prints the table of the hold half and the figures of the program as a process."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.judge import Judge, Totals, Verdict, best_threshold, strict_at, totals
from benchmarks.measure import QUESTIONS, TENFOLD, Measured
from benchmarks.peers import ENGINES
from bot.evaltables import percentile
from bot.questionset import Question, read
from bot.scoring import Score, score
from bot.services import build_services
from bot.settings import Settings
from handlers.context import Services

RUNS = 5
"""Starts of `ka2bot ask` that are timed."""


def main(limit: int | None = None) -> None:
    """Prints everything; `limit` asks only so many questions."""
    services = build_services(Settings().clock())
    questions = read(QUESTIONS)[:limit]
    judge = Judge(services)
    hold = [question.hold for question in questions]
    tuned = len(hold) - sum(hold)
    _say(f"{sum(hold)} hold questions; each peer with its best threshold on the {tuned} of tune")
    _say(_row("", "top 1", "strict", "wrong", "false", "ours", "median", "p99", "index", "memory"))
    ours: list[Verdict] = []
    for name in ENGINES:
        measured = _measured(name, limit)
        verdicts = [
            judge.verdict(question, *found)
            for question, found in zip(questions, measured["found"], strict=True)
        ]
        tune = [v for v, held in zip(verdicts, hold, strict=True) if not held]
        held = [v for v, held in zip(verdicts, hold, strict=True) if held]
        ours = ours or held
        _say(_engine_row(name, held, totals(held, best_threshold(tune)), ours, measured))
    _say("ours: our strict rate if we answer so rarely that neither wrong nor false is more than theirs")
    _say("\n".join(_more(services, questions, limit)))
    _say("\n".join(_process()))


def _more(services: Services, questions: Sequence[Question], limit: int | None) -> Iterator[str]:
    scores = asyncio.run(_replies(services, [question for question in questions if question.hold]))
    inside = [s for s in scores if not s.question.outside]
    outside = [s for s in scores if s.question.outside]
    times = [s.milliseconds for s in scores]
    yield _row(
        "whole replies",
        "",
        _percent(sum(s.strict for s in inside) / max(1, len(inside))),
        _percent(sum(s.wrong for s in inside) / max(1, len(inside))),
        _percent(sum(s.false for s in outside) / max(1, len(outside))),
        "",
        f"{median(times):.2f} ms",
        f"{percentile(times, 99):.2f} ms",
    )
    large = _measured(TENFOLD, limit)
    yield _row(TENFOLD, "", "", "", "", "", *_speed(large))
    yield f"4,096 characters of typos: {large['typos_milliseconds']:.1f} ms with ten times the entries"


async def _replies(services: Services, questions: Sequence[Question]) -> list[Score]:
    return [await score(services, question) for question in questions]


def _engine_row(
    name: str, held: Sequence[Verdict], reached: Totals, ours: Sequence[Verdict], measured: Measured
) -> str:
    first = totals(held, float("-inf")).strict
    rates = (first, reached.strict, reached.wrong, reached.false, strict_at(ours, reached))
    return _row(name, *map(_percent, rates), *_speed(measured))


def _speed(measured: Measured) -> tuple[str, ...]:
    times = measured["milliseconds"]
    return (
        f"{median(times):.2f} ms",
        f"{percentile(times, 99):.2f} ms",
        f"{measured['index_seconds']:.2f} s",
        f"{measured['megabytes']:.0f} MB",
    )


def _measured(name: str, limit: int | None) -> Measured:
    command = [sys.executable, "-m", "benchmarks.measure", name, *([str(limit)] if limit else [])]
    # one thread each: the machine is shared, and a bot answers one person at a time
    environment = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)  # noqa: S603 - ourselves
    measured: Measured = json.loads(done.stdout)
    return measured


PEAK = """
import atexit, runpy, sys
peak = lambda: next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
atexit.register(lambda: sys.stderr.write(peak()))
sys.argv[0] = "ka2bot"
runpy.run_module("bot", run_name="__main__")
"""
"""Runs `ka2bot` and writes its own peak in kB. What a parent is told of a child (`ru_maxrss`) counts the
parent's memory too, from before the child became a program of its own."""


def _process() -> Iterator[str]:
    """Wall time and greatest memory of `ka2bot ask`, its index kept from an earlier run; on Linux."""
    times, megabytes = [], []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        command = [sys.executable, "-c", PEAK, "ask", "cik partneru vajag?"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ourselves
        times.append(time.perf_counter() - began)
        megabytes.append(int(done.stderr.split()[-1]) / 1024)
    wall, memory = median(times[1:]), max(megabytes[1:])
    yield f"ka2bot ask: {wall:.2f} s, {memory:.0f} MB at most (median of {RUNS} starts)"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _row(name: str, *cells: str) -> str:
    return f"{name:<23}" + "".join(f"{cell:>10}" for cell in cells)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else None)
