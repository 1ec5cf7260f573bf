"""/priorities, /activities and /funding: one message, the sectors as buttons."""

from __future__ import annotations

import pytest

from handlers.context import Services
from knowledge.model import SECTORS, Language
from tests.conftest import Begin
from tests.journeys.screens import BOTH, figures, labels, press, pressable, say

LISTS = ["priorities", "activities", "funding"]
CODES = {"school": "KA201", "vet": "KA202", "he": "KA203", "adult": "KA204"}


@BOTH
@pytest.mark.parametrize("name", LISTS)
async def test_the_sectors_turn_the_list_in_the_same_message(begin: Begin, language: str, name: str) -> None:
    talk = await begin(language)
    first = await say(talk, f"/{name}")
    assert labels(first)[:4] == list(CODES.values())
    assert labels(first)[4].startswith("• "), "all sectors are what is shown"
    seen = {first.text}
    for code in CODES.values():
        shown = await press(talk, code)
        assert (shown.edited, shown.message_id) == (True, first.message_id)
        assert [label for label in labels(shown) if label.startswith("• ")] == [f"• {code}"]
        assert shown.text not in seen
        seen.add(shown.text)
    assert (await press(talk, 5)).text == first.text


@BOTH
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(("sector", "code"), CODES.items())
async def test_a_sector_may_stand_after_the_command(
    begin: Begin, language: str, name: str, sector: str, code: str
) -> None:
    shown = await say(await begin(language), f"/{name} {code.lower()}")
    assert f"• {code}" in labels(shown)


@BOTH
async def test_every_priority_of_the_call_stands_in_its_list(
    begin: Begin, services: Services, language: Language
) -> None:
    call = services.knowledge.call
    talk = await begin(language)
    horizontal = await say(talk, "/priorities")
    for priority in call.horizontal_priorities.items:
        assert priority.to(language) in horizontal.text
    for sector in SECTORS:
        shown = await say(talk, f"/priorities {CODES[sector]}")
        listed = call.sector_priorities[sector]
        for priority in (*listed.items, *listed.added):
            assert priority.to(language) in shown.text


@BOTH
async def test_every_activity_stands_with_the_sectors_that_have_it(
    begin: Begin, services: Services, language: Language
) -> None:
    talk = await begin(language)
    whole = (await say(talk, "/activities")).text
    for sector in SECTORS:
        shown = (await say(talk, f"/activities {CODES[sector]}")).text
        for activity in services.knowledge.call.activities:
            assert activity.name.to(language) in whole
            assert (activity.name.to(language) in shown) == (sector in activity.sectors)


@BOTH
async def test_the_money_of_every_sector_stands(begin: Begin, services: Services, language: str) -> None:
    call = services.knowledge.call
    talk = await begin(language)
    whole = figures(await say(talk, "/funding"))
    assert f"{call.available.total.amount} EUR" in whole
    for sector in SECTORS:
        assert f"{call.available.of(sector)} EUR" in whole
        assert f"{call.available.of(sector)} EUR" in figures(await say(talk, f"/funding {CODES[sector]}"))


@BOTH
@pytest.mark.parametrize("name", LISTS)
async def test_related_questions_and_a_person_stand_below_and_open_new_messages(
    begin: Begin, language: str, name: str
) -> None:
    talk = await begin(language)
    first = await say(talk, f"/{name}")
    below = pressable(first)[5:]
    assert len(below) >= 2
    for label in below:
        shown = await press(talk, label, first.message_id)
        assert shown.kind == "new"
        assert shown.text != first.text


@BOTH
async def test_a_list_can_be_continued_in_words(begin: Begin, language: str) -> None:
    talk = await begin(language)
    await say(talk, "/priorities KA201")
    shown = await say(talk, {"lv": "un augstakajai izglitibai?", "en": "and for universities?"}[language])
    assert "KA203" in shown.text
    assert "↪️" in shown.text
