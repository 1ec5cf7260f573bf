"""Unsettled questions, alike ones under one wording, and what the bot makes of each today."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bot.linting.phrasings import folded
from bot.store.unsettled import Unsettled
from handlers.ask import NOBODY
from handlers.context import Services, Turn
from handlers.replies import reply_to
from handlers.votes import votable
from knowledge import words


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which something was asked, with how often, when, and what became of it.

    `language` is the one whose phrasings it belongs among: lv, en or ru. `against` are the entries whose
    answer to it was voted down, `reasons` say why.
    """

    text: str
    language: str
    kinds: Counter[str]
    reasons: Counter[str]
    against: frozenset[str]
    first: date
    last: date

    @property
    def key(self) -> str:
        """What wordings are told apart by."""
        return key_of(self.text)

    @property
    def count(self) -> int:
        """How often it was asked."""
        return self.kinds.total()


def key_of(question: str) -> str:
    """A question as far as two are told apart: letters without diacritics, no punctuation."""
    return folded(question) or question


def wordings(questions: Iterable[Unsettled]) -> list[Wording]:
    """The wordings, most asked first; each is written as it was asked most often."""
    alike: dict[str, list[Unsettled]] = defaultdict(list)
    for question in questions:
        if question.question:
            alike[key_of(question.question)].append(question)
    found = [_wording(same) for same in alike.values()]
    return sorted(found, key=lambda wording: (-wording.count, wording.key))


def _wording(same: list[Unsettled]) -> Wording:
    written = Counter(each.question for each in same)
    text = min(written, key=lambda each: (-written[each], each))
    spoken = Counter(each.language for each in same)
    down = [each for each in same if each.kind == "down"]
    return Wording(
        text,
        _language(text, min(spoken, key=lambda each: (-spoken[each], each))),
        Counter(each.kind for each in same),
        Counter(each.reason for each in down if each.reason),
        frozenset(each.entry for each in down if each.entry),
        min(each.day for each in same),
        max(each.day for each in same),
    )


def _language(text: str, answered_in: str) -> str:
    """The language a question is written in: by its small words, else the one it was answered in."""
    small = words.languages_of(text)
    return small[0] if len(small) == 1 else answered_in


def settled(services: Services, wording: Wording) -> bool:
    """Whether today's bot has a sure answer, and not one that was voted down."""
    now = entry_for(services, wording.text)
    return now is not None and now not in wording.against


def entry_for(services: Services, question: str) -> str | None:
    """The entry that answers a question today, by the way every chat takes; None where nothing is sure."""
    turn = Turn(services, NOBODY, "lv", services.clock())
    reply = votable(turn, reply_to(question, turn))
    if reply.asked is not None:
        return reply.asked.entry
    return reply.finding.entry if reply.finding is not None else None


def open_wordings(
    services: Services, all_wordings: Iterable[Wording], advance: Callable[[int], None]
) -> list[Wording]:
    """The wordings that are not settled meanwhile; asks each of them again."""
    every = list(all_wordings)
    left = []
    for wording in every:
        if not settled(services, wording):
            left.append(wording)
        advance(len(every))
    return left
