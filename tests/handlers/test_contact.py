"""/contact in parts: every button of it leads to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers import contact, deadline
from handlers.buttons import pack, unpack
from handlers.context import Profile
from handlers.reply import Reply
from knowledge.model import LANGUAGES, SECTORS, Language
from tests.worlds import knowledge, turn


async def pressed(language: Language, *fields: str) -> Reply:
    press = unpack(pack(contact.KIND, language, *fields))
    assert press is not None
    return await contact.pressed(turn(language), press)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sector", SECTORS)
async def test_each_sector_has_one_person_with_everything_to_reach_them(
    language: Language, sector: str
) -> None:
    reply = await pressed(language, sector)
    (person,) = [each for each in knowledge().call.contacts if sector in each.sectors]
    for fact in (person.name, person.email, person.phone):
        assert fact in reply.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", [who for who, sector in contact.LEARNERS.items() if sector])
async def test_who_learns_names_sector_reason_and_person(language: Language, who: str) -> None:
    sector = contact.LEARNERS[who]
    assert sector is not None
    facts = knowledge().call.sector(sector)
    reply = await pressed(language, contact.WHO, who)
    assert facts.who.to(language) in reply.html
    assert f"{facts.code} – {facts.name.to(language)}" in reply.html
    assert knowledge().call.contact(sector).email in reply.html


@pytest.mark.parametrize("fields", [(), ("",), ("boss",), ("who",), ("who", "robots"), ("choose",)])
async def test_anything_else_offers_the_choice(fields: tuple[str, ...]) -> None:
    assert (await pressed("lv", *fields)).html == turn("lv").say("contact.choose")


async def test_every_learner_button_is_packed_apart_from_the_sectors() -> None:
    reply = await pressed("lv", "unsure")
    packed = [unpack(button.data or "") for row in reply.buttons for button in row]
    assert [press.fields for press in packed if press] == [(contact.WHO, who) for who in contact.LEARNERS]


async def test_a_chosen_sector_spares_the_question_below_the_deadline() -> None:
    at = replace(turn(), profile=Profile(sector="he"))
    for each, sector in ((at, "he"), (turn(), "choose")):
        reply = await deadline.command(each, "")
        assert reply.buttons[-1][0].data == pack(contact.KIND, "lv", sector)
