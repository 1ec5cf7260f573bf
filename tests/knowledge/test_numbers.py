"""Figures in free text: values, units, and what is no figure."""

import random
import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.numbers import numbers
from knowledge.quantity import People, Unit
from knowledge.words import normalise

MIXTURE = """
12 500 . , - : 2020 gads km at plkst and a half dozen divi simti tūkstoši x 4x may marts 24. līdz EUR % два
сто 99,5 1st пол pusotrs KA 201 @ www. +371 3/4/2020
"""


def read(text: str) -> str:
    """Quantities as "850 km, 2 people/learner"."""
    return ", ".join(
        f"{q.value}{' ' + q.unit.value if q.unit else ''}{'/' + q.people.value if q.people else ''}"
        for q in numbers(text)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("850", "850"),
        ("1 999", "1999"),
        ("1999", "1999"),
        ("99.5", "99.5"),
        ("99,5 km", "99.5 km"),
        ("12 500 eur", "12500 eur"),
        ("12.500", "12500"),
        ("12,500 EUR", "12500 eur"),
        ("1.200 km", "1200 km"),
        ("0.125", "0.125"),
        ("1.234,50 EUR", "1234.50 eur"),
        ("1,234.50", "1234.50"),
        ("4x", "4"),
        ("x 4", "4"),
        ("8k eur", "8000 eur"),
        ("€500 un 30 %", "500 eur, 30 percent"),
    ],
)
def test_digits(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("astoņi tūkstoši", "8000"),
        ("8 tūkst. eiro", "8000 eur"),
        ("divi simti piecdesmit km", "250 km"),
        ("divdesmit četri mēneši", "24 months"),
        ("eight thousand euros", "8000 eur"),
        ("one hundred and fifty km", "150 km"),
        ("a dozen people", "12 people/person"),
        ("two dozen pupils", "24 people/learner"),
        ("half a dozen teachers", "6 people/staff"),
        ("двум ученикам", "2 people/learner"),
        ("двоих", "2 people/person"),
        ("четверо учителей", "4 people/staff"),
        ("тысяча евро", "1000 eur"),
        ("dvum uchenikam", "2 people/learner"),
        ("which one is it", ""),
        ("viens no mums", ""),
    ],
)
def test_number_words(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pusotrs gads", "18 months"),
        ("pusotru gadu", "18 months"),
        ("pusgads", "6 months"),
        ("puse gada", "6 months"),
        ("divarpus gadi", "30 months"),
        ("1,5 gadi", "18 months"),
        ("one and a half years", "18 months"),
        ("half a year", "6 months"),
        ("полтора года", "18 months"),
        ("полгода", "6 months"),
        ("viens gads", "1 years"),
        ("24 mēn.", "24 months"),
        ("3 nedēļas", "21 days"),
        ("10 дней", "10 days"),
        ("12 vai 24 mēneši", "12 months, 24 months"),
    ],
)
def test_durations(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "cik maksās ceļš 850 km diviem skolēniem un 1 skolotājam",
            "850 km, 2 people/learner, 1 people/staff",
        ),
        ("cetriem studentiem", "4 people/learner"),
        ("4 pieaugušie dalībnieki", "4 people/person"),
        ("5 partneru valstis", "5 countries"),
        ("5 partner organisations from 3 countries", "5 partners, 3 countries"),
        ("2 skolas skolotāji", "2 people/staff"),
        ("3 mūsu skolotāji", "3 people/staff"),
        ("vismaz trīs organizācijas no trīs programmas valstīm", "3 partners, 3 countries"),
        ("1-3 partneri", "1 partners, 3 partners"),
        ("no 10 līdz 99 km", "10 km, 99 km"),
        ("850км на 5 человек", "850 km, 5 people/person"),
        ("500km diviem", "500 km, 2"),
    ],
)
def test_what_is_counted(text: str, expected: str) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020. gada 24. marts plkst. 12:00", "2020 year, 24 date, 720 time"),
        ("24.03.2020", "24 date"),
        ("march 24 2020", "24 date, 2020 year"),
        ("2021.–2027.", "2021 year, 2027 year"),
        ("2020 km", "2020 km"),
        ("at 17.30", "1050 time"),
        ("at 12 500", "12500"),
        ("2nd round", "2 ordinal"),
        ("5. klase", "5 ordinal"),
        ("KA201-123, KA201, KA 201, ka-2, H2020", ""),
        ("67814331 vai +371 26 123 456", ""),
        ("janis2020@skola12.lv https://x.lv/2020", ""),
    ],
)
def test_what_is_no_amount(text: str, expected: str) -> None:
    assert read(text) == expected


def test_a_quantity_says_where_it_stands() -> None:
    text = "Cik dabūs 4 skolēni?"
    (quantity,) = numbers(text)
    assert normalise(text)[quantity.start : quantity.end] == "4 skoleni"
    assert (quantity.unit, quantity.people) == (Unit.PEOPLE, People.LEARNER)


@given(st.integers(min_value=0, max_value=9_999_999))
def test_integers_are_read_back_however_they_are_grouped(number: int) -> None:
    grouped = f"{number:,}"
    for text in (str(number), grouped.replace(",", " "), grouped.replace(",", "\u00a0"), grouped):
        assert [q.value for q in numbers(text)] == [number]


@given(st.decimals(min_value=1, max_value=9999, places=2))
def test_cents_are_read_with_comma_and_point(amount: Decimal) -> None:
    for text in (f"{amount} eur", f"{amount} eur".replace(".", ",")):
        assert [q.value for q in numbers(text)] == [amount]


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for quantity in numbers(text):
        assert 0 <= quantity.start < quantity.end <= len(normalise(text))


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(MIXTURE.split()),
        max_size=12,
    ),
    st.sampled_from(["", " "]),
)
def test_any_mixture_of_number_words_is_read(words: list[str], glue: str) -> None:
    numbers(glue.join(words))


@pytest.mark.parametrize("seed", range(10))
def test_4096_random_characters_are_read(seed: int) -> None:
    chance = random.Random(seed)
    numbers(
        "".join(chr(chance.choice((chance.randrange(0x250), chance.randrange(0xD800)))) for _ in range(4096))
    )


@pytest.mark.parametrize(
    "piece", ["a.", "-1", "1 234 ", "1.2.3.", "a@", "divi ", "24.", "www.", "+1 ", "k1", "tūkstoši "]
)
def test_no_message_takes_long(piece: str) -> None:
    text = (piece * 4096)[:4096]
    began = time.perf_counter()
    numbers(text)
    assert time.perf_counter() - began < 0.5
