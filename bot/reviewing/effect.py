"""What the proposals would change on question sets; the search is built with them in memory only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.questionset import Question, must_be_split
from bot.questionset import read as read_questions
from bot.reviewing.proposals import WRITTEN_IN, Proposals
from bot.scoring import Score, score
from handlers.context import Services
from knowledge.entry import Entry, OnlyAsks
from knowledge.load import Knowledge
from knowledge.search import Search

OURS = Path("tests/questions")
"""Where the project keeps its own question sets."""

SHOWN = 10
"""Questions named that would get better, and that would get worse."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Scores of the same questions without the proposals and with them."""

    before: tuple[Score, ...]
    after: tuple[Score, ...]


def default_files() -> list[Path]:
    """The project's own question sets, where the command runs in its folder."""
    return sorted(OURS.glob("*.jsonl"))


def questions_of(files: Sequence[Path]) -> list[Question]:
    """The questions of some sets; of a split set the half that may be seen."""
    relabelled = OURS / "relabelled.yaml"
    found: list[Question] = []
    for file in files:
        split = must_be_split(file)
        of_file = read_questions([file], relabelled if split and relabelled.is_file() else None)
        found += [question for question in of_file if not (split and question.hold)]
    return found


def merged(services: Services, proposals: Proposals) -> Services:
    """The services as if the new phrasings had been pasted; new entries have no answer yet to be found."""
    knowledge = _with_phrasings(services.knowledge, proposals)
    return replace(services, knowledge=knowledge, search=Search(knowledge, services.search.tuning))


async def effect(
    services: Services, with_them: Services, questions: Sequence[Question], advance: Callable[[int], None]
) -> Effect:
    """Asks every question twice."""
    before, after = [], []
    for question in questions:
        before.append(await score(services, question))
        after.append(await score(with_them, question))
        advance(len(questions))
    return Effect(tuple(before), tuple(after))


def report(found: Effect) -> Iterator[str]:
    """A table of the totals, then the questions that change."""
    yield f"{'':<34}{'now':>6}{'with the proposals':>21}"
    for meaning, counts in (
        ("answered rightly (strict)", lambda s: s.strict),
        ("answered wrongly (wrong)", lambda s: s.wrong),
        ("outside, answered as known (false)", lambda s: s.false),
    ):
        now, then = (sum(map(counts, scores)) for scores in (found.before, found.after))
        changed = f"  ({then - now:+d})" if then != now else ""
        yield f"{meaning:<34}{now:>6}{then:>21}{changed}"
    changes = [(a, b) for a, b in zip(found.before, found.after, strict=True) if _rank(a) != _rank(b)]
    for title, pairs in (
        ("Better:", [pair for pair in changes if _rank(pair[1]) > _rank(pair[0])]),
        ("Worse:", [pair for pair in changes if _rank(pair[1]) < _rank(pair[0])]),
    ):
        if pairs:
            yield title
        for before, after in pairs[:SHOWN]:
            asked = before.question
            yield f"  {asked.id} [{asked.lang}] {asked.q}"
            yield f"      now {_said(before)}; then {_said(after)}"
        if len(pairs) > SHOWN:
            yield f"  … and {len(pairs) - SHOWN} more"
    if not changes:
        yield "No question is answered better or worse."


def _rank(found: Score) -> int:
    """How good an outcome is: a wrong answer is worse than none."""
    if found.wrong or found.false:
        return 0
    if found.strict or found.question.outside:
        return 3
    return 2 if found.assisted else 1


def _said(found: Score) -> str:
    right = ("wrong", "missed", "offered", "right")[_rank(found)]
    return f"{right} ({found.kind}{f', {found.entry}' if found.entry else ''})"


def _with_phrasings(knowledge: Knowledge, proposals: Proposals) -> Knowledge:
    entries = dict(knowledge.entries)
    for proposed in proposals.phrasings:
        entry = knowledge.entry(proposed.id)
        if entry is not None:
            entries[entry.id] = _extended(
                entries[entry.id], {language: proposed.asks(language) for language in WRITTEN_IN}
            )
    return replace(knowledge, entries=entries)


def _extended(entry: Entry, asks: dict[str, tuple[str, ...]]) -> Entry:
    def more(standing: str, language: str) -> str:
        return "\n".join((standing.rstrip("\n"), *asks[language]))

    changed: dict[str, object] = {
        language: text.model_copy(update={"asks": more(text.asks, language)})
        for language, text in (("lv", entry.lv), ("en", entry.en))
    }
    if asks["ru"]:
        changed["ru"] = OnlyAsks(asks=more(entry.ru.asks if entry.ru else "", "ru"))
    return entry.model_copy(update=changed)
