"""Reminders of the deadline that decides, and its dates for a calendar: chosen, shown and stopped by buttons.

Promises are kept by `bot/reminding.py`. In a group nothing is promised: a member's choice would write to all.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.answers import with_footer
from handlers.buttons import Button, Press, pack
from handlers.context import Reminder, Turn
from handlers.moments import Left, by_which_clock, wall_clock
from handlers.other import stale
from handlers.reply import Reply, Rows
from knowledge.call import Call
from knowledge.deadlines import Status, deadlines, status
from knowledge.reminders import Planned, offered

KIND = "r"

ALL = "all"
"""Stands in a button for every reminder of the call."""


async def offers(turn: Turn) -> Rows:
    """Buttons below the deadlines: the calendar, and reminders where some are ahead; none when closed."""
    call = turn.services.knowledge.call
    if status(call, turn.now).state == "closed":
        return ()
    calendar = Button(turn.label("calendar.button"), pack(KIND, turn.language, "ics"))
    if _in_group(turn) or not _ahead(call, turn):
        return ((calendar,),)
    if _of(await turn.services.store.reminders(turn.who) or (), call):
        return ((calendar, Button(turn.label("reminders.mine"), pack(KIND, turn.language, "show"))),)
    add = pack(KIND, turn.language, "add", call.id, ALL)
    return ((calendar, Button(turn.label("reminders.offer"), add)),)


async def pressed(turn: Turn, press: Press) -> Reply:
    """The file for a calendar, the reminders as they are, or one or all of them chosen or stopped."""
    call = turn.services.knowledge.call
    match press.fields:
        case ("ics",):
            return _calendar(turn, call)
        case ("show",):
            return await _shown(turn, call, in_place=False)
        case ("add" | "drop" as what, call_id, before) if call_id == call.id:
            return await _changed(turn, call, what, before)
        case _:
            return await stale(turn)


def reminder_reply(turn: Turn, call: Call, now: Status) -> Reply:
    """The reminder itself: the deadline, the time that is left, and where to go on."""
    rendered = turn.services.phrases.rendered(
        "reminders.due",
        turn.language,
        call=call,
        **_deadline(turn, call, now),
        left=Left.of(now.left),
    )
    rows = (
        (Button(turn.label("deadline.where"), pack("e", turn.language, "where-to-submit", "")),),
        (Button(turn.label("reminders.mine"), pack(KIND, turn.language, "show")),),
        (Button(turn.label("button.person"), pack("k", turn.language, turn.profile.sector or "choose")),),
    )
    return Reply(with_footer(turn, rendered, about=None), rows)


def _calendar(turn: Turn, call: Call) -> Reply:
    if status(call, turn.now).state == "closed":
        return Reply(_closed(turn, call))
    rendered = turn.services.phrases.rendered("calendar.caption", turn.language, call=call)
    # icalendar takes 4 MB, and few ever ask for the file
    from handlers.calendarfile import calendar_file

    return Reply(with_footer(turn, rendered, call.id), document=calendar_file(turn, call))


async def _changed(turn: Turn, call: Call, what: str, before: str) -> Reply:
    """Chooses or stops; both may be pressed twice and mean the same."""
    if _in_group(turn):
        return Reply(turn.say("reminders.private"))
    held = await turn.services.store.reminders(turn.who)
    if held is None:
        return Reply(turn.say("reminders.not_noted"), toast=turn.label("reminders.not_noted_toast"))
    ahead = {plan.before: plan for plan in _ahead(call, turn)}
    chosen = {each.before for each in _of(held, call)}
    meant = {*ahead, *chosen} if before == ALL else {before}
    wanted = chosen | (meant & ahead.keys()) if what == "add" else chosen - meant
    # what is due at this moment and not sent yet is no longer ahead, and still wanted
    kept = [each for each in _of(held, call) if each.before in wanted - ahead.keys()]
    kept += [
        Reminder(turn.who, call.id, each, turn.language, plan.due)
        for each, plan in ahead.items()
        if each in wanted
    ]
    if not await turn.services.store.keep_reminders(turn.who, call.id, tuple(kept)):
        return Reply(turn.say("reminders.not_noted"), toast=turn.label("reminders.not_noted_toast"))
    return _card(turn, call, kept, in_place=before != ALL or what == "drop")


async def _shown(turn: Turn, call: Call, *, in_place: bool) -> Reply:
    if _in_group(turn):
        return Reply(turn.say("reminders.private"))
    held = await turn.services.store.reminders(turn.who)
    if held is None:
        return Reply(turn.say("reminders.unreadable"))
    return _card(turn, call, _of(held, call), in_place=in_place)


def _card(turn: Turn, call: Call, held: Iterable[Reminder], *, in_place: bool) -> Reply:
    """What is chosen, with a button for each that can be chosen or stopped."""
    now, ahead = status(call, turn.now), _ahead(call, turn)
    chosen = {each.before for each in held}
    if not ahead:
        html = _closed(turn, call) if now.state == "closed" else turn.say("reminders.too_late")
        return Reply(html, in_place=in_place)
    rendered = turn.services.phrases.rendered(
        "reminders.card",
        turn.language,
        call=call,
        **_deadline(turn, call, now),
        reminders=[
            {"plan": plan, "due": wall_clock(plan.due), "local": wall_clock(plan.local)}
            for plan in ahead
            if plan.before in chosen
        ],
    )
    marks = tuple(_mark(turn, call, plan, chosen=plan.before in chosen) for plan in ahead)
    what = "drop" if chosen else "add"
    everything = Button(turn.label(f"reminders.{what}_all"), pack(KIND, turn.language, what, call.id, ALL))
    rows = (marks[:2], marks[2:4], marks[4:], (everything,))
    return Reply(
        with_footer(turn, rendered, about=None), tuple(row for row in rows if row), in_place=in_place
    )


def _mark(turn: Turn, call: Call, plan: Planned, *, chosen: bool) -> Button:
    label = turn.label("reminders.span", plan=plan)
    what, sign = ("drop", "✅") if chosen else ("add", "▫️")
    return Button(f"{sign} {label}", pack(KIND, turn.language, what, call.id, plan.before))


def _deadline(turn: Turn, call: Call, now: Status) -> dict[str, object]:
    """The deadline that counts, and the first where that is another; with the facts for their sources."""
    first = deadlines(call)[0]
    return {
        "last": wall_clock(now.last.at),
        "zone": by_which_clock(turn, call, now.last),
        "first": None if first.id == now.last.id else wall_clock(first.at),
        "facts": call.deadlines.rounds,
    }


def _closed(turn: Turn, call: Call) -> str:
    return turn.say("reminders.closed", call=call, last=wall_clock(status(call, turn.now).last.at))


def _ahead(call: Call, turn: Turn) -> tuple[Planned, ...]:
    """The reminders that can still come in time."""
    return tuple(plan for plan in offered(call) if plan.due > turn.now)


def _of(held: Iterable[Reminder], call: Call) -> tuple[Reminder, ...]:
    return tuple(each for each in held if each.call == call.id)


def _in_group(turn: Turn) -> bool:
    # Telegram gives a private chat the number of the person
    return turn.who.chat != turn.who.person
