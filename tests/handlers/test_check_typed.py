"""What people type into the quiz: answers with and without diacritics, questions, lines after it."""

from __future__ import annotations

from datetime import date

import pytest

from handlers import check
from handlers.buttons import pack, unpack
from handlers.check_typed import read_prefill
from knowledge.answersheet import Answers, Value
from knowledge.checkstate import decode, digest, encode
from knowledge.model import Language
from knowledge.quiz import next_step
from tests.handlers.check_turns import call, packaged, turn

BEFORE: dict[str, Value] = {
    "role": "L", "sector": "S", "type": "I", "organisations": 3, "countries": 3, "duration": 24,
    "start": date(2020, 10, 1), "grant": "Y", "priority": "H", "elsewhere": "N", "venue": "C",
}  # fmt: skip


def card_at(step: str, more: dict[str, Value], language: Language = "lv") -> str:
    """The packed state of the card that asks for a step."""
    checklist = packaged().checks["ka2-2020"]
    given = Answers(tuple({**dict([*BEFORE.items()][: [*BEFORE].index(step)]), **more}.items()))
    opened = next_step(checklist, call(), given)
    assert opened is not None
    assert opened.id == step
    return pack(check.KIND, language, digest(checklist, call()), encode(checklist, given))


def typed(step: str, text: str, **more: Value) -> dict[str, Value] | None:
    """The answers after a text typed at a step; None where it was taken for a question."""
    at = turn("lv", card=card_at(step, more))
    reply = check.typed(at, text)
    if reply is None:
        return None
    assert reply.in_place
    if reply.card is None:
        return {"result": reply.html}
    press = unpack(reply.card)
    assert press is not None
    answers = decode(packaged().checks["ka2-2020"], press.fields[1])
    assert answers is not None
    return dict(answers.values)


