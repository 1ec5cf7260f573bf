"""The budget card's views of planned sums: outputs, events, real costs."""

from __future__ import annotations

from handlers.budget_card import own_sum
from handlers.budget_showing import OWN_SUMS, WHOLE, Showing, Shown, View
from handlers.buttons import Button, pack
from handlers.reply import Rows
from knowledge.budgetplan import MOST, SUMS, SumName

STEPS = (100, 1000, 10_000)
"""Amounts that one press adds or takes away."""

ENTRIES: dict[SumName, str] = {
    "outputs": "outputs-rates",
    "events": "events-rates",
    "support": "support-after-day-14",
    "expensive": "travel-expensive",
    "special-needs": "special-needs",
    "exceptional": "exceptional-costs",
}
"""The entry that says what is known of a sum."""


def sums(showing: Showing) -> Shown:
    """All planned sums, or the open one."""
    at = showing.view.at
    if at is not None and at < len(SUMS):
        return _one(showing, SUMS[at])
    rows = tuple(
        (
            showing.button(
                showing.turn.label(f"budget.sum_{name}", amount=showing.budget.sum_of(name)),
                view=View(OWN_SUMS.kind, number),
            ),
        )
        for number, name in enumerate(SUMS)
    )
    return showing.say("budget.view_sums"), (*rows, showing.back(WHOLE))


def _one(showing: Showing, name: SumName) -> Shown:
    turn, amount = showing.turn, showing.budget.sum_of(name)
    own = next(
        each for category in showing.reckoning.categories for each in category.own if each.name == name
    )
    label = turn.label(f"budget.sum_{name}", amount=amount)
    rows = (
        *_steps(showing, name),
        *(
            ((showing.button(turn.label("budget.nothing"), budget=showing.budget.with_sum(name, 0)),),)
            if amount
            else ()
        ),
        *_known(showing, name),
        showing.back(OWN_SUMS),
    )
    return showing.say("budget.view_sum", own_sum(turn, own), label=label), rows


def _steps(showing: Showing, name: SumName) -> Rows:
    """A row that adds and a row that takes away, as far as it goes."""
    amount = showing.budget.sum_of(name)
    more = tuple(
        showing.button(
            showing.turn.label("budget.more", amount=step),
            budget=showing.budget.with_sum(name, amount + step),
        )
        for step in STEPS
        if amount + step <= MOST.money
    )
    less = tuple(
        showing.button(
            showing.turn.label("budget.less", amount=step),
            budget=showing.budget.with_sum(name, amount - step),
        )
        for step in STEPS
        if amount - step >= 0
    )
    return tuple(row for row in (more, less) if row)


def _known(showing: Showing, name: SumName) -> Rows:
    """What is known of the sum otherwise."""
    turn = showing.turn
    entry = turn.services.knowledge.entry(ENTRIES[name])
    if entry is None:
        return ()
    return ((Button(entry.text(turn.language).title, pack("e", turn.language, entry.id, "")),),)
