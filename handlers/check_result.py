"""The result of the eligibility quiz: a line for every rule, what to change, whom to ask, what next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from handlers.answers import entry_button, short_sources, with_footer
from handlers.buttons import Button, pack
from handlers.context import Turn
from handlers.reply import Rows
from knowledge.answersheet import Sheet
from knowledge.checklist import Verdict
from knowledge.deadlines import status
from knowledge.eligibility import Judged, judge
from knowledge.facts.people import Contact
from knowledge.model import split_source
from knowledge.render import Rendered

ORDER: tuple[Verdict, ...] = ("not_met", "unclear", "met")
"""What has to change comes first: it is what the person is here for."""

ENTRIES = 2
"""Entries offered to read at most; the buttons below must stay on the screen."""


@dataclass(frozen=True, slots=True)
class Line:
    """A rule's line with the sources behind it."""

    html: str
    sources: tuple[str, ...]


def result(turn: Turn, sheet: Sheet) -> tuple[str, Rows]:
    """The result as Telegram HTML, and the buttons below it."""
    call = turn.services.knowledge.call
    judged = judge(sheet.checklist, sheet.call, sheet.answers)
    person = call.contact(sheet.sector) if all(option.contact for option in sheet.picked()) else None
    lines = {verdict: [_line(turn, j) for j in judged if j.verdict == verdict] for verdict in ORDER}
    now = status(call, turn.now).state
    counts: dict[str, object] = {verdict: len(found) for verdict, found in lines.items()}
    next_ = _next(turn, sheet, {"state": now, **counts})
    parts = [turn.say("check.score", state=now, **counts)]
    for verdict in ORDER:
        block = [line.html for line in lines[verdict]]
        if verdict == "unclear" and block:
            block.append(turn.say("check.ask", person=person))
        if block:
            parts.append("\n".join(block))
    parts.append("\n".join(_further(turn, next_, person)))
    named = (source for found in lines.values() for line in found for source in line.sources)
    used = _documents((*named, *(next_.sources if next_ else ())))
    about = None if _is_youth(sheet) else call.id
    return with_footer(turn, Rendered("\n\n".join(parts), used), about=about), _rows(turn, sheet)


def _next(turn: Turn, sheet: Sheet, values: dict[str, object]) -> Rendered | None:
    """What to do next; None where the line of the answer that ended the quiz has said it."""
    if any(option.ends for option in sheet.picked()):
        return None
    template = sheet.checklist.next.to(turn.language)
    return turn.services.renderer.render(template, turn.language, {**values, "sector": sheet.sector})


def _is_youth(sheet: Sheet) -> bool:
    """Whether the project belongs to the field that another agency runs, with deadlines of its own."""
    return any(option.sector == "youth" for option in sheet.picked())


def _line(turn: Turn, judged: Judged) -> Line:
    render = turn.services.renderer.render
    says = render(judged.says.to(turn.language), turn.language, judged.values)
    then = render(judged.then.to(turn.language), turn.language, judged.values) if judged.then else None
    sources = tuple(dict.fromkeys((*judged.sources, *says.sources)))
    place = short_sources(turn, judged.sources or sources)
    html = turn.say(f"check.{judged.verdict}", says=says.html, place=place)
    if then is not None:
        html += "\n" + turn.say("check.then", then=then.html)
    return Line(html, tuple(dict.fromkeys((*sources, *(then.sources if then else ())))))


def _documents(sources: Iterable[str]) -> tuple[str, ...]:
    """The documents alone: the places stand beside each rule."""
    return tuple(dict.fromkeys(split_source(source)[0] for source in sources))


def _further(turn: Turn, next_: Rendered | None, person: Contact | None) -> Iterator[str]:
    if next_ is not None:
        yield turn.say("check.next", next=next_.html)
    if person is not None:
        yield turn.say("check.contact", person=person)
    yield turn.say("check.not_binding")


def _rows(turn: Turn, sheet: Sheet) -> Rows:
    knowledge, language = turn.services.knowledge, turn.language
    names = [option.entry for option in sheet.picked() if option.entry]
    entries = [entry for name in names if (entry := knowledge.entry(name)) is not None]
    contact = "youth" if _is_youth(sheet) else sheet.sector or "choose"
    last = [Button(turn.label("check.contact_button"), pack("k", language, contact))]
    if not _is_youth(sheet):
        last.append(Button(turn.label("check.deadline_button"), pack("e", language, "deadline", "")))
    return (*((entry_button(turn, entry, sheet.sector),) for entry in entries[:ENTRIES]), tuple(last))
