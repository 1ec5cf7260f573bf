"""The buttons below a trip's card: people, days, kind, what a ticket costs, and where to go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from handlers.buttons import Button, pack
from handlers.context import Turn
from handlers.reply import Rows
from handlers.trip_state import encode
from knowledge.party import Party
from knowledge.places import load_places
from knowledge.travel import MOST_PEOPLE
from knowledge.trip import MOST_DAYS, Cost, Trip

TRIP = "j"
"""The kind of button that carries a trip."""

Row = tuple[Button, ...]


def trip_rows(turn: Turn, trip: Trip, spent: Cost, others: Rows) -> Rows:
    """All rows; a trip too large for its buttons has only those that lead elsewhere."""
    paid = any(part.sum for part in spent.parts)
    rows: list[Row] = []
    if encode(trip) is not None:
        if paid:
            rows += _people(turn, trip)
            rows += _days(turn, trip)
            rows += _ticket(turn, trip)
        if any(part.km for part in spent.parts):
            rows.append(_kind(turn, trip, paid=paid))
    if spent.total:
        rows.append(tuple(_copy(turn, total) for total in _totals(spent)))
    return (*rows, *others, *_elsewhere(turn, trip))


def _step(turn: Turn, label: str, trip: Trip) -> Button | None:
    state = encode(trip)
    return Button(label, pack(TRIP, turn.language, state)) if state else None


def _row(buttons: Iterable[Button | None]) -> Row:
    return tuple(button for button in buttons if button is not None)


def _people(turn: Turn, trip: Trip) -> list[Row]:
    """A stepper for each kind of people at the selected start, then who they are or who comes along."""
    at = trip.selected
    party = trip.starts[at].party
    rows = []
    for field, count in (("others", party.others), ("learners", party.learners), ("staff", party.staff)):
        if not count:
            continue
        label = turn.label(f"trip.{field}", count=count, origin=_origin(turn, trip))
        steps = [
            (text, trip.with_party(at, _with(party, field, count + step)))
            for text, step in (("−", -1), (label, 0), ("+", 1))
            if 1 <= party.people + step <= MOST_PEOPLE
        ]
        rows.append(_row(_step(turn, text, changed) for text, changed in steps))
    if trip.kind == "training" and trip.days:
        rows.append(_row(_roles(turn, trip, party)))
    if len(trip.starts) > 1:
        following = replace(trip, selected=(at + 1) % len(trip.starts))
        rows.append(_row([_step(turn, turn.label("trip.next", origin=_origin(turn, following)), following)]))
    return [row for row in rows if row]


def _roles(turn: Turn, trip: Trip, party: Party) -> Iterable[Button | None]:
    """Whoever is not named as staff or learners becomes either; then the missing kind may come along."""
    at = trip.selected
    if party.people == party.others:
        for role in ("staff", "learners"):
            named = _with(Party(), role, party.others)
            yield _step(turn, turn.label(f"trip.are_{role}"), trip.with_party(at, named))
    elif party.people < MOST_PEOPLE:
        for role, count in (("staff", party.staff), ("learners", party.learners)):
            if not count:
                more = _with(party, role, 1)
                yield _step(turn, turn.label(f"trip.more_{role}"), trip.with_party(at, more))


def _with(party: Party, field: str, count: int) -> Party:
    return Party(**{"staff": party.staff, "learners": party.learners, "others": party.others, field: count})


def _days(turn: Turn, trip: Trip) -> list[Row]:
    """The days of a training activity; the first press asks for the shortest one that the call knows."""
    if trip.kind != "training":
        return []
    if not trip.days:
        activities = turn.services.knowledge.call.activities
        shortest = min((a.shortest.days for a in activities if a.shortest.days), default=1)
        return [_row([_step(turn, turn.label("trip.add_stay"), replace(trip, days=shortest))])]
    steps = [
        (text, replace(trip, days=trip.days + step))
        for text, step in (("−", -1), (turn.label("trip.days", days=trip.days), 0), ("+", 1))
        if trip.days + step <= MOST_DAYS
    ]
    return [_row(_step(turn, text, changed) for text, changed in steps)]


def _ticket(turn: Turn, trip: Trip) -> list[Row]:
    ticket = trip.ticket
    if ticket is None or trip.kind != "training":
        return []
    other = replace(trip, ticket=replace(ticket, each=not ticket.each))
    label = turn.label("trip.cost_of_all" if ticket.each else "trip.cost_of_each")
    several = [_step(turn, label, other)] if trip.people > 1 else []
    return [_row([*several, _step(turn, turn.label("trip.no_cost"), replace(trip, ticket=None))])]


def _kind(turn: Turn, trip: Trip, *, paid: bool) -> Row:
    if trip.kind == "meeting":
        return _row([_step(turn, turn.label("trip.to_training"), replace(trip, kind="training"))])
    dear = Button(turn.label("trip.expensive"), pack("e", turn.language, "travel-expensive", ""))
    meeting = _step(turn, turn.label("trip.to_meeting"), replace(trip, kind="meeting"))
    return _row([meeting, dear if paid else None])


def _totals(spent: Cost) -> list[Decimal]:
    """The total; both where staff and learners are paid differently and it is not told who goes."""
    either = spent.either
    return [spent.total + stay for stay in either] if either and spent.undecided else [spent.total]


def _copy(turn: Turn, total: Decimal) -> Button:
    whole = total == int(total)
    digits = f"{int(total)}" if whole else f"{total:.2f}"
    text = digits.replace(".", ",") if turn.language == "lv" else digits
    return Button(turn.label("trip.copy", total=total), copy=text)


def _elsewhere(turn: Turn, trip: Trip) -> Rows:
    far = (
        Button(turn.label("trip.official"), url=turn.services.knowledge.call.travel.calculator.url)
        if trip.destination
        else Button(turn.label("travel.how_far"), pack("e", turn.language, "travel-distance", ""))
    )
    person = Button(turn.label("button.person"), pack("k", turn.language, turn.profile.sector or "choose"))
    return ((far,), (person,))


def _origin(turn: Turn, trip: Trip) -> str:
    """The selected start's name where there are several."""
    origin = trip.starts[trip.selected].origin
    return load_places().shown(origin, turn.language) if origin and len(trip.starts) > 1 else ""
