"""Which entry answered a missed question, and which entries would have answered it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.local.markup import to_plain
from bot.questionset import Question
from bot.scoring import Score, satisfies
from handlers.answers import entry_html
from handlers.context import Services, Turn, Who
from knowledge.entry import Entry
from knowledge.model import LANGUAGES, Language, Sector

SHOWN, NAMED = 40, 3
"""Rows of the table, and entries named for one question at most."""

NOWHERE = "(no entry says it)"


class Satisfying:
    """Finds the entries whose texts satisfy a question, those that its words come nearest to first."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._texts: dict[tuple[str, Language, Sector | None], str] = {}

    def entries(self, question: Question) -> list[str]:
        """Ids of entries that would have been right, in either language, for the sector it names."""
        sector = self._services.search.sector(question.q)
        ranked = [candidate.entry for candidate in self._services.search.rank(question.q)]
        entries = self._services.knowledge.entries
        order = [*ranked, *(entry_id for entry_id in entries if entry_id not in ranked)]
        return [
            entry_id
            for entry_id in order
            if any(satisfies(question, self._text(entries[entry_id], lang, sector)) for lang in LANGUAGES)
        ]

    def _text(self, entry: Entry, language: Language, sector: Sector | None) -> str:
        key = (entry.id, language, sector)
        if key not in self._texts:
            turn = Turn(self._services, Who(0, 0), language, self._services.clock())
            self._texts[key] = to_plain(entry_html(turn, entry, sector))
        return self._texts[key]


def confusion(services: Services, scores: Sequence[Score]) -> Iterator[str]:
    """A table of missed questions: what they got, what would have been right, how often, which questions."""
    satisfying = Satisfying(services)
    rows: dict[tuple[str, str], list[str]] = defaultdict(list)
    for score in scores:
        if score.verdict in ("WRONG", "near", "missed"):
            right = satisfying.entries(score.question)
            got = score.entry or f"({score.kind})"
            more = f" +{len(right) - 1}" if len(right) > 1 else ""
            rows[got, (right[0] + more) if right else NOWHERE].append(score.question.id)
    yield f"{'got':<32}{'would have been right (+ others)':<40}{'times':>6}  questions"
    ranked = sorted(rows.items(), key=lambda row: (-len(row[1]), row[0]))
    for (got, right_one), ids in ranked[:SHOWN]:
        shown = ", ".join(ids[:NAMED]) + (" …" if len(ids) > NAMED else "")
        yield f"{got:<32}{right_one:<40}{len(ids):>6}  {shown}"
    if len(ranked) > SHOWN:
        yield f"… and {len(ranked) - SHOWN} more pairs, each rarer"
