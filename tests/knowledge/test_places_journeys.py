"""Journeys in commands and in free questions, and the many questions that hold none."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.places import Journey, load_places

# Message: origins with head counts → destination; every one of them also reads so after a command.
JOURNEYS = """
Rīga Lisabona | Riga > Lisbon
riga lisabona | Riga > Lisbon
Rīga Lisabona 4 | Riga 4 > Lisbon
rīga-lisabona 4 | Riga 4 > Lisbon
no Rīgas uz Lisabonu 4 | Riga 4 > Lisbon
NO RĪGAS UZ LISABONU 4 | Riga 4 > Lisbon
no rigas uz lisabonu diviem | Riga 2 > Lisbon
4 cilvēki no Rīgas uz Lisabonu | Riga 4 > Lisbon
uz Lisabonu no Rīgas 4 | Riga 4 > Lisbon
Daugavpils - Brno x 3 | Daugavpils 3 > Brno
Daugavpils – Brno x3 | Daugavpils 3 > Brno
Riga -> Lisbon | Riga > Lisbon
Riga → Lisbon x4 | Riga 4 > Lisbon
Riga to Lisbon | Riga > Lisbon
from Riga to Lisbon for 4 | Riga 4 > Lisbon
from the city of Brno to Riga for 3 teachers | Brno 3 > Riga
no pilsētas Brno uz Rīgu | Brno > Riga
из Риги в Лиссабон | Riga > Lisbon
из Даугавпилса в Прагу на 3 ученика | Daugavpils 3 > Prague
iz Rigi v Lissabon | Riga > Lisbon
cik dabūsim par braucienu no Valmieras uz Porto sešiem skolēniem | Valmiera 6 > Porto
cik naudas no Cēsīm uz Kopenhāgenu 10 dienas 6 skolēniem | Cēsis 6 > Copenhagen
no Rīgas uz Lisabonu 12. maijā 4 skolēni un 2 skolotāji | Riga 6 > Lisbon
cik tālu no Rīgas līdz Lisabonai | Riga > Lisbon
starp Rīgu un Lisabonu | Riga > Lisbon
attālums starp Ventspili un Kauņu 5 skolotāji | Ventspils 5 > Kaunas
distance between Riga and Lisbon | Riga > Lisbon
Rīga–Tallina pa taisno ap 280 km, cik sanāk uz galvas? | Riga > Tallinn
We fly from Riga to Lisbon, about 3150 km. What does each traveller receive? | Riga > Lisbon
Cik maksā ceļš Liepāja Barselona 3 studentiem | Liepāja 3 > Barcelona
no Rīgas uz Lisabonu un atpakaļ uz Rīgu 4 cilvēki | Riga 4 > Lisbon
no Bernes uz Rīgu 4 | Bern 4 > Riga
New York - Baden-Baden | New York City > Baden-Baden
no Santakrusas de Tenerifes uz Sankt-Peterburgu | Santa Cruz de Tenerife > Saint Petersburg
no L'Akvilas uz Jūrmalu | L'Aquila > Jūrmala
no Daugavplis uz Lisbonu 4 | Daugavpils 4 > Lisbon
no Rīgas uz Valensiju, Spānija, 3 cilvēki | Riga 3 > Valencia
Halle (Beļģija) - Parīze, Francija | Halle > Paris
no Nicas uz Rīgu | Nice > Riga
Lisabona: Rīga 4, Brno 3, Porto 2 | Riga 4, Brno 3, Porto 2 > Lisbon
lisabona: riga 4, brno 3, porto 2 | Riga 4, Brno 3, Porto 2 > Lisbon
Lisabona: Rīga 4; Brno 3 un Porto 2 | Riga 4, Brno 3, Porto 2 > Lisbon
Lisabona: 4 no Rīgas, 3 no Brno | Riga 4, Brno 3 > Lisbon
no Rīgas 4, no Brno 3 uz Lisabonu | Riga 4, Brno 3 > Lisbon
4 no Rīgas, 3 no Brno uz Lisabonu | Riga 4, Brno 3 > Lisbon
no Rīgas 4, Brno 3 un Porto 2 uz Lisabonu | Riga 4, Brno 3, Porto 2 > Lisbon
Rīga 4, Brno 3 -> Lisabona | Riga 4, Brno 3 > Lisbon
no Rīgas un Brno uz Lisabonu | Riga, Brno > Lisbon
""".strip().splitlines()

# Only after a command.
COMMANDS = """
valmiera cesis 3 | Valmiera 3 > Cēsis
riga berne 4 bērni | Riga 4 > Bern
Rīga, Lisabona, 4 | Riga 4 > Lisbon
Rīga 4 Lisabona | Riga 4 > Lisbon
no Rīgas uz Lisabonu 0 | Riga 0 > Lisbon
no Rīgas uz Lisabonu 10000 | Riga 10000 > Lisbon
no Rīgas uz Rīgu | Riga > Riga
no Rīgas uz Qwerty 4 | Riga 4 > ?Qwerty
Rīga Qwerty | Riga > ?Qwerty
Rīga - Kvertija x 3 | Riga 3 > ?Kvertija
no Rīgas uz Vāciju 4 | Riga 4 > ?Vāciju
Lisabona: Rīga 4, Qwerty 3 | Riga 4, ?Qwerty 3 > Lisbon
""".strip().splitlines()

QUESTIONS = """
Kāds ir termiņš Rīgā?
no 12 līdz 36 mēnešiem
Vai Rīgas skola var sadarboties ar Lisabonas skolu?
Rīga vai Lisabona?
Kur Rīgā ir aģentūra?
Hello from Porto! Our director is rather sceptical.
Nice to meet you from Riga
uz Lisabonu
cik maksā brauciens uz Parīzi
lidojam kadus 2300 kilmetrus uz Barselnu
brauksim ar busu kadus 60 km uz Igauniju
no Rīgas uz Vāciju
no Latvijas uz Portugāli
from Latvia to Spain
из Латвии в Испанию
no skolas uz Briseli
no projekta uz Briseli
no viņu skolas uz Romu
ceļam līdz Lisabonai
from school to work
from theory to practice
from reading to writing
from A to B
no sākuma līdz beigām
no marta līdz maijam
no pirmdienas līdz piektdienai
no 24. marta līdz 23. aprīlim
no 2020. līdz 2021. gadam
no 100 līdz 499 km
100 - 499 km
10-99 km 20 eiro
no 3 partneriem no 3 valstīm
par un par
uz par no un
cik cilvēku var braukt uz sanāksmi
kas ir KA2 - stratēģiskā partnerība?
KA201 - skolas, KA202 - profesionālā izglītība
skolas: KA201, augstskolas: KA203
Termiņš: 24. marts, 12:00
Mēs esam no Rīgas. Vai varam braukt uz Lisabonu?
Partneri ir no Porto un Brno, kas drīkst iesniegt?
Jelgava – Viļņa – Varšava
no Rīgas uz Berlīni un uz Porto
организация из Женевы или Цюриха
mēs esam Rīga un Lisabona
Jauna skola, Sala, Roja un Ogre
Par ko maksā? Un cik?
male or female participants from any country
best of luck with the split
из школы в университет
с января до марта
""".strip().splitlines()


def said(journey: Journey | None) -> str:
    if journey is None:
        return "none"
    ends = [
        (found.best.name if found.best else f"?{found.typed}")
        for found in (*(origin.place for origin in journey.origins), journey.destination)
    ]
    people = [f" {origin.people}" if origin.people is not None else "" for origin in journey.origins]
    origins = ", ".join(f"{name}{count}" for name, count in zip(ends, people, strict=False))
    return f"{origins} > {ends[-1]}"


@pytest.mark.parametrize("line", JOURNEYS)
def test_a_free_question_that_names_a_journey(line: str) -> None:
    text, journey = line.split(" | ")
    assert said(load_places().read_journey(text)) == journey


@pytest.mark.parametrize("line", [*JOURNEYS, *COMMANDS])
def test_a_journey_after_a_command(line: str) -> None:
    text, journey = line.split(" | ")
    assert said(load_places().read_journey(text, strict=False)) == journey


@pytest.mark.parametrize("text", QUESTIONS)
def test_an_ordinary_question_is_no_journey(text: str) -> None:
    assert said(load_places().read_journey(text)) == "none"


@pytest.mark.parametrize("text", ["", "Rīga", "qwerty asdf", "4", "no Rīgas", "???"])
def test_a_command_without_two_ends_is_no_journey(text: str) -> None:
    assert load_places().read_journey(text, strict=False) is None


def test_the_project_s_negative_questions_hold_no_journey() -> None:
    file = Path(__file__).parents[1] / "questions" / "negative.jsonl"
    questions = [json.loads(line)["q"] for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(questions) >= 40
    # Its answer is no sum, but it does name a journey.
    assert [q for q in questions if load_places().read_journey(q)] == [
        "Cik kilometru ir no Rīgas līdz Ventspilij?"
    ]


def test_a_list_over_lines_is_read() -> None:
    journey = load_places().read_journey("Lisabona:\nRīga 4\nBrno 3\nPorto 2")
    assert said(journey) == "Riga 4, Brno 3, Porto 2 > Lisbon"


def test_every_origin_of_a_long_list_is_read() -> None:
    text = "Tallina: Rīga 1, Viļņa 2, Oslo 3, Varšava 4, Berlīne 5, Parīze 6, Roma 7, Porto 8, Brno 9"
    journey = load_places().read_journey(text)
    assert journey is not None
    assert [origin.people for origin in journey.origins] == list(range(1, 10))


def test_the_form_typed_is_kept() -> None:
    journey = load_places().read_journey("no Rīgas uz Valensiju")
    assert journey is not None
    assert journey.origins[0].place.typed == "Rīgas"
    assert journey.destination.typed == "Valensiju"


def test_a_tie_reaches_the_caller() -> None:
    journey = load_places().read_journey("no Rīgas uz Brestu")
    assert journey is not None
    assert journey.destination.tie
    assert {place.country for place in journey.destination.others} == {"BY"}


WORDS = """
no uz from to из в Rīga rīgas Lisabona porto - – -> : , . un and 4 x 3 skolēni Par Sala New York ( ) ! starp
"""
words = st.sampled_from(WORDS.split())


@settings(deadline=None)  # the first example loads the gazetteer
@given(st.one_of(st.text(max_size=300), st.lists(words, max_size=25).map(" ".join)), st.booleans())
def test_no_text_raises(text: str, strict: bool) -> None:
    journey = load_places().read_journey(text, strict=strict)
    assert journey is None or journey.origins
