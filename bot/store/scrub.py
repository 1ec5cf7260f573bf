"""What identifies somebody is taken out of a question before it is kept for review."""

from __future__ import annotations

import re

LONGEST = 300
"""Characters of a question that are kept: enough to see what was asked, too few for a life story."""

# a Latvian personal code, old (date of birth, five digits) or new (32 and nine digits)
_CODE = re.compile(r"(?<!\d)\d{6}\s?[-–]\s?\d{5}(?!\d)|(?<!\d)32\d{9}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_NAME = re.compile(r"(?<!\w)@\w{4,}")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# any number with a country code, or eight digits as a Latvian one, in whatever groups; not two years
# ("2021-2027") and not a date ("24-03-2020")
_PHONE = re.compile(
    r"(?:\+|(?<!\d)00)\d(?:[\s().-]{0,2}\d){6,14}"
    r"|(?<!\w)(?!(?:19|20)\d\d[\s-](?:19|20)\d\d|\d\d-\d\d-\d{4})[2678]\d(?:[\s-]?\d){6}(?!\d)"
)
_LONG_NUMBER = re.compile(r"\d{8,}")

_MARKS = (
    (_CODE, "[code]"),
    (_EMAIL, "[e-mail]"),
    (_ADDRESS, "[link]"),
    (_NAME, "[name]"),
    (_PHONE, "[phone]"),
    (_LONG_NUMBER, "[number]"),
)


def scrubbed(question: str) -> str:
    """The question on one line without e-mail, phone, personal code, account and link.

    Names of people stay: nothing finds them reliably. That is why questions are also kept without who asked.
    """
    question = " ".join(question.split())
    for pattern, mark in _MARKS:
        question = pattern.sub(mark, question)
    return question[:LONGEST]
