"""Another call, other figures: what the bot says with a made-up call can only come from its YAML."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.application import build_application
from bot.linting.figures import figures_of
from bot.local.conversation import Conversation
from bot.local.person import Person
from bot.local.telegram import LocalTelegram
from bot.memory import MemoryStore
from knowledge.model import LANGUAGES, SECTORS
from tests import elsewhen, worlds
from tests.journeys.screens import figures, press, say

MONEY = re.compile(r"(\d+(?:[.,]\d+)?) ([A-Z]{3})\b")

FOREIGN = frozenset(figures_of(worlds.knowledge())) - frozenset(figures_of(elsewhen.knowledge()))
"""Figures of the packaged call that the made-up one does not have."""

SMALL = 400
"""Figures below it count kilometres, people or lines of an example too."""

ANOTHER_PROGRAMME = frozenset(("ka210", "exceptional-costs"))
"""Entries whose figures are another programme's, or an example's."""


@pytest.fixture
async def talk(request: pytest.FixtureRequest) -> AsyncIterator[Conversation]:
    language = request.param if hasattr(request, "param") else "lv"
    telegram = LocalTelegram(clock=lambda: elsewhen.OPEN)
    services = replace(elsewhen.services(), store=MemoryStore(lambda: elsewhen.OPEN))
    application = build_application(services, "1:local", local=telegram)
    async with application:
        yield Conversation(application, Person(telegram, 1001, language))
    telegram.assert_clean()


IN_BOTH = pytest.mark.parametrize("talk", LANGUAGES, indirect=True)


def assert_of_this_call(text: str) -> None:
    """Every amount is in the call's currency, none is the packaged call's."""
    assert all(currency == "CZK" for _, currency in MONEY.findall(text) if currency.isupper()), text
    amounts = {amount for amount, _ in MONEY.findall(text)}
    assert amounts.isdisjoint(FOREIGN), text
    for word in ("EUR", "VIAA", "Evita", "viaa.gov.lv", "KA201", "KA204", "2020"):
        assert word not in text, text


@IN_BOTH
@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("24", ["25 km"]),
        ("25 2", ["310 CZK × 2 = 620 CZK"]),
        ("149.5", ["310 CZK × 1 = 310 CZK", "2450 CZK × 1 = 2450 CZK"]),
        ("899 3", ["2450 CZK × 3 = 7350 CZK"]),
        ("900 3", ["4100 CZK × 3 = 12300 CZK"]),
        ("9000", ["9900 CZK × 1 = 9900 CZK"]),
        ("Rīga Lisabona 4", ["4100 CZK × 4 = 16400 CZK"]),
        ("850 km 4 skolēni un 1 skolotājs 9 dienas", ["1480 CZK", "= 53280 CZK", "= 23760 CZK", "89290 CZK"]),
        ("850 km 4 skolēni 12 dienas", ["= 53280 CZK", "10", "12", "207"]),
        ("sanāksme 699 2", ["7300 CZK × 2 = 14600 CZK"]),
        ("sanāksme 700 2", ["9150 CZK × 2 = 18300 CZK"]),
        ("sanāksme Rīga Lisabona 2", ["12700 CZK × 2 = 25400 CZK"]),
        ("Lisabona: Rīga 4, Brno 3, Porto 2", ["16400 CZK + 12300 CZK + 4900 CZK = 33600 CZK"]),
        ("850 km, biļete 9000 CZK", ["5400 CZK", "9000 CZK × 85", "= 7650 CZK"]),
        ("850 km, biļete 4010 CZK", ["2406 CZK", "2450 CZK"]),
        ("850 km, biļete 9000 EUR", ["2450 CZK × 1 = 2450 CZK"]),
    ],
)
async def test_travel_knows_only_this_call(talk: Conversation, typed: str, lines: list[str]) -> None:
    shown = await say(talk, f"/travel {typed}")
    for line in lines:
        assert line in figures(shown)
    assert_of_this_call(figures(shown))


@IN_BOTH
async def test_the_buttons_calculate_with_this_call_too(talk: Conversation) -> None:
    await say(talk, "/travel 850 2")
    shown = figures(await press(talk, "🛏"))
    assert "2640 CZK × 4" in shown, "the shortest activity of this call"
    assert "1480 CZK × 4" in shown
    assert "9150 CZK × 2 = 18300 CZK" in figures(await press(talk, "🤝"))


@IN_BOTH
async def test_deadlines_are_those_of_this_call(talk: Conversation) -> None:
    text = figures(await say(talk, "/deadline"))
    assert "2031" in text
    for clock in ("17.30", "17:30"), ("16.15", "16:15"), ("20.30", "20:30"):
        assert any(hour in text for hour in clock)
    assert ("Helsinkos 20.30" in text and "pēc Reikjavīkas laika" in text) or "20:30 in Helsinki" in text
    assert not re.search("Brisel|Brussels|Rīgā|Riga", text)
    assert_of_this_call(text)


@IN_BOTH
@pytest.mark.parametrize(
    ("typed", "name"),
    [("KA253", "Ansis Bērzs"), ("KA252", "Zane Kalniņa"), ("skola", "Ansis Bērzs"), ("KA254", "Ruta Ozola")],
)
async def test_contacts_are_those_of_this_call(talk: Conversation, typed: str, name: str) -> None:
    text = (await say(talk, f"/contact {typed}")).text
    assert name in text
    assert "@agency.example" in text
    assert_of_this_call(text)


@IN_BOTH
@pytest.mark.parametrize(
    "typed", ["/start", "/contact asdf", "/contact", "/funding", "/travel", "/travel asdf", "/travel 850 0"]
)
async def test_what_is_said_around_names_no_other_call(talk: Conversation, typed: str) -> None:
    text = figures(await say(talk, typed))
    assert "EUR" not in text
    assert "KA20" not in text


@pytest.mark.parametrize(
    ("question", "lines"),
    [
        ("cik maksās ceļš 850 km diviem skolēniem", ["2450 CZK × 2 = 4900 CZK"]),
        (
            "cik dabūsim par braucienu no Valmieras uz Porto sešiem skolēniem uz 5 dienām",
            ["24600 CZK", "44400 CZK"],
        ),
        ("projekta sanāksme Brno, 3 cilvēki no Rīgas", ["9150 CZK × 3 = 27450 CZK"]),
        ("cik naudas var dabūt 12 mēnešiem", ["287000 CZK", "3444000 CZK"]),
        ("uzturēšanās nauda 5 dienas 2 skolotājiem", ["2640 CZK", "26400 CZK"]),
        ("cik dienā pēc 9. dienas", ["9. dienas", "207"]),
        ("reālās ceļa izmaksas 9000 CZK", ["5400 CZK", "7650 CZK", "3499 km"]),
        ("cik sedz no izņēmuma izmaksām, ja tās ir 1000 CZK", ["65 %"]),
        ("cik partneru vajag", ["5", "4"]),
        ("what is the maximum grant for 18 months", ["5166000 CZK"]),
        ("how much travel money from Riga to Lisbon for 3 people?", ["4100 CZK × 3 = 12300 CZK"]),
    ],
)
async def test_free_questions_are_calculated_with_this_call(
    talk: Conversation, question: str, lines: list[str]
) -> None:
    text = figures(await say(talk, question))
    for line in lines:
        assert line in text, text
    assert not re.search(r"\d EUR", text)


def test_no_entry_and_no_rule_keeps_a_figure_of_the_packaged_call() -> None:
    services = elsewhen.services()
    for entry in services.knowledge.entries.values():
        for language in LANGUAGES:
            for sector in (None, *SECTORS):
                text = figures(services.renderer.entry(entry, language, sector).html)
                if entry.id in ANOTHER_PROGRAMME:
                    continue
                assert "EUR" not in text, entry.id
                found = {figure for figure in re.findall(r"\d+", text) if int(figure) >= SMALL}
                assert not found & FOREIGN, entry.id
