"""A message taken apart: what of it asks, and the story around."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.message import MOST_QUESTIONS, asked, joined, sentences


@pytest.mark.parametrize(
    ("message", "asking"),
    [
        ("Labdien! Esam skola no Cēsīm. Cik partneru vajag?", "Cik partneru vajag?"),
        ("Esmu grāmatvede. Pasakiet, lūdzu, summu mēnesī.", "Pasakiet, lūdzu, summu mēnesī."),
        (
            "I keep the books of a town. Before I sign I need the ceiling, please.",
            "Before I sign I need the ceiling, please.",
        ),
        ("Мы школа. Подскажите срок подачи.", "Подскажите срок подачи."),
    ],
)
def test_what_asks_or_requests_is_told_from_the_story(message: str, asking: str) -> None:
    found, story = asked(message)
    assert found == (asking,)
    assert story == sentences(message)[:-1]


def test_an_outright_question_makes_a_polite_sentence_part_of_the_story() -> None:
    found, story = asked("Palīdziet, lūdzu, mūsu skolai. Kad ir termiņš?")
    assert (found, story) == (("Kad ir termiņš?",), ("Palīdziet, lūdzu, mūsu skolai.",))


def test_where_nothing_asks_everything_does() -> None:
    assert asked("Termiņš. Nauda.") == (("Termiņš.", "Nauda."), ())


@given(st.text(max_size=200))
def test_no_sentence_is_lost_or_told_twice(text: str) -> None:
    found, story = asked(text)
    assert sorted((*found, *story)) == sorted(sentences(text))


@pytest.mark.parametrize(
    ("message", "each"),
    [
        ("kadas prioritates skolam un kad termins", ("kadas prioritates skolam", "kad termins")),
        ("how many partners and when is the deadline?", ("how many partners", "when is the deadline?")),
        ("сколько партнёров и когда срок", ("сколько партнёров", "когда срок")),
    ],
)
def test_questions_joined_by_and_are_taken_apart(message: str, each: tuple[str, ...]) -> None:
    assert joined(message) == each


@pytest.mark.parametrize(
    "message",
    [
        "kas ir koordinators un ko viņš dara",  # points back
        "kad un cik ilgi var braukt",  # one question
        "cik partneru un valstu vajag",  # joins words
        "skola un kad termiņš",  # the first part asks nothing
        "Kad termiņš? Un cik partneru?",  # two sentences
        "un kad",
        "",
    ],
)
def test_what_is_one_question_or_none_is_not_taken_apart(message: str) -> None:
    assert joined(message) == ()


@given(st.text(alphabet="kadcikpo un?.", max_size=60))
def test_parts_are_the_sentence_without_its_ands(text: str) -> None:
    parts = joined(text)
    assert len(parts) <= MOST_QUESTIONS
    assert all(part in " ".join(text.split()) for part in parts)
