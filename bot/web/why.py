"""Why the bot answered as it did: what it made of a message, with scores, and where the entry stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Literal, TypedDict

from bot.explaining import SHOWN
from bot.web.known import Known
from handlers import ask, check
from handlers.buttons import unpack
from handlers.context import Turn
from handlers.followup import continued
from handlers.replies import reply_to
from handlers.reply import Finding, Reply
from knowledge.explain import Explanation, Parts, explain
from knowledge.model import Language
from knowledge.sources import cite

Asked = Literal["question", "command", "button", "card"]


@dataclass(frozen=True, slots=True)
class Why:
    """What is behind one reply, with the knowledge that it came from."""

    asked: Asked
    text: str
    """The message, or the data of the button."""
    known: Known
    entry: str | None = None
    """The entry shown, where it is known without looking it up."""
    continues: str | None = None
    """The entry that a follow-up goes on with."""
    found: Explanation | None = None
    finding: Finding | None = None


class Named(TypedDict):
    """A label and what stands behind it."""

    label: str
    text: str


class CandidateShown(TypedDict):
    """An entry that came into question."""

    title: str
    entry: str
    kind: str
    score: float
    place: str
    nearest: str
    nearest_place: str
    parts: str


class WordShown(TypedDict):
    """A word of the question with what became of it."""

    text: str
    weight: float
    note: str


class WhyShown(TypedDict):
    """An explanation in words, for the page."""

    asked: str
    text: str
    hint: str
    kind: str
    outcome: str
    title: str
    place: str
    facts: list[Named]
    notes: list[str]
    sources: list[str]
    candidates: list[CandidateShown] | None
    words: list[WordShown]


def why_text(known: Known, turn: Turn, text: str) -> Why:
    """What the bot makes of a typed message; asked before it answers, since its answer changes the turn."""
    if text.startswith("/"):
        return Why("command", text, known)
    if turn.card is not None and check.typed(turn, text) is not None:
        return Why("card", text, known)
    found = explain(text, known.services.search, known.services.search.index)
    free = turn.profile.language is None and found.outcome.language
    speaking = turn.speaking(found.outcome.language) if free and found.outcome.language else turn
    goes_on = continued(speaking, text, found.outcome) is not None
    reply: Reply = reply_to(text, turn)
    return Why(
        "question",
        text,
        known,
        continues=turn.thread.entry if goes_on and turn.thread else None,
        found=found,
        finding=reply.finding,
    )


def why_pressed(known: Known, data: str) -> Why:
    """What stands behind a button: an entry, or the state of a dialogue."""
    press = unpack(data)
    named = press.fields[0] if press and press.kind == ask.KIND and press.fields else ""
    entry = known.services.knowledge.entry(named)
    return Why("button", data, known, entry=entry.id if entry else None)


def shown(why: Why, language: Language) -> WhyShown:
    """The explanation in one language."""
    return _Shown(why, language).whole()


class _Shown:
    def __init__(self, why: Why, language: Language) -> None:
        self._why = why
        self._language = language
        self._services = why.known.services
        self._knowledge = why.known.services.knowledge

    def whole(self) -> WhyShown:
        why, finding = self._why, self._why.finding
        named = (finding.entry if finding else None) or why.entry
        entry = self._knowledge.entries.get(named or "")
        kind = finding.kind if finding else entry.kind if entry else ""
        return {
            "asked": self.word(f"web.why_{why.asked}"),
            "text": why.text,
            "hint": "" if why.asked == "question" or entry else self.word(f"web.why_{why.asked}_hint"),
            "kind": kind,
            "outcome": self.word(f"web.kind_{kind}") if kind else "",
            "title": self._title(named, finding),
            "place": self._place(named),
            "facts": list(self._facts()),
            "notes": list(self._notes(named)),
            "sources": self._sources(named, finding),
            "candidates": self._candidates(),
            "words": self._words(),
        }

    def word(self, key: str, **values: object) -> str:
        return unescape(self._services.phrases.say(key, self._language, **values))

    def _title(self, named: str | None, finding: Finding | None) -> str:
        entry = self._knowledge.entries.get(named or "")
        if entry is not None:
            return f"{entry.text(self._language).title} ({entry.id})"
        if named:
            return self.word("web.why_calculated", name=named)
        return self.word("web.why_no_entry") if finding else ""

    def _place(self, named: str | None) -> str:
        return self._why.known.places.entry(named, "id") if named in self._knowledge.entries else ""

    def _facts(self) -> Iterator[Named]:
        if self._why.found is None:
            return
        outcome, tuning = self._why.found.outcome, self._services.search.tuning
        needed = self.word("web.why_needed", minimum=self._figure(tuning.minimum))
        confidence = f"{self._figure(outcome.confidence)} ({needed})"
        yield {"label": self.word("web.why_confidence"), "text": confidence}
        if outcome.candidates:
            score = self._figure(outcome.candidates[0].score)
            yield {"label": self.word("web.why_score"), "text": score}
        if self._why.continues is not None:
            title = self._title(self._why.continues, None)
            yield {"label": self.word("web.why_continues"), "text": title}

    def _notes(self, named: str | None) -> Iterator[str]:
        found = self._why.found
        if found is None or self._why.continues is not None or named not in self._knowledge.entries:
            return
        best = found.candidates[0].candidate.entry if found.candidates else None
        if named != best:
            yield self.word("web.why_not_best")

    def _sources(self, named: str | None, finding: Finding | None) -> list[str]:
        entry = self._knowledge.entries.get(named or "")
        sources = finding.sources if finding else ()
        if not sources and entry is not None:
            sources = self._services.renderer.entry(entry, self._language).sources
        return list(cite(self._knowledge.documents, sources, self._language))

    def _candidates(self) -> list[CandidateShown] | None:
        if self._why.found is None:
            return None
        return [self._candidate(parts) for parts in self._why.found.candidates[:SHOWN]]

    def _candidate(self, parts: Parts) -> CandidateShown:
        candidate, places = parts.candidate, self._why.known.places
        entry = self._knowledge.entries[candidate.entry]
        rest = f"{'+' if parts.rest > 0 else '−'}{self._figure(abs(parts.rest))}"
        said = self.word(
            "web.why_parts",
            phrasing=self._figure(parts.phrasing),
            entry=self._figure(parts.entry),
            rest=rest if round(parts.rest, 2) else "",
        )
        return {
            "title": entry.text(self._language).title,
            "entry": entry.id,
            "kind": self.word(f"web.kind_{entry.kind}"),
            "score": round(candidate.score, 2),
            "place": places.entry(entry.id, "id"),
            "nearest": candidate.phrasing,
            "nearest_place": places.phrasing(entry, candidate.language, candidate.phrasing),
            "parts": said,
        }

    def _words(self) -> list[WordShown]:
        read = self._why.found.words if self._why.found else ()
        return [
            {
                "text": word.text,
                "weight": round(word.weight, 2),
                "note": self.word("web.why_repaired" if word.repaired else "web.why_unknown")
                if word.repaired or not word.known
                else "",
            }
            for word in read
        ]

    def _figure(self, value: float) -> str:
        """Two decimals, with the language's comma or point."""
        return f"{value:.2f}".replace(".", "," if self._language == "lv" else ".")
