"""The file for calendars, read back as a calendar reads it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event, Timezone

from handlers.calendarfile import calendar_file
from handlers.context import Turn
from knowledge.call import Call
from knowledge.deadlines import deadlines
from knowledge.model import LANGUAGES, Language
from tests import worlds
from tests.knowledge.test_reminders import call_ending

BRUSSELS, RIGA = ZoneInfo("Europe/Brussels"), ZoneInfo("Europe/Riga")
CALL = worlds.knowledge().call


def read(language: Language = "lv", now: datetime = worlds.OPEN, call: Call = CALL) -> Calendar:
    content = calendar_file(worlds.turn(language, now), call).content
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    assert all(len(line) <= 75 for line in content.split(b"\r\n")), "lines are folded"
    return calendar


def events(calendar: Calendar) -> dict[str, Event]:
    return {words_of(event, "uid"): event for event in calendar.events}


def alarms(event: Event) -> list[timedelta]:
    found: list[object] = [each.decoded("trigger") for each in event.walk("VALARM")]
    return [each for each in found if isinstance(each, timedelta)]


def moment_of(event: Event, name: str) -> datetime:
    found: object = event.decoded(name)
    assert isinstance(found, datetime)
    return found


def words_of(event: Event, name: str) -> str:
    found: object = event.decoded(name)
    assert isinstance(found, str)
    return str(found)


def test_each_deadline_stands_at_its_hour_in_brussels() -> None:
    found = events(read())
    assert set(found) == {"ka2-2020-original@ka2bot", "ka2-2020-extension@ka2bot"}
    for deadline in deadlines(CALL):
        start = moment_of(found[f"ka2-2020-{deadline.id}@ka2bot"], "dtstart")
        assert (start, str(start.tzinfo)) == (deadline.at, "Europe/Brussels")


def test_only_the_deadline_that_decides_rings() -> None:
    found = events(read())
    assert alarms(found["ka2-2020-original@ka2bot"]) == []
    days = [timedelta(days=-30), timedelta(days=-7), timedelta(days=-1), timedelta(hours=-3)]
    assert alarms(found["ka2-2020-extension@ka2bot"]) == days


def test_what_has_passed_neither_stands_there_nor_rings() -> None:
    now = datetime(2020, 4, 20, 12, 0, tzinfo=RIGA)
    (event,) = read(now=now).events
    assert words_of(event, "uid") == "ka2-2020-extension@ka2bot"
    assert alarms(event) == [timedelta(days=-1), timedelta(hours=-3)]


@pytest.mark.parametrize(
    ("language", "summary", "words"),
    [
        ("lv", "KA2 pieteikumu termiņš", ("2020. gada 23. aprīlis plkst. 12.00", "Rīgā 13.00", "24. marts")),
        ("en", "KA2 application deadline", ("23 April 2020, 12:00", "13:00 in Riga", "24 March 2020")),
    ],
)
def test_it_speaks_the_persons_language(language: Language, summary: str, words: tuple[str, ...]) -> None:
    event = events(read(language))["ka2-2020-extension@ka2bot"]
    assert words_of(event, "summary") == summary
    assert all(word in words_of(event, "description") for word in words)
    assert "<" not in words_of(event, "description")
    assert "&" not in words_of(event, "description")


def test_the_first_deadline_says_that_it_was_extended() -> None:
    assert "23 April" in words_of(events(read("en"))["ka2-2020-original@ka2bot"], "summary")


def test_a_changed_date_is_the_same_event_later_made() -> None:
    moved = CALL.deadlines.rounds[1].model_copy(update={"at": "2020-04-30 12:00", "revision": 1})
    rounds = (CALL.deadlines.rounds[0], moved)
    changed = CALL.model_copy(update={"deadlines": CALL.deadlines.model_copy(update={"rounds": rounds})})
    before = events(read())["ka2-2020-extension@ka2bot"]
    after = events(read(now=worlds.OPEN + timedelta(days=1), call=changed))["ka2-2020-extension@ka2bot"]
    assert (before.sequence, after.sequence) == (0, 1)
    assert moment_of(before, "dtstamp") == worlds.OPEN
    assert moment_of(before, "dtstamp") < moment_of(after, "dtstamp")
    assert moment_of(before, "dtstart") + timedelta(days=7) == moment_of(after, "dtstart")


def test_names_differ_by_language_and_are_plain() -> None:
    names = [calendar_file(worlds.turn(language, worlds.OPEN), CALL).name for language in LANGUAGES]
    assert names == ["ka2-2020-termins.ics", "ka2-2020-deadline.ics"]


def offsets(zone: Timezone) -> list[tuple[datetime, timedelta]]:
    """Onsets in UTC with the offset from then on, by RFC 5545: an onset is told by the clock before it."""

    def each() -> Iterator[tuple[datetime, timedelta]]:
        for part in zone.walk():
            if part.name in ("STANDARD", "DAYLIGHT"):
                onset: object = part.decoded("dtstart")
                before: object = part.decoded("tzoffsetfrom")
                after: object = part.decoded("tzoffsetto")
                assert isinstance(onset, datetime)
                assert isinstance(before, timedelta)
                assert isinstance(after, timedelta)
                yield (onset - before).replace(tzinfo=UTC), after

    return sorted(each())


@pytest.mark.parametrize("year", [2020, 2027])
def test_the_zone_in_the_file_agrees_with_brussels_on_every_hour_around_the_changes(year: int) -> None:
    turn = worlds.turn("en", datetime(year, 1, 1, tzinfo=UTC))
    call = call_ending(f"{year}-03-24 12:00", f"{year}-11-01 12:00")
    calendar = Calendar.from_ical(calendar_file(turn, call).content)
    (zone,) = [each for each in calendar.walk("VTIMEZONE") if isinstance(each, Timezone)]
    onsets = offsets(zone)
    moment, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while moment < end:
        told = [offset for onset, offset in onsets if onset <= moment][-1]
        assert told == moment.astimezone(BRUSSELS).utcoffset(), moment
        moment += timedelta(minutes=30)


@pytest.mark.parametrize(
    "at", ["2020-03-28 12:00", "2020-03-29 01:30", "2020-03-29 03:30", "2020-03-30 12:00"]
)
def test_a_deadline_near_the_change_is_the_same_moment_in_riga(at: str) -> None:
    (event,) = read(now=datetime(2020, 3, 1, tzinfo=UTC), call=call_ending(at)).events
    start = moment_of(event, "dtstart")
    assert start.strftime("%Y-%m-%d %H:%M") == at
    local = start.astimezone(RIGA)
    assert f"Rīgā {local:%H.%M}" in words_of(event, "description")
    assert start.astimezone(UTC) == local.astimezone(UTC)


def test_a_zone_without_summer_time_has_one_offset() -> None:
    call = call_ending("2020-04-23 12:00")
    call = call.model_copy(update={"deadlines": call.deadlines.model_copy(update={"zone": "UTC"})})
    turn: Turn = replace(worlds.turn("en", worlds.OPEN))
    calendar = Calendar.from_ical(calendar_file(turn, call).content)
    assert [each.name for each in calendar.walk("VTIMEZONE")[0].subcomponents] == ["STANDARD"]
