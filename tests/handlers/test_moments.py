"""By which clock a deadline is meant, in words that the call brings along."""

from __future__ import annotations

import pytest

from handlers.moments import by_which_clock
from knowledge.deadlines import deadlines
from knowledge.model import LANGUAGES, Language
from tests import elsewhen, worlds


@pytest.mark.parametrize(
    ("zone", "at", "lv", "en"),
    [
        (
            "Europe/Brussels",
            "2020-03-24 12:00",
            "pēc Briseles laika (Rīgā 13.00)",
            "Brussels time (13:00 in Riga)",
        ),
        (
            "Europe/Brussels",
            "2020-03-24 23:59",
            "pēc Briseles laika (Rīgā 25. martā plkst. 00.59)",
            "Brussels time (25 March, 00:59 in Riga)",
        ),
        ("Europe/Riga", "2020-03-24 12:00", "pēc Briseles laika", "Brussels time"),
    ],
    ids=["an hour on", "on the next day", "the same clock"],
)
def test_the_local_hour_is_told_where_it_differs(zone: str, at: str, lv: str, en: str) -> None:
    call = worlds.knowledge().call
    only = call.deadlines.rounds[0].model_copy(update={"at": at})
    times = call.deadlines.model_copy(update={"zone": zone, "rounds": (only,)})
    call = call.model_copy(update={"deadlines": times})
    (deadline,) = deadlines(call)
    assert by_which_clock(worlds.turn("lv"), call, deadline) == lv
    assert by_which_clock(worlds.turn("en"), call, deadline) == en
    assert call.deadlines.local(0) == f"{deadline.local:%Y-%m-%d %H:%M}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("entry", ["deadline", "deadline-extension", "deadline-hour", "deadline-reminder"])
def test_a_call_of_another_zone_is_worded_right_in_answers_too(entry: str, language: Language) -> None:
    services = elsewhen.services()
    found = services.knowledge.entries[entry]
    html = services.renderer.entry(found, language).html
    assert ("pēc Reikjavīkas laika" if language == "lv" else "Reykjavik time") in html
    assert not any(word in html for word in ("Brisel", "Brussels", "Rīg", "Riga", "Latvij", "Latvia"))