@pytest.mark.parametrize(
    ("step", "text", "value"),
    [
        ("role", "Latvija", "L"),
        ("role", "mēs esam organizācija Latvijā", "L"),
        ("role", "biedriba", "L"),
        ("role", "skola", "L"),
        ("role", "mēs esam biedrība", "L"),
        ("role", "a school", "L"),
        ("role", "NGO", "L"),
        ("role", "uznemums", "L"),
        ("role", "skola Polijā", "P"),
        ("role", "a German company", "P"),
        ("role", "an organisation in Latvia", "L"),
        ("role", "Vācija", "P"),
        ("role", "Vacija", "P"),
        ("role", "no Apvienotās Karalistes", "P"),
        ("role", "Germany", "P"),
        ("role", "citā valstī", "P"),
        ("sector", "skola", "S"),
        ("sector", "skolai", "S"),
        ("sector", "skolu izglītība", "S"),
        ("sector", "skolu izglitiba", "S"),
        ("sector", "School", "S"),
        ("sector", "bernudarzs", "S"),
        ("sector", "PIA", "V"),
        ("sector", "tehnikums", "V"),
        ("sector", "profesionālā izglītība", "V"),
        ("sector", "profesionala skola", "V"),
        ("sector", "vocational school", "V"),
        ("sector", "VET", "V"),
        ("sector", "augstskola", "H"),
        ("sector", "universitāte", "H"),
        ("sector", "augstaka izglitiba", "H"),
        ("sector", "higher education", "H"),
        ("sector", "pieaugušie", "A"),
        ("sector", "pieauguso izglitiba", "A"),
        ("sector", "adult education", "A"),
        ("sector", "KA204", "A"),
        ("sector", "ka 203", "H"),
        ("sector", "nezinu", "U"),
        ("sector", "not sure", "U"),
        ("type", "inovācijas", "I"),
        ("type", "innovation", "I"),
        ("type", "labas pieredzes apmaiņa", "E"),
        ("type", "pieredzes apmaina", "E"),
        ("type", "exchange of good practices", "E"),
        ("type", "vēl nav izlemts", "U"),
        ("organisations", "3", 3),
        ("organisations", "trīs", 3),
        ("organisations", "five", 5),
        ("organisations", "4 partneri", 4),
        ("organisations", "mums ir 4 organizācijas", 4),
        ("organisations", "3 skolas", 3),
        ("organisations", "we have 5 partners", 5),
        ("organisations", "nezinu", "U"),
        ("countries", "3", 3),
        ("countries", "no 3 valstīm", 3),
        ("countries", "3 different countries", 3),
        ("duration", "24", 24),
        ("duration", "24 mēneši", 24),
        ("duration", "24 menesi", 24),
        ("duration", "apmēram 24 mēneši", 24),
        ("duration", "2 gadi", 24),
        ("duration", "18 months", 18),
        ("duration", "1 year", 12),
        ("duration", "11", 11),
        ("start", "oktobris", date(2020, 10, 1)),
        ("start", "oktobrī", date(2020, 10, 1)),
        ("start", "oktobri", date(2020, 10, 1)),
        ("start", "1. oktobris", date(2020, 10, 1)),
        ("start", "2020. gada 15. septembrī", date(2020, 9, 15)),
        ("start", "15.09.2020", date(2020, 9, 15)),
        ("start", "15.09.", date(2020, 9, 15)),
        ("start", "2020-12-31", date(2020, 12, 31)),
        ("start", "1 October 2020", date(2020, 10, 1)),
        ("start", "October 1", date(2020, 10, 1)),
        ("start", "okt", date(2020, 10, 1)),
        ("start", "1 March 2021", date(2021, 3, 1)),
        ("start", "marts", date(2020, 3, 1)),
        ("start", "vēlāk", "L"),
        ("start", "not decided", "U"),
        ("grant", "jā", "Y"),
        ("grant", "ja", "Y"),
        ("grant", "yes", "Y"),
        ("grant", "nē", "N"),
        ("grant", "no", "N"),
        ("grant", "250000", 250_000),
        ("grant", "250 000 EUR", 250_000),
        ("grant", "€250,000", 250_000),
        ("grant", "300 000,50 EUR", 300_001),
        ("grant", "2020", 2020),
        ("grant", "1000", 1000),
        ("priority", "horizontāla", "H"),
        ("priority", "horizontala", "H"),
        ("priority", "nozares", "S"),
        ("priority", "both", "B"),
        ("priority", "gan horizontālā, gan sektora", "B"),
        ("priority", "nevienu", "N"),
        ("elsewhere", "nē", "N"),
        ("elsewhere", "ne", "N"),
        ("elsewhere", "yes", "Y"),
    ],
)
def test_a_typed_answer_counts_as_its_button(step: str, text: str, value: Value) -> None:
    found = typed(step, text)
    assert found is not None
    assert found[step] == value


@pytest.mark.parametrize(
    "text", ["es pats", "privatpersona", "privātpersona", "ārpus programmas valstīm", "a private person"]
)
def test_a_typed_answer_may_end_the_quiz(text: str) -> None:
    found = typed("role", text)
    assert found is not None
    assert "❌" in str(found["result"])


@pytest.mark.parametrize("text", ["3", "1", "999", "0"])
def test_a_small_figure_is_no_grant_but_a_slip(text: str) -> None:
    reply = check.typed(turn("lv", card=card_at("grant", {})), text)
    assert reply is not None
    assert "no 1\xa0000 līdz" in reply.html
    assert reply.card == card_at("grant", {})


@pytest.mark.parametrize("text", ["partneru valstīs", "Brussels", "citur", "nezinu"])
def test_the_last_typed_answer_brings_the_result(text: str) -> None:
    found = typed("venue", text)
    assert found is not None
    assert "result" in found


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("role", "kas ir programmas valstis?"),
        ("sector", "cik naudas var dabūt skolai"),
        ("sector", "skola?"),
        ("sector", "skolas projekta budžets"),
        ("sector", "what can a school do"),
        ("sector", "3"),
        ("sector", "skola vai augstskola"),
        ("sector", "skola universitāte"),
        ("sector", "KA229"),
        ("organisations", "vai 3 partneri ir gana"),
        ("organisations", "3 valstis"),
        ("organisations", "24 mēneši"),
        ("organisations", "3 vai 4"),
        ("organisations", "how many partners"),
        ("duration", "cik ilgi drīkst"),
        ("duration", "24-36 mēneši"),
        ("duration", "850 km"),
        ("start", "31.02.2020"),
        ("start", "kad drīkst sākt"),
        ("start", "rudenī"),
        ("grant", "budžeta kategorijas"),
        ("grant", "cik maksā 2 skolēni 850 km"),
        ("priority", "kādas ir prioritātes"),
        ("venue", ""),
        ("venue", "👍"),
    ],
)
def test_what_does_not_fit_the_open_step_is_a_question(step: str, text: str) -> None:
    assert typed(step, text) is None


