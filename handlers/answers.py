"""An entry as a reply: the answer, where it stands, how sure it is, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup

from handlers.buttons import Button, pack
from handlers.context import Thread, Turn
from handlers.reply import Choice, Reply, Rows
from handlers.splitting import parts, plain, utf16_length
from knowledge.deadlines import status
from knowledge.entry import Entry
from knowledge.model import Sector, split_source
from knowledge.reading import Reading
from knowledge.render import Rendered
from knowledge.sources import cite, weakest

RELATED = 3
"""Related questions under an answer: more would push the answer off a phone's screen."""

LONGEST = 1_100
"""Characters, markup included, that two answers in one reply may have before the first loses its detail."""

HEDGE = 500
"""UTF-16 units that a second answer may have: every sentence fits, of a long list its beginning."""

WHOLE_LIST = 900
"""The same for a list that holds the first answer too: the right one may be its last item."""

FIGURES = 2
"""Figures from which two related answers with the same ones are taken to say the same."""

_FIGURE = re.compile(r"\d+")
_STRESSED = re.compile(r"<b>(.*?)</b>", re.DOTALL)

BRIEF = 300
"""UTF-16 units of an answer that keeps its detail even where it has to be short, since that may matter: a
deadline with its extension."""

SOURCES = 3
"""Documents named under an answer; entries rarely need more."""


def entry_reply(turn: Turn, entry: Entry, sector: Sector | None = None) -> Reply:
    """The full reply of an entry for a sector, with sources and buttons."""
    return Reply(
        entry_html(turn, entry, sector),
        entry_buttons(turn, entry, sector),
        thread=Thread(entry.id, turn.language, Reading(sector=sector)),
    )


def two_answers(turn: Turn, first: Entry, second: Entry, sector: Sector | None) -> tuple[Reply, Rendered]:
    """The reply of an entry, and below it another's short answer: the question may have meant either.

    Where both do not fit on a phone's screen the first goes without its detail, and of a long second one
    less is told; its button has the rest.
    """
    if second.id == first.part_of:
        both = _both(turn, first, second, sector, brief=True, hedge=WHOLE_LIST)
    else:
        both = _both(turn, first, second, sector, brief=turn.in_group)
        if len(both.html) > LONGEST:
            both = _both(turn, first, second, sector, brief=True)
        if len(both.html) > LONGEST:
            both = _both(turn, first, second, sector, brief=True, hedge=BRIEF)
    reply = Reply(
        with_footer(turn, both, about=first.about or second.about),
        ((entry_button(turn, second, sector),), *entry_buttons(turn, first, sector, but=second)),
        thread=Thread(first.id, turn.language, Reading(sector=sector)),
    )
    return reply, both


def listed_with(turn: Turn, first: Entry, second: Entry) -> Entry:
    """The list that both are part of, so that a third item may be the one meant; else the second itself."""
    together = first.part_of is not None and (first.part_of, first.sector) == (second.part_of, second.sector)
    whole = turn.services.knowledge.entry(first.part_of or "") if together else None
    return whole or second


def says_the_same(turn: Turn, first: Entry, second: Entry, sector: Sector | None) -> bool:
    """Whether a related entry's short answer tells figures, and stresses nothing the first has not told."""
    if second.id not in first.related or second.about != first.about:
        return False
    renderer = turn.services.renderer
    told = renderer.entry(first, turn.language, sector).html
    short = renderer.entry(second, turn.language, sector, brief=True).html
    figures = set(_FIGURE.findall(short))
    named = (each for each in _STRESSED.findall(short) if not _FIGURE.search(each))
    return (
        len(figures) >= FIGURES
        and figures <= set(_FIGURE.findall(told))
        and all(each.casefold() in told.casefold() for each in named)
    )


def _both(
    turn: Turn, first: Entry, second: Entry, sector: Sector | None, *, brief: bool, hedge: int = HEDGE
) -> Rendered:
    renderer = turn.services.renderer
    main = renderer.entry(first, turn.language, sector, brief=brief)
    other = renderer.entry(second, turn.language, sector, brief=True)
    hint = parts(other.html, hedge)[0]
    html = turn.say(
        "ask.either",
        first=first.text(turn.language).title,
        answer=Markup(main.html),  # noqa: S704 - rendered from our own templates, escaped there
        second=second.text(turn.language).title,
        other=Markup(hint),  # noqa: S704 - likewise
        more=hint != other.html,
        button=not turn.in_group,
        unsure=first.kind == "redirect" and second.kind != "redirect",
        period=_period(turn, second) if second.about != first.about else "",
    )
    return Rendered(html, tuple(dict.fromkeys((*main.sources, *other.sources))))


def _period(turn: Turn, entry: Entry) -> str:
    """The years an entry is about, for a title: the call's or the later programme's; empty for neither."""
    knowledge = turn.services.knowledge
    if entry.about in knowledge.programmes:
        return knowledge.programmes[entry.about].period
    return str(knowledge.calls[entry.about].year) if entry.about in knowledge.calls else ""


def entry_html(turn: Turn, entry: Entry, sector: Sector | None) -> str:
    """Answer, detail (only a short one where others read along), and the lines that the program adds."""
    rendered = turn.services.renderer.entry(entry, turn.language, sector)
    if turn.in_group and utf16_length(plain(rendered.html)) > BRIEF:
        rendered = turn.services.renderer.entry(entry, turn.language, sector, brief=True)
    return with_footer(turn, rendered, about=entry.about)


def has_source(turn: Turn, entry: Entry) -> bool:
    """Whether an entry says something of the subject, worth passing on: thanks and small talk are not."""
    return bool(turn.services.renderer.entry(entry, turn.language).sources)


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
    zone = call.deadlines.zone_time.to(turn.language)
    at = now.last.at.isoformat(sep=" ")
    return turn.say(f"state.{now.state}", at=at, zone=zone, year=call.year)


def entry_buttons(turn: Turn, entry: Entry, sector: Sector | None, *, but: Entry | None = None) -> Rows:
    """Related questions, one a row, and the person to ask; `but` has a button of its own already."""
    knowledge = turn.services.knowledge
    rows: list[tuple[Button, ...]] = []
    for related in entry.related[: RELATED if but is None else RELATED - 1]:
        other = knowledge.entry(related)
        if other is not None and other != but:
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
