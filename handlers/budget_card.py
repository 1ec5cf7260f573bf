"""The budget as a text: each category with its working and where it stands, the total, what to mend."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from handlers.answers import short_sources, with_footer
from handlers.context import Turn
from knowledge.budget import CategorySum, OwnSum, Reckoning, Remark, funded, shortest_days
from knowledge.call import Call
from knowledge.facts.guide import GuidePage
from knowledge.render import Rendered

NO_TABLE = {"outputs": "partnerships", "events": "partnerships", "support": "training_money"}
"""Sums whose cost tables the call's sources lack → the page of the guide that leads to them."""


def card_html(turn: Turn, reckoning: Reckoning) -> str:
    """The whole card; sources stand beside each category, their documents once at the end."""
    parts = []
    used: dict[str, None] = {}
    head = turn.services.phrases.rendered("budget.head", turn.language, **head_values(turn, reckoning))
    blocks = [_category(turn, reckoning, each) for each in reckoning.categories if _to_show(each)]
    missing = [*_missing(turn, reckoning)]
    if len(blocks) == 1:
        missing.append(turn.services.phrases.rendered("budget.only_management", turn.language))
    total = turn.services.phrases.rendered("budget.total", turn.language, **_total_values(turn, reckoning))
    remarks = [remark(turn, reckoning, each) for each in reckoning.remarks]
    for each in (head, *blocks, *missing, total, *remarks):
        parts.append(each.html)
        used.update(dict.fromkeys(each.sources))
    documents = tuple(dict.fromkeys(source.partition("/")[0] for source in used))
    whole = Rendered(_joined(parts, len(remarks)), documents)
    return with_footer(turn, whole, turn.services.knowledge.call.id)


def head_values(turn: Turn, reckoning: Reckoning) -> dict[str, object]:
    """What the first line of the card and the words beside the file name."""
    call, budget = turn.services.knowledge.call, reckoning.budget
    return {
        "budget": budget,
        "sector": call.sector(budget.sector) if budget.sector else None,
        "type": next((each for each in call.project_types if each.id == budget.project_type), None),
    }


def remark(turn: Turn, reckoning: Reckoning, each: Remark) -> Rendered:
    """One thing to mend or to know."""
    call, budget = turn.services.knowledge.call, reckoning.budget
    return turn.services.phrases.rendered(
        f"budget.remark_{each.id}",
        turn.language,
        **head_values(turn, reckoning),
        limits=call.duration.of(budget.sector),
        category=each.category,
        line=each.line,
        many=len(budget.meetings if each.id.startswith("meeting") else budget.trainings) > 1,
        shortest=shortest_days(call, budget.sector),
        page=call.guide.pages["training_money"],
        over=-reckoning.left,
    )


def own_sum(turn: Turn, own: OwnSum) -> Rendered:
    """A planned sum: its share of the real cost, or the applicant's own figure and where its table stands."""
    if own.name in NO_TABLE:
        page = _page(turn.services.knowledge.call, own)
        return turn.services.phrases.rendered(f"budget.own_{own.name}", turn.language, own=own, page=page)
    call = turn.services.knowledge.call
    sources = call.travel.expensive.source if own.name == "expensive" else call.category(own.name).source
    return turn.services.phrases.rendered("budget.real", turn.language, own=own, sources=sources)


def _page(call: Call, own: OwnSum) -> GuidePage:
    return call.guide.pages[NO_TABLE[own.name]]


def _to_show(each: CategorySum) -> bool:
    planned = any(own.amount for own in each.own)
    return bool(each.management or each.meetings or each.trainings or planned)


def _category(turn: Turn, reckoning: Reckoning, each: CategorySum) -> Rendered:
    phrases, language = turn.services.phrases, turn.language
    lines = [_working(turn, reckoning, each)] if each.management else []
    lines += [phrases.rendered("budget.meeting", language, sum=line) for line in each.meetings]
    lines += [phrases.rendered("budget.training", language, sum=line) for line in each.trainings]
    lines += [own_sum(turn, own) for own in each.own if own.amount]
    title = turn.say(
        "budget.category", category=each.category, total=each.total, place=short_sources(turn, each.sources)
    )
    used = dict.fromkeys((*each.sources, *(source for line in lines for source in line.sources)))
    return Rendered("\n".join((title, *(line.html for line in lines))), tuple(used))


def _working(turn: Turn, reckoning: Reckoning, each: CategorySum) -> Rendered:
    return turn.services.phrases.rendered(
        "budget.management", turn.language, managed=each.management, budget=reckoning.budget
    )


def _missing(turn: Turn, reckoning: Reckoning) -> Iterator[Rendered]:
    """The categories without a known table that no sum is planned for, if the project type has them."""
    names = tuple(
        each.category.name
        for each in reckoning.categories
        if each.category.id in NO_TABLE
        and funded(reckoning.budget, each.category)
        and not any(own.amount for own in each.own)
    )
    if names:
        page = turn.services.knowledge.call.guide.pages[NO_TABLE["outputs"]]
        yield turn.services.phrases.rendered("budget.missing", turn.language, names=names, page=page)


def _total_values(turn: Turn, reckoning: Reckoning) -> dict[str, object]:
    call = turn.services.knowledge.call
    return {
        "total": reckoning.total,
        "months": reckoning.budget.months,
        "ceiling": reckoning.ceiling,
        "capped": call.grant.per_month * reckoning.budget.months > call.grant.total,
        "left": max(reckoning.left, Decimal(0)),
        "place": short_sources(turn, call.grant.source),
    }


def _joined(parts: list[str], remarks: int) -> str:
    """Blank lines between the parts; the remarks stand line under line."""
    before, last = (parts[:-remarks], parts[-remarks:]) if remarks else (parts, [])
    return "\n\n".join((*before, *(["\n".join(last)] if last else [])))
