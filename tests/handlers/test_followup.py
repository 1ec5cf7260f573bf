"""Follow-ups in parts: what is continued, what is a question of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from handlers.context import Thread, Turn
from handlers.followup import LONGEST, continued
from handlers.replies import reply_to
from knowledge.deciding import Outcome
from knowledge.model import Sector
from knowledge.reading import Reading
from tests.worlds import turn

SURE = Outcome("answer", (), "lv")
UNSURE = Outcome("fallback", (), None)


def after(entry: str, **values: object) -> Turn:
    """A turn after an answer on an entry, with what its question named."""
    return replace(turn("lv"), thread=Thread(entry, "lv", Reading(**values)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "sector"),
    [
        ("un augstākajai izglītībai?", "he"),
        ("un augstakajai izglitibai", "he"),
        ("bet skolām", "school"),
        ("un KA204?", "adult"),
        ("tad PIA?", "vet"),
        ("and for adults?", "adult"),
        ("what about universities?", "he"),
        ("а для школ?", "school"),
        ("но для вузов?", "he"),
    ],
)
def test_a_sector_after_a_marker_continues_even_a_sure_outcome(message: str, sector: Sector) -> None:
    reply = continued(after("priorities-sector", sector="vet"), message, SURE)
    assert reply is not None
    assert reply.thread is not None
    assert reply.thread.reading.sector == sector
    assert reply.html.startswith("↪️")


@pytest.mark.parametrize("message", ["augstskolām?", "skola", "KA204", "850 km", "četriem cilvēkiem"])
def test_without_a_marker_only_an_unsure_outcome_is_continued(message: str) -> None:
    at = after("travel-bands", km=Decimal(500), people=2)
    assert continued(at, message, SURE) is None
    assert continued(at, message, UNSURE) is not None


@pytest.mark.parametrize(
    "message",
    ["", "?", "👍", "un?", "un kas vēl?", "un cik partneru vajag?", "paldies", "un", "and the deadline?",
     "un " + "ļoti " * LONGEST + "augstskolām"],
)  # fmt: skip
def test_what_brings_nothing_new_or_a_topic_of_its_own_is_not_continued(message: str) -> None:
    assert continued(after("priorities-sector"), message, SURE) is None


@pytest.mark.parametrize("message", ["un augstskolām?", "un četriem?", "4"])
def test_nothing_is_continued_where_nothing_was_said(message: str) -> None:
    assert continued(turn(), message, UNSURE) is None


def test_an_entry_that_is_gone_is_not_continued() -> None:
    assert continued(after("no-longer-there"), "un augstskolām?", UNSURE) is None


@pytest.mark.parametrize(
    ("message", "km", "people"),
    [
        ("un četriem?", 850, 4),
        ("cik tad četriem?", 850, 4),
        ("cik tad būs 4?", 850, 4),
        ("un 4 cilvēkiem?", 850, 4),
        ("un 1200 km?", 1200, 2),
        ("un 1200 km 3 cilvēkiem?", 1200, 3),
        ("4", 850, 4),
    ],
)
def test_new_figures_replace_old_ones_and_the_rest_stays(message: str, km: int, people: int) -> None:
    reply = continued(after("travel-bands", km=Decimal(850), people=2), message, SURE)
    assert reply is not None
    assert reply.thread is not None
    assert (reply.thread.reading.km, reply.thread.reading.people) == (Decimal(km), people)


def test_where_no_distance_is_known_a_bare_figure_is_one() -> None:
    reply = continued(after("travel-bands"), "850", SURE)
    assert reply is not None
    assert reply.thread is not None
    assert (reply.thread.reading.km, reply.thread.reading.people) == (Decimal(850), 1)


@pytest.mark.parametrize("message", ["un 1200 km?", "un četriem?", "4", "un 3 dienas?"])
def test_figures_without_use_for_the_topic_continue_nothing(message: str) -> None:
    assert continued(after("deadline"), message, SURE) is None


@pytest.mark.parametrize(
    ("message", "total"),
    [("un 3 skolotājiem?", "1\xa0590"), ("un 10 dienas?", "1\xa0060"), ("un 20 dienas?", "")],
)
def test_support_is_calculated_anew(message: str, total: str) -> None:
    reply = continued(after("individual-support", days=Decimal(5), staff=1), message, SURE)
    assert reply is not None
    assert total in reply.html


def test_another_kind_of_people_is_not_answered_with_the_old_kind() -> None:
    reply = continued(after("individual-support", days=Decimal(5), staff=3), "un skolēniem?", UNSURE)
    assert reply is None or "Mācību apguvējiem" in reply.html


def test_the_family_of_contacts_moves_to_the_sector_named() -> None:
    reply = reply_to("un pieaugušajiem?", after("contact-school", sector="school"), fixed_language=True)
    assert "Inese Rimšāne" in reply.html
