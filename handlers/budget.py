"""/budget: the whole budget of a project on one card, edited in place.

All its state travels in the buttons (and, for typed figures, in the chat's open card): a digest of the rules,
what is planned, and what is shown of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers.budget_file import budget_file
from handlers.budget_lines import meetings, trainings
from handlers.budget_showing import (
    FILE,
    KIND,
    MEETINGS,
    MONTHS,
    ORGANISATIONS,
    OWN_SUMS,
    PROJECT,
    TRAININGS,
    WHOLE,
    Showing,
    Shown,
    View,
)
from handlers.budget_sums import sums
from handlers.budget_typed import Filled, Problem, fill, fill_view, limit
from handlers.budget_views import months, organisations, project, whole
from handlers.buttons import Button, Press, unpack
from handlers.context import Thread, Turn
from handlers.reply import Finding, Reply
from knowledge import words
from knowledge.budgetplan import Budget
from knowledge.budgetreading import read_budget
from knowledge.budgetsaid import Said
from knowledge.budgetstate import decode, digest
from knowledge.deciding import Outcome
from knowledge.model import Sector

ENTRY = "budget"
"""What a calculated reply calls itself in `ask --json`."""

TOPIC = "budget-categories"
"""The entry that a short message after the card continues, once the card is no longer open."""

OPENING = 2
"""Words among which the one that continues stands: "un ar 6 partneriem?"."""

_SHOWN: Mapping[str, Callable[[Showing], Shown]] = {
    WHOLE.kind: whole,
    MONTHS.kind: months,
    ORGANISATIONS.kind: organisations,
    PROJECT.kind: project,
    MEETINGS.kind: meetings,
    TRAININGS.kind: trainings,
    OWN_SUMS.kind: sums,
}


async def command(turn: Turn, args: str) -> Reply:
    """`/budget`, or with what is known already: `/budget 24 mēneši 4 partneri`, `/budget 24 4`."""
    if not args.strip():
        return _card(Showing(turn, _smallest(turn, turn.profile.sector)))
    said = _bare_as_project(read_budget(args, turn.services.sectors))
    filled = _filled(turn, said)
    notice = "" if said.anything or filled.problems else turn.say("budget.not_understood")
    return _card(Showing(turn, filled.budget), notice or _told(turn, filled.problems))


async def pressed(turn: Turn, press: Press) -> Reply:
    """Another budget, another view of it, or the file: whatever the button packs."""
    edition, state, view = (*press.fields, "", "", "")[:3]
    call = turn.services.knowledge.call
    budget = decode(call, state)
    if budget is None or edition != digest(call):
        fresh = _card(Showing(turn, _smallest(turn, turn.profile.sector)), turn.say("budget.stale"))
        return replace(fresh, in_place=False)
    showing = Showing(turn, budget, View.read(view))
    if showing.view == FILE:
        return Reply(
            turn.say("budget.file", total=showing.reckoning.total),
            # a tenth of a second of work, for which nobody else should wait
            document=await asyncio.to_thread(budget_file, turn, showing.reckoning),
        )
    return replace(_card(showing), in_place=True)


def typed(turn: Turn, text: str) -> Reply | None:
    """Typed figures that fit the open card change it; None where the text is something else."""
    press = unpack(turn.card.state) if turn.card else None
    if press is None or press.kind != KIND:
        return None
    call = turn.services.knowledge.call
    edition, state, view = (*press.fields, "", "", "")[:3]
    budget = decode(call, state)
    said = read_budget(text, turn.services.sectors)
    if budget is None or edition != digest(call) or not said.whole or (said.asks and not _continues(text)):
        return None
    showing = Showing(turn.speaking(press.language), budget, View.read(view))
    filled = fill_view(call, budget, showing.view.kind, showing.view.at, said)
    if filled is None:
        return None
    if said.lines:  # what was named need not be what is open
        showing = replace(showing, view=WHOLE)
    card = _card(replace(showing, budget=filled.budget), _told(turn, filled.problems))
    return replace(card, in_place=True)


def asked(turn: Turn, question: str, outcome: Outcome) -> Reply | None:
    """The card for a free question that gives a whole project's figures, or asks to work out its budget."""
    said = read_budget(question, turn.services.sectors)
    if "management" in said.named or said.negative:
        return None
    to_calculate = {"budget", "calculate"} <= said.wants
    project_known = said.months is not None and said.organisations is not None
    planned = said.of_project and any(line.people or line.staff or line.learners for line in said.lines)
    if (project_known and (said.wants or said.whole or planned)) or (said.whole and planned):
        return _found(turn, _card(Showing(turn, _filled(turn, said).budget)), outcome)
    if to_calculate and said.of_project and said.whole:
        return _found(turn, _card(Showing(turn, _filled(turn, said).budget)), outcome)
    if to_calculate and said.whole:
        offer = Reply(turn.say("budget.offer"), ((button(turn),),), thread=Thread(TOPIC, turn.language))
        return _found(turn, offer, outcome)
    return None


def button(turn: Turn, months: int | None = None) -> Button:
    """A button that opens the card, with the months if they are known."""
    budget = _smallest(turn, turn.profile.sector)
    showing = Showing(turn, replace(budget, months=months) if months else budget)
    return Button(turn.label("budget.open"), showing.packed())


def _card(showing: Showing, notice: str = "") -> Reply:
    html, rows = _SHOWN.get(showing.view.kind, whole)(showing)
    if notice:
        html = showing.turn.say("budget.notice", notice=notice) + "\n\n" + html
    return Reply(html, rows, card=showing.packed(), thread=Thread(TOPIC, showing.turn.language))


def _found(turn: Turn, reply: Reply, outcome: Outcome) -> Reply:
    call = turn.services.knowledge.call
    sources = (*call.grant.source, *call.management.source)
    return replace(reply, finding=Finding("answer", ENTRY, outcome.confidence, sources, (), turn.language))


def _smallest(turn: Turn, sector: Sector | None) -> Budget:
    """The shortest project with the fewest organisations that the call allows: where a card begins."""
    call = turn.services.knowledge.call
    return Budget(call.duration.of(sector).min_months, call.consortium.partners, sector)


def _filled(turn: Turn, said: Said) -> Filled:
    return fill(turn.services.knowledge.call, _smallest(turn, said.sector or turn.profile.sector), said)


def _bare_as_project(said: Said) -> Said:
    """`/budget 24 4`: bare figures are months and organisations, in this order, where neither is named."""
    bare = said.loose.bare
    if not bare or said.months is not None or said.organisations is not None:
        return said
    many = bare[1] if len(bare) > 1 else None
    whole_number = int(many) if many is not None and many == int(many) else 0
    return replace(said, months=bare[0], organisations=whole_number if many is not None else None)


def _told(turn: Turn, problems: tuple[Problem, ...]) -> str:
    """What of the typed line could not be taken, and how to write it."""
    return "\n".join(turn.say(f"budget.wrong_{each}", most=limit(each)) for each in problems)


def _continues(text: str) -> bool:
    return any(token.form in words.continuing_words() for token in words.tokens(text)[:OPENING])
