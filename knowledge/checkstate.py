"""The quiz's answers as a short text for a button, and back; the digest of the rules they were given under.

`rL.sH.o3.di.bft5d`: a step's code, then an option's code (a capital) or a figure in base 36 (small letters; a
day as its ordinal number). Order and number of steps in the YAML do not matter.
"""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from knowledge.answersheet import Answers, Value, fits
from knowledge.call import Call
from knowledge.checklist import Checklist, DateStep, Step

SEPARATOR = "."

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LONGEST = 7
"""Digits of a figure in base 36: more than any sum that a step takes."""


def encode(checklist: Checklist, answers: Answers) -> str:
    """The answers in the order of the steps."""
    given = ((step.code, answers.get(step.id)) for step in checklist.steps)
    return SEPARATOR.join(code + _packed(value) for code, value in given if value is not None)


def decode(checklist: Checklist, text: str) -> Answers | None:
    """The answers that a text packs; None for a text that this checklist would not have packed."""
    by_code = {step.code: step for step in checklist.steps}
    answers = Answers()
    for part in text.split(SEPARATOR) if text else ():
        step = by_code.get(part[:1])
        value = _unpacked(step, part[1:]) if step else None
        if step is None or value is None or answers.get(step.id) is not None:
            return None
        answers = answers.give(step.id, value)
    return answers if encode(checklist, answers) == text else None


def digest(checklist: Checklist, call: Call) -> str:
    """Four hex digits over the checklist and the limits it goes by: they tell a button of another edition."""
    limits = (
        *(each.model_dump_json() for each in (call.consortium, call.applications, call.duration)),
        *(
            each.model_dump_json()
            for each in (call.start, call.priority_rule, call.grant, *call.project_types)
        ),
    )
    return sha256("\n".join((checklist.model_dump_json(), *limits)).encode()).hexdigest()[:4]


def _packed(value: Value) -> str:
    if isinstance(value, str):
        return value
    number, digits = (value.toordinal() if isinstance(value, date) else value), ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits or _DIGITS[0]


def _unpacked(step: Step, text: str) -> Value | None:
    value: Value | None = None
    if text.isascii() and text.isupper():
        value = text
    elif 0 < len(text) <= _LONGEST and all(digit in _DIGITS for digit in text):
        number = int(text, len(_DIGITS))
        value = _day(number) if isinstance(step, DateStep) else number
    return value if value is not None and fits(step, value) else None


def _day(number: int) -> date | None:
    return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else None