@pytest.mark.parametrize(
    ("step", "text"),
    [
        ("organisations", "0"), ("organisations", "100"), ("organisations", "3.5"), ("organisations", "-3"),
        ("duration", "0"), ("duration", "500 mēneši"), ("duration", "18.5"), ("grant", "0"),
    ],
)  # fmt: skip
def test_a_figure_beyond_reason_gets_a_word_and_the_same_question(step: str, text: str) -> None:
    card = card_at(step, {})
    reply = check.typed(turn("lv", card=card), text)
    assert reply is not None
    assert reply.card == card
    assert "veselu skaitli" in reply.html


def test_a_typed_answer_may_bring_another_along() -> None:
    found = typed("organisations", "4 partneri no 3 valstīm")
    assert found is not None
    assert (found["organisations"], found["countries"]) == (4, 3)


def test_what_is_already_answered_is_not_changed_on_the_way() -> None:
    found = typed("organisations", "3 skolas", sector="V")
    assert found is not None
    assert found["sector"] == "V"


def test_the_card_keeps_its_language() -> None:
    at = turn("lv", card=card_at("organisations", {}, "en"))
    reply = check.typed(at, "trīs")
    assert reply is not None
    assert "How many different programme countries" in reply.html


@pytest.mark.parametrize(
    "state",
    ["", "x", "c1:lv:ffff:rL", "c9:lv:ffff:rL", "t1:lv:850:1", "c1:lv", "c1:xx:ffff:", "c1:lv:DIGEST:rZ"],
)
def test_no_typed_answer_without_an_open_card_of_this_edition(state: str) -> None:
    edition = digest(packaged().checks["ka2-2020"], call())
    assert check.typed(turn("lv", card=state.replace("DIGEST", edition)), "skola") is None
    assert check.typed(turn("lv"), "skola") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", {}),
        (
            "KA203 18 mēneši 3 partneri 3 valstis",
            {"sector": "H", "organisations": 3, "countries": 3, "duration": 18},
        ),
        (
            "KA203 18 menesi 3 partneri 3 valstis",
            {"sector": "H", "organisations": 3, "countries": 3, "duration": 18},
        ),
        (
            "adult education, 2 years, 4 partners from 4 countries, 200 000 EUR",
            {"sector": "A", "organisations": 4, "countries": 4, "duration": 24, "grant": 200_000},
        ),
        ("KA202 3 skolas", {"sector": "V", "organisations": 3}),
        ("tehnikums inovācijas", {"sector": "V", "type": "I"}),
        ("Latvijas skola, pieredzes apmaiņa", {"role": "L", "sector": "S", "type": "E"}),
        ("vocational school in Estonia", {"role": "P", "sector": "V"}),
        ("skola sākums 1. oktobrī", {"sector": "S", "start": date(2020, 10, 1)}),
        ("oktobris 3 partneri", {"organisations": 3, "start": date(2020, 10, 1)}),
        ("12 vai 24 mēneši", {}),
        ("KA205", {"sector": "Y"}),
        ("3", {}),
        ("nezinu", {}),
        ("200 partneri", {}),
        ("labdien! <b>&", {}),
    ],
)
def test_a_line_after_the_command_fills_what_it_says(line: str, expected: dict[str, Value]) -> None:
    assert dict(read_prefill(packaged().checks["ka2-2020"], call(), line).values) == expected


async def test_the_line_goes_straight_to_what_is_missing() -> None:
    reply = await check.command(turn("lv"), "KA203 18 mēneši 3 partneri 3 valstis")
    assert "1/11" in reply.html
    assert "KA203 · 3\xa0organizācijas · 3\xa0valstis · 18\xa0mēnešu" in reply.html
    assert reply.card is not None
    ended = await check.command(turn("lv"), "KA205 2 partneri")
    assert "JSPA" in ended.html
    assert ended.card is None
