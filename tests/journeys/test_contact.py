"""/contact: the right person by code, by any word, or by who learns."""

from __future__ import annotations

import pytest

from bot.local.conversation import Shown
from handlers.contact import LEARNERS
from tests.conftest import Begin
from tests.journeys.screens import BOTH, labels, press, say

PEOPLE = {
    "school": ("Evita Zondaka", "evita.zondaka@viaa.gov.lv", "67785421", "KA201"),
    "vet": ("Atvars Saušs", "atvars.sauss@viaa.gov.lv", "67785421", "KA202"),
    "he": ("Atvars Saušs", "atvars.sauss@viaa.gov.lv", "67785421", "KA203"),
    "adult": ("Inese Rimšāne", "inese.rimsane@viaa.gov.lv", "67814739", "KA204"),
}
HEAD = ("Jana Meržvinska", "jana.merzvinska@viaa.gov.lv", "67359078")

WORDS = {
    "school": """KA201|ka201|ka 201|KA-201|skola|skolai|skolas|skolu|skolā|skolām|skolam|skolēniem|skoleniem
        |ģimnāzija|gimnazijai|vidusskolas|sākumskola|pirmsskola|bērnudārzs|bernudarzam|skolu izglītība
        |skolu izglitiba
        |school|schools|for our school|kindergarten|primary school|pupils""",
    "vet": """KA202|ka 202|PIA|pia|tehnikums|tehnikumam|tehnikumā|arodskola|profesionālā izglītība
        |profesionalajai izglitibai|profesionālās izglītības iestāde|amatniecības vidusskolai
        |profesionālā skola|profesionalas skolas|vocational school|vocational schools
        |VET|vocational education|vocational training|apprentices""",
    "he": """KA203|ka-203|augstskola|augstskolai|augstskolās|universitāte|universitatei|augstākā izglītība
        |augstakajai izglitibai|augstākās izglītības|studentiem|fakultāte|akadēmijai
        |higher education|university|universities|students|HE""",
    "adult": """KA204|ka204|pieaugušie|pieaugusie|pieaugušajiem|pieaugusajiem|pieaugušo izglītība
        |pieauguso izglitibai
        |seniori|senioriem|mūžizglītība|adults|adult education|seniors""",
}
NAMED = [(word.strip(), sector) for sector, text in WORDS.items() for word in text.split("|")]

LEARNER_LABELS = {
    "lv": {"kindergarten": "Bērnudārza bērni", "school": "Skolēni",
           "vocational": "Profesionālās skolas audzēkņi", "university": "Studenti",
           "adults": "Pieaugušie", "company": "Esam uzņēmums", "foreign": "Esam ārvalstu partneris"},
    "en": {"kindergarten": "Kindergarten", "school": "School pupils", "vocational": "Vocational learners",
           "university": "University students", "adults": "Adults", "company": "We are a company",
           "foreign": "We are a foreign partner"},
}  # fmt: skip


def assert_names(shown: Shown, person: tuple[str, ...]) -> None:
    for fact in person:
        assert fact in shown.text
    assert "2020" in shown.text, "as of when"
    assert "https://www.viaa.gov.lv" in shown.text


@pytest.mark.parametrize(("word", "sector"), NAMED)
async def test_a_code_or_a_word_in_any_form_finds_the_person(begin: Begin, word: str, sector: str) -> None:
    assert_names(await say(await begin("lv"), f"/contact {word}"), PEOPLE[sector])


@BOTH
@pytest.mark.parametrize(
    "typed", ["", "skola un augstskola", "KA201 KA204", "asdf", "uzņēmums", "biblioteka", "👍"]
)
async def test_without_one_sector_the_sectors_stand_to_choose(
    begin: Begin, language: str, typed: str
) -> None:
    talk = await begin(language)
    asked = await say(talk, f"/contact {typed}")
    for (sector, person), label in zip(PEOPLE.items(), labels(asked), strict=False):
        assert person[3] in label
        shown = await press(talk, label, asked.message_id)
        assert_names(shown, person)
        assert sector


@BOTH
@pytest.mark.parametrize("who", list(LEARNERS))
async def test_not_sure_asks_who_learns_and_says_why(begin: Begin, language: str, who: str) -> None:
    talk = await begin(language)
    asked = await say(talk, "/contact")
    learners = await press(talk, "🤔")
    assert (learners.edited, learners.message_id) == (True, asked.message_id)
    shown = await press(talk, LEARNER_LABELS[language][who])
    sector = LEARNERS[who]
    if sector is not None:
        assert_names(shown, PEOPLE[sector])
        assert shown.text.index(PEOPLE[sector][3]) < shown.text.index(PEOPLE[sector][0]), "the reason first"
        return
    assert shown.edited
    assert len(labels(shown)) == len(PEOPLE) + 1
    for number, person in enumerate((*PEOPLE.values(), HEAD), 1):
        assert_names(await press(talk, number, shown.message_id), person[:3])


@BOTH
async def test_every_kind_of_learner_stands_to_choose(begin: Begin, language: str) -> None:
    talk = await begin(language)
    await say(talk, "/contact")
    shown = await press(talk, "🤔")
    assert len(labels(shown)) == len(LEARNERS)
    for label in LEARNER_LABELS[language].values():
        assert any(each.startswith(label) for each in labels(shown))


@BOTH
async def test_the_head_of_unit_is_the_last_resort_and_has_no_sector(begin: Begin, language: str) -> None:
    talk = await begin(language)
    await say(talk, "/contact KA202")
    shown = await press(talk, {"lv": "Nodaļas vadītāja", "en": "Head of unit"}[language])
    assert_names(shown, HEAD)
    assert "KA20" not in shown.text
    again = await press(talk, {"lv": "Cits sektors", "en": "Another sector"}[language])
    assert "KA204" in str(labels(again))


@BOTH
@pytest.mark.parametrize(
    "typed", ["KA205", "jaunatne", "jauniesiem", "jaunatnes joma", "youth", "youth field"]
)
async def test_youth_goes_to_its_own_agency(begin: Begin, language: str, typed: str) -> None:
    talk = await begin(language)
    typed_out = await say(talk, f"/contact {typed}")
    await say(talk, "/contact")
    by_button = await press(talk, "KA205")
    for shown in (typed_out, by_button):
        assert "JSPA" in shown.text
        assert "jaunatne.gov.lv" in shown.plain
        assert "viaa.gov.lv" not in shown.plain
        assert not any(person[1] in shown.text for person in PEOPLE.values())


@BOTH
async def test_the_email_can_be_copied(begin: Begin, language: str) -> None:
    shown = await say(await begin(language), "/contact KA201")
    copied = [button.value for button in shown.flat_buttons if button.action == "copy_text"]
    assert copied == ["evita.zondaka@viaa.gov.lv"]


@BOTH
async def test_after_a_contact_another_sector_can_follow_in_words(begin: Begin, language: str) -> None:
    talk = await begin(language)
    await say(talk, "/travel 850")
    await say(talk, "/contact KA201")
    shown = await say(talk, {"lv": "un pieaugusajiem?", "en": "and for adults?"}[language])
    assert "Inese Rimšāne" in shown.text
    assert "Evita Zondaka" not in shown.text
