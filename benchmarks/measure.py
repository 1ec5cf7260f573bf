"""One engine in a process of its own, so that its memory is its own: `python -m benchmarks.measure NAME`.

Prints one JSON object: index time, memory, and for each question the entry found, its score and the time.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

from benchmarks.peers import ENGINES, Engine, Phrasing
from benchmarks.tenfold import enlarged
from bot.linting.phrasings import every_phrasing
from bot.questionset import Question, read
from knowledge.load import Knowledge, load_knowledge

TENFOLD = "ka2bot, 10 × entries"
QUESTIONS = (Path("tests/questions/golden.jsonl"), Path("tests/questions/negative.jsonl"))


class Measured(TypedDict):
    """What one engine did; `milliseconds` are those of the hold questions."""

    index_seconds: float
    megabytes: float
    milliseconds: list[float]
    typos_milliseconds: float
    found: list[tuple[str | None, float]]


def measure(name: str, limit: int | None = None) -> Measured:
    """Builds an engine and asks it every question once.

    The tune half comes first and is not timed: a bot that runs has seen other questions before.
    """
    knowledge = load_knowledge()
    if name == TENFOLD:
        knowledge = enlarged(knowledge)
    phrasings = phrasings_of(knowledge)
    questions = read(QUESTIONS)[:limit]
    before = resident_megabytes()
    engine: Engine = ENGINES["ka2bot" if name == TENFOLD else name]()
    seconds = timed(lambda: engine.build(knowledge, phrasings)) / 1000
    return _asked(engine, questions, seconds, before)


def _asked(engine: Engine, questions: Sequence[Question], seconds: float, before: float) -> Measured:
    found = {question.id: engine.best(question.q) for question in questions if not question.hold}
    after = resident_megabytes()
    milliseconds = []
    for question in questions:
        if question.hold:
            began = time.perf_counter()
            found[question.id] = engine.best(question.q)
            milliseconds.append((time.perf_counter() - began) * 1000)
    return {
        "index_seconds": seconds,
        "megabytes": after - before,
        "milliseconds": milliseconds,
        "typos_milliseconds": timed(lambda: engine.best(typos())),
        "found": [found[question.id] for question in questions],
    }


def phrasings_of(knowledge: Knowledge) -> list[Phrasing]:
    """All phrasings and titles, as every engine gets them."""
    return [(entry.id, language, text) for entry, language, text in every_phrasing(knowledge)]


def typos(length: int = 4096) -> str:
    """A message of nothing but long misspelt words, each another one."""
    syllables = ("fin", "ans", "ejx", "part", "nerz", "iba", "prijo", "ritt", "ates", "projk", "ekts")
    made = ""
    number = 0
    while len(made) < length:
        number += 1
        made += (
            "".join(syllables[number * step % len(syllables)] for step in (1, 3, 7))
            + f"{'q' * (number % 3)} "
        )
    return made[:length]


def timed(action: Callable[[], object]) -> float:
    """Milliseconds that something takes."""
    began = time.perf_counter()
    action()
    return (time.perf_counter() - began) * 1000


def resident_megabytes() -> float:
    """Memory of this process, as Linux counts it."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    limit = int(sys.argv[2]) if len(sys.argv) > 2 else None
    sys.stdout.write(json.dumps(measure(sys.argv[1], limit)))
