"""The budget card's views of the project: the whole, months, organisations, sector and type."""

from __future__ import annotations

from dataclasses import replace

from handlers.budget_card import card_html
from handlers.budget_showing import (
    FILE,
    MEETINGS,
    MONTHS,
    ORGANISATIONS,
    OWN_SUMS,
    PROJECT,
    TRAININGS,
    WHOLE,
    Showing,
    Shown,
    in_rows,
    ticked,
)
from handlers.buttons import Button, pack
from handlers.reply import Rows
from knowledge.budgetplan import MOST
from knowledge.model import SECTORS

MONTHS_APART = 6
"""Months between the lengths offered, and how far a large step goes."""

MORE_THAN_LEAST = 5
"""Organisations beyond the smallest consortium that have a button."""

A_ROW = 3


def whole(showing: Showing) -> Shown:
    """The whole budget, and what may be changed in it."""
    turn, budget, reckoning = showing.turn, showing.budget, showing.reckoning
    total = f"{reckoning.total:f}".removesuffix(".00")
    rows: Rows = (
        (
            showing.button(turn.label("budget.to_months", months=budget.months), view=MONTHS),
            showing.button(
                turn.label("budget.to_organisations", many=budget.organisations), view=ORGANISATIONS
            ),
        ),
        (
            showing.button(turn.label("budget.to_meetings", many=len(budget.meetings)), view=MEETINGS),
            showing.button(turn.label("budget.to_trainings", many=len(budget.trainings)), view=TRAININGS),
        ),
        (
            showing.button(turn.label("budget.to_sums"), view=OWN_SUMS),
            showing.button(turn.label("budget.to_project"), view=PROJECT),
        ),
        (
            Button(
                turn.label("budget.copy", total=reckoning.total),
                copy=total.replace(".", turn.label("budget.decimal_sign")),
            ),
            showing.button(turn.label("budget.to_file"), view=FILE),
        ),
        (Button(turn.label("button.person"), pack("k", turn.language, budget.sector or "choose")),),
    )
    return card_html(turn, reckoning), rows


def months(showing: Showing) -> Shown:
    """How long the project is."""
    turn, budget = showing.turn, showing.budget
    limits = showing.call.duration.of(budget.sector)
    offered = range(limits.min_months, limits.max_months + 1, MONTHS_APART)
    rows = (
        *in_rows(
            (
                showing.button(ticked(str(each), each == budget.months), budget=replace(budget, months=each))
                for each in offered
            ),
            A_ROW,
        ),
        showing.steps(
            turn.label("budget.to_months", months=budget.months),
            budget.months,
            (1, MOST.months),
            lambda value: replace(budget, months=value),
        ),
        showing.back(WHOLE),
    )
    return showing.say("budget.view_months", limits=limits), rows


def organisations(showing: Showing) -> Shown:
    """How many organisations take part, the applicant among them."""
    turn, budget = showing.turn, showing.budget
    least = showing.call.consortium.partners
    rows = (
        *in_rows(
            (
                showing.button(
                    ticked(str(each), each == budget.organisations),
                    budget=replace(budget, organisations=each),
                )
                for each in range(least, least + MORE_THAN_LEAST + 1)
            ),
            A_ROW,
        ),
        showing.steps(
            turn.label("budget.to_organisations", many=budget.organisations),
            budget.organisations,
            (1, MOST.organisations),
            lambda value: replace(budget, organisations=value),
        ),
        showing.back(WHOLE),
    )
    return showing.say("budget.view_organisations"), rows


def project(showing: Showing) -> Shown:
    """Sector and project type; a second press on the chosen one takes the choice back."""
    budget, language = showing.budget, showing.turn.language
    sectors = (
        showing.button(
            ticked(showing.call.sector(each).name.to(language).capitalize(), each == budget.sector),
            budget=replace(budget, sector=None if each == budget.sector else each),
        )
        for each in SECTORS
    )
    types = (
        showing.button(
            ticked(each.short.to(language).capitalize(), each.id == budget.project_type),
            budget=replace(budget, project_type=None if each.id == budget.project_type else each.id),
        )
        for each in showing.call.project_types
    )
    rows = (*in_rows(sectors, 1), *in_rows(types, 1), showing.back(WHOLE))
    return showing.say("budget.view_project"), rows
