"""Every button that can be reached answers, and three people find what they came for."""

from __future__ import annotations

from collections import deque

from handlers.commands import COMMANDS
from handlers.context import Services
from handlers.splitting import plain
from tests.conftest import Begin
from tests.journeys.screens import BOTH, figures, labels, only, press, say

BROKEN = {"lv": "manā pusē kaut kas salūza", "en": "something broke on my side"}
DEEP = ("b1:", "c1:", "j1:", "t1:", "p1:")
"""The quiz, the budget and the steppers have journeys of their own; deleting would end this one."""


@BOTH
async def test_every_button_that_can_be_reached_answers(
    begin: Begin, services: Services, language: str
) -> None:
    talk = await begin(language)
    stale = plain(services.phrases.say("other.stale", "lv" if language == "lv" else "en"))
    waiting: deque[str] = deque()
    known: set[str] = set()
    for command in COMMANDS:
        shown = await say(talk, f"/{command.name}")
        waiting.extend(button.data for button in shown.flat_buttons if button.data)
    message = shown.message_id
    while waiting:
        data = waiting.popleft()
        if data in known or data.startswith(DEEP) or data.startswith("g1:"):
            continue
        known.add(data)
        answer = [each for each in await talk.press_data(data, message) if not each.toast]
        for each in answer:
            assert BROKEN[language] not in each.text, data
            assert each.text != stale, data
            waiting.extend(button.data for button in each.flat_buttons if button.data)
    entries = {data.split(":")[2] for data in known if data.startswith("e1:")}
    assert len(entries) > len(services.knowledge.entries) / 2


async def test_a_teacher_without_diacritics_finds_money_person_and_an_answer_to_the_idea(
    begin: Begin,
) -> None:
    talk = await begin("lv")
    await say(talk, "/start")
    assert "organizācij" in (await say(talk, "kas var pieteikties")).text
    assert "vismaz 3" in (await say(talk, "cik partneru vajag")).text
    assert "275 EUR × 4 = 1100 EUR" in figures(await say(talk, "850 km, 4 skoleni, cik par celu"))
    assert figures(await press(talk, "+")).startswith("1375 EUR ")
    assert "24. mart" in (await say(talk, "/deadline")).text
    card = await say(talk, "/check Latvijas skola, 3 partneri 3 valstis 24 menesi")
    assert "3/11 " in card.text
    for text in ("inovacijas", "septembri", "ja", "horizontala", "ne", "partneru valstis"):
        card = await say(talk, text)
    assert "✅ 11" in card.text
    assert "Evita Zondaka" in (await press(talk, "👤 Kontaktpersona", card.message_id)).text


async def test_a_university_office_finds_its_limits_in_english(begin: Begin) -> None:
    talk = await begin("en")
    await say(talk, "/start")
    assert "24–36" in (await say(talk, "how long can a project last")).text
    assert "KA203" in (await say(talk, "/priorities university")).text
    assert "1198817 EUR" in figures(await say(talk, "/funding KA203"))
    card = await say(talk, "/check KA203 18 months 3 partners 3 countries")
    for label in ("An organisation in Latvia", "Exchange", "October", "Yes", "A horizontal", "No,", "Only"):
        number = next(n for n, each in enumerate(labels(card), 1) if each.startswith((label, f"{label} ")))
        card = await press(talk, number, card.message_id)
    assert "❌ 2" in card.text, "too short, and exchange is not for higher education"
    assert "Atvars Saušs" in card.text
    assert "Atvars Saušs" in (await say(talk, "/contact higher education")).text


async def test_an_adult_educator_who_is_not_sure_finds_sector_and_person(begin: Begin) -> None:
    talk = await begin("lv")
    await say(talk, "/contact")
    await press(talk, "🤔")
    person = await press(talk, "Pieaugušie")
    assert "KA204" in person.text
    assert "Inese Rimšāne" in person.text
    priorities = await say(talk, "/priorities pieaugusajiem")
    assert "senioriem" in priorities.text
    assert "KA201" in (await say(talk, "un skolam?")).text
    assert "JSPA" in only(await talk.say("/contact jauniesi")).text
    assert "English" in (await say(talk, "/language en")).text
    assert "KA204" in (await say(talk, "/activities adults")).text or "adult" in talk.screen()[-1].text
