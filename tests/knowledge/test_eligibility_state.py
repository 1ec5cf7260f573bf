"""Packing of the quiz's answers: every state there and back within a button, nothing forged accepted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.buttons import LIMIT, pack, unpack
from knowledge.answersheet import Answers, Value, fits
from knowledge.checklist import AmountStep, Checklist, CountStep, DateStep, MonthsStep, Step
from knowledge.checkstate import decode, digest, encode
from knowledge.model import LANGUAGES, Language
from tests.handlers.check_turns import packaged, with_call


def checklist() -> Checklist:
    return packaged().checks["ka2-2020"]


def values_of(step: Step) -> st.SearchStrategy[Value]:
    codes: st.SearchStrategy[Value] = st.sampled_from([option.code for option in step.options])
    if isinstance(step, CountStep | MonthsStep | AmountStep):
        return codes | st.integers(step.least if isinstance(step, AmountStep) else 1, step.most)
    if isinstance(step, DateStep):
        return codes | st.dates(date(2000, 1, 1), date(2100, 1, 1))
    return codes


@st.composite
def sheets(draw: st.DrawFn) -> Answers:
    answered = draw(st.sets(st.sampled_from([step.id for step in checklist().steps])))
    return Answers(tuple((s.id, draw(values_of(s))) for s in checklist().steps if s.id in answered))


@given(sheets(), st.sampled_from(LANGUAGES))
@settings(max_examples=300, deadline=None)
def test_every_state_comes_back_and_fits_behind_a_button(answers: Answers, language: Language) -> None:
    data = pack("c", language, "ffff", encode(checklist(), answers))
    assert len(data.encode()) <= LIMIT
    press = unpack(data)
    assert press is not None
    assert decode(checklist(), press.fields[1]) == answers


def test_the_longest_state_fits_behind_a_button() -> None:
    longest: dict[str, Value] = {}
    for step in checklist().steps:
        longest[step.id] = "U"
        if isinstance(step, CountStep | MonthsStep | AmountStep):
            longest[step.id] = step.most
        elif isinstance(step, DateStep):
            longest[step.id] = date.max
        elif step.option("U") is None:
            longest[step.id] = step.options[0].code
    assert (
        len(pack("c", "lv", "ffff", encode(checklist(), Answers(tuple(longest.items())))).encode()) <= LIMIT
    )


@given(st.text(max_size=60))
@settings(deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    answers = decode(checklist(), text)
    assert answers is None or encode(checklist(), answers) == text


@pytest.mark.parametrize(
    "forged",
    [
        "r", "rl", "rZ", "xA", ".", "rL.", ".rL", "rL.rL", "rL.rP", "sS.rL", "o0", "o01", "o-1", "ozz", "d0",
        "bzzzzzzz", "b0", "gzzzzzzz", "gzzzzzzzz", "o³", "oU3", "tX", "c1.o1", "rLL", "rĻ",
    ],
)  # fmt: skip
def test_a_forged_state_is_refused(forged: str) -> None:
    assert decode(checklist(), forged) is None


def test_an_empty_state_is_the_beginning() -> None:
    assert decode(checklist(), "") == Answers()
    assert encode(checklist(), Answers()) == ""


def test_the_order_of_the_steps_in_the_file_does_not_matter() -> None:
    answers = Answers((("role", "L"), ("organisations", 3), ("start", date(2020, 10, 1))))
    turned = checklist().model_copy(update={"steps": tuple(reversed(checklist().steps))})
    assert decode(turned, encode(turned, answers)) is not None
    assert dict(answers.values) == dict((decode(turned, encode(turned, answers)) or Answers()).values)


def test_the_digest_follows_the_rules_and_the_limits() -> None:
    call = packaged().call
    usual = digest(checklist(), call)
    assert len(usual) == 4
    assert usual == digest(checklist(), call)
    longer = with_call(duration=call.duration.model_copy(update={"max_months": 40})).call
    assert digest(checklist(), longer) != usual
    fewer = checklist().model_copy(update={"steps": checklist().steps[:-1]})
    assert digest(fewer, call) != usual


def test_a_value_fits_only_its_kind_of_step() -> None:
    steps = {step.id: step for step in checklist().steps}
    assert not fits(steps["role"], 3)
    assert not fits(steps["organisations"], date(2020, 1, 1))
    assert not fits(steps["organisations"], 100)
    assert not fits(steps["start"], 3)
