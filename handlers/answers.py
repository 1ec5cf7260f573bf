"""An entry as a reply: the answer, where it stands, how sure it is, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.buttons import Button, pack
from handlers.context import Thread, Turn
from handlers.reply import Choice, Reply, Rows
from knowledge.deadlines import status
from knowledge.entry import Entry
from knowledge.model import Sector, split_source
from knowledge.reading import Reading
from knowledge.render import Rendered
from knowledge.sources import cite, weakest

RELATED = 3
"""Related questions under an answer: more would push the answer off a phone's screen."""

SOURCES = 3
"""Documents named under an answer; entries rarely need more."""


def entry_reply(turn: Turn, entry: Entry, sector: Sector | None = None) -> Reply:
    """The full reply of an entry for a sector, with sources and buttons."""
    return Reply(
        entry_html(turn, entry, sector),
        entry_buttons(turn, entry, sector),
        thread=Thread(entry.id, turn.language, Reading(sector=sector)),
    )


def entry_html(turn: Turn, entry: Entry, sector: Sector | None) -> str:
    """Answer, detail, and the lines that the program adds below."""
    rendered = turn.services.renderer.entry(entry, turn.language, sector)
    return with_footer(turn, rendered, about=entry.about)


def with_footer(turn: Turn, rendered: Rendered, about: str | None) -> str:
    """A text with its sources, a word on how far they may be trusted, and the call's state today."""
    knowledge = turn.services.knowledge
    lines: list[str] = []
    cited = cite(knowledge.documents, rendered.sources, turn.language)
    if cited:
        lines.append(turn.say("footer.source", sources="; ".join(cited[:SOURCES])))
    doubtful = weakest(knowledge.documents, rendered.sources)
    if doubtful and doubtful.confidence not in ("presentation", "guide"):
        lines.append(turn.say(f"footer.{doubtful.confidence}", year=(doubtful.as_of or "")[:4]))
    if about in knowledge.calls:
        lines.append(state_line(turn, about))
    elif about in knowledge.programmes:
        lines.append(turn.say("footer.programme", period=knowledge.programmes[about].period))
    return rendered.html + ("\n\n" + "\n".join(lines) if lines else "")


def short_sources(turn: Turn, sources: Iterable[str]) -> str:
    """Where a rule stands, in short: slides and pages; the document where no place is known."""
    documents = turn.services.knowledge.documents
    places: dict[str, None] = {}
    for source in sources:
        document, place = split_source(source)
        where = documents[document].place
        named = where.to(turn.language).format(place=place) if where and place else None
        places[named or documents[document].title.to(turn.language)] = None
    return turn.label("check.place", places=tuple(places)) if places else ""


def state_line(turn: Turn, call_id: str) -> str:
    """One line that says whether the call is open now, and until or since when."""
    call = turn.services.knowledge.calls[call_id]
    now = status(call, turn.now)
    year_hour = {"at": now.last.at.isoformat(sep=" "), "year": call.year}
    return turn.say(f"state.{now.state}", **year_hour)


def entry_buttons(turn: Turn, entry: Entry, sector: Sector | None) -> Rows:
    """Related questions, one a row, and the person to ask."""
    knowledge = turn.services.knowledge
    rows: list[tuple[Button, ...]] = []
    for related in entry.related[:RELATED]:
        other = knowledge.entry(related)
        if other is not None:
            rows.append((entry_button(turn, other, sector),))
    if entry.person != "none":
        known = sector if entry.person == "sector" else None
        ask_whom = known or ("head" if entry.person == "head" else "choose")
        rows.append((Button(turn.label("button.person"), pack("k", turn.language, ask_whom)),))
    return tuple(rows)


def entry_button(turn: Turn, entry: Entry, sector: Sector | None = None) -> Button:
    """A button that shows an entry."""
    return Button(entry.text(turn.language).title, pack("e", turn.language, entry.id, sector or ""))


def choice(turn: Turn, entry: Entry, sector: Sector | None) -> Choice:
    """A runner-up with its full answer, for tools that look behind the reply."""
    return Choice(entry.id, entry.text(turn.language).title, entry_html(turn, entry, sector))
