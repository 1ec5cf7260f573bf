"""The deadlines of a call as an iCalendar file (RFC 5545) that phones and mail programs take in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from icalendar import (
    Alarm,
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
)

from handlers.context import Turn
from handlers.moments import by_which_clock, wall_clock
from handlers.reply import Document
from knowledge.call import Call
from knowledge.deadlines import Deadline, deadlines, deciding
from knowledge.reminders import offered

PRODUCT = "-//ka2bot//KA2 deadlines//EN"


def calendar_file(turn: Turn, call: Call) -> Document:
    """Every deadline that is still ahead; the one that decides has alarms, those that are still ahead too.

    A deadline keeps its UID, so a calendar that holds it moves it when its date has changed: by SEQUENCE,
    which is the deadline's `revision`, or else by DTSTAMP, the moment at which the file was made.
    """
    ahead = [deadline for deadline in deadlines(call) if deadline.at > turn.now]
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    years = sorted({deadline.at.year for deadline in ahead})
    calendar.add_component(_zone(call.deadlines.zone, years[0], years[-1]))
    for deadline in ahead:
        calendar.add_component(_event(turn, call, deadline))
    return Document(turn.label("calendar.file", call=call), calendar.to_ical())


def _event(turn: Turn, call: Call, deadline: Deadline) -> Event:
    last, first = deciding(call), deadlines(call)[0]
    round_ = next(each for each in call.deadlines.rounds if each.id == deadline.id)
    words = {
        "call": call,
        "at": wall_clock(deadline.at),
        "zone": by_which_clock(turn, call, deadline),
        "later": None if deadline.id == last.id else wall_clock(last.at),
        "first": None if deadline.id == first.id else wall_clock(first.at),
    }
    event = Event()
    event.add("uid", f"{call.id}-{deadline.id}@ka2bot")
    event.add("dtstamp", turn.now.astimezone(UTC))
    event.add("sequence", round_.revision)
    event.add("dtstart", deadline.at)
    event.add("summary", turn.label("calendar.summary", **words))
    event.add("description", turn.label("calendar.description", **words))
    event.add("url", call.links["erasmusplus_lv"].url)
    event.add("transp", "TRANSPARENT")
    if deadline.id == last.id:
        for plan in offered(call):
            # one that has passed would ring as soon as the file is opened
            if plan.due > turn.now:
                alarm = Alarm()
                alarm.add("action", "DISPLAY")
                alarm.add("trigger", -timedelta(days=plan.days, hours=plan.hours))
                alarm.add("description", turn.label("calendar.alarm", plan=plan, **words))
                event.add_component(alarm)
    return event


def _zone(name: str, first: int, last: int) -> Timezone:
    """The zone's offsets from the year before `first` until the end of the year `last`.

    Not `Calendar.add_missing_timezones` (icalendar 7.3): it begins summer time an hour late.
    """
    zone = ZoneInfo(name)
    begin = datetime(first - 1, 1, 1, tzinfo=UTC)
    timezone = Timezone()
    timezone.add("tzid", name)
    for moment in (begin, *_changes(zone, begin, datetime(last + 1, 1, 1, tzinfo=UTC))):
        after = moment.astimezone(zone)
        before = after if moment == begin else (moment - timedelta(minutes=1)).astimezone(zone)
        offset = before.utcoffset() or timedelta()
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        # an onset is told by the clock that is about to be changed
        part.add("dtstart", (moment + offset).replace(tzinfo=None))
        part.add("tzoffsetfrom", offset)
        part.add("tzoffsetto", after.utcoffset() or timedelta())
        part.add("tzname", after.tzname() or name)
        timezone.add_component(part)
    return timezone


def _changes(zone: tzinfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """The moments, to the minute, at which clocks are changed."""

    def offset(moment: datetime) -> timedelta | None:
        return moment.astimezone(zone).utcoffset()

    day = begin
    while day < end:
        low, high = day, day + timedelta(days=1)
        if offset(low) != offset(high):
            while high - low > timedelta(minutes=1):
                middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
                low, high = (middle, high) if offset(middle) == offset(low) else (low, middle)
            yield high
        day += timedelta(days=1)
