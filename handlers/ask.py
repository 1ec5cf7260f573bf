"""Free text: a typed answer for the open card, or a question."""

from __future__ import annotations

from dataclasses import replace

from handlers import budget, budget_showing, check, journey, votes
from handlers.answers import entry_reply
from handlers.buttons import Button, Press
from handlers.context import Services, Turn, Who
from handlers.other import stale
from handlers.replies import reply_to
from handlers.reply import Reply
from knowledge.model import SECTORS, Language

KIND = "e"

NOBODY = Who(0, 0)
"""Stands for the asker of a question outside any chat: nothing is remembered."""


async def text(turn: Turn, text: str) -> Reply:
    """A typed answer goes to the open card where it fits its step; anything else is a question.

    Under its answer a button leads back to the card.
    """
    if turn.card is None:
        return votes.votable(turn, reply_to(text, turn))
    typed = check.typed(turn, text) or journey.typed(turn, text) or budget.typed(turn, text)
    if typed is not None:
        return typed
    answered = reply_to(text, turn)
    if answered.card is not None or turn.card.state.startswith(journey.KIND):
        return votes.votable(
            turn, answered
        )  # a card of its own takes the place of the open one; a sum is no dialogue
    of_budget = turn.card.state.startswith(budget_showing.KIND)
    back = Button(turn.label("budget.back_to_card" if of_budget else "ask.back_to_card"), turn.card.state)
    return votes.votable(turn, replace(answered, buttons=(*answered.buttons, (back,))))


async def pressed(turn: Turn, press: Press) -> Reply:
    """A button that shows an entry, for a sector if it names one."""
    name, asked = (*press.fields, "", "")[:2]
    entry = turn.services.knowledge.entry(name)
    sector = next((known for known in SECTORS if known == asked), None)
    return entry_reply(turn, entry, sector) if entry else await stale(turn)


async def answer(
    services: Services, question: str, language: Language | None, *, for_tools: bool = True
) -> Reply:
    """The reply to a question outside any chat; None lets the question decide the language.

    Tools get the runners-up with their full answers; without them it is the work a chat makes.
    """
    turn = Turn(services, NOBODY, language or "lv", services.clock(), for_tools=for_tools)
    return reply_to(question, turn, fixed_language=language is not None)
