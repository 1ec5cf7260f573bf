"""The budget examples of docs/calculators.md, typed and asked; their totals are worked out by hand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import Begin
from tests.journeys.screens import figures, say

DOCS = Path(__file__).parents[2] / "docs" / "calculators.md"
_EXAMPLE = re.compile(
    r"#### (?P<title>\d+\. .+)\n\n```text\n"
    r"> (?P<command>/budget .+)\n> (?P<asked>.+)\n(?P<card>(?:.|\n)+?)\n```"
)

BY_HAND = {
    "1": 12 * (500 + 2 * 250),
    "2": 24 * (500 + 3 * 250) + 3 * 6 * 575 + 2 * (14 * 275 + 5 * (2 * 106 + 12 * 58)),
    "3": 30 * (500 + 4 * 250) + 2 * 8 * 575 + 10 * 760 + 10 * (360 + 5 * 106) + 120_000 + 12_000,
    "4": 18 * (500 + 2 * 250) + 4 * (20 + 3 * 106) + 1840.80 + 1500 + 3000.75,
    "5": 12 * 2750 + 6 * 30 * 760,
}
"""The total of each example, by the rates of slides 19–24 and the agencies' pages."""

EXAMPLES = [match.groupdict() for match in _EXAMPLE.finditer(DOCS.read_text(encoding="utf-8"))]
EACH = pytest.mark.parametrize("example", EXAMPLES, ids=[each["title"] for each in EXAMPLES])


def language(example: dict[str, str]) -> str:
    return "en" if "months" in example["command"] else "lv"


def shown(text: str) -> str:
    """The card without what stands below it, with plain spaces."""
    return text.partition("📄")[0].strip().replace("\xa0", " ")


def test_all_five_examples_are_found() -> None:
    assert [each["title"][0] for each in EXAMPLES] == list(BY_HAND)


@EACH
async def test_the_command_gives_what_the_page_shows(begin: Begin, example: dict[str, str]) -> None:
    card = await say(await begin(language(example)), example["command"])
    assert shown(card.plain) == example["card"]


@EACH
async def test_so_does_the_free_question(begin: Begin, example: dict[str, str]) -> None:
    card = await say(await begin(language(example)), example["asked"])
    assert shown(card.plain) == example["card"]


@EACH
async def test_the_total_is_the_one_worked_out_by_hand(begin: Begin, example: dict[str, str]) -> None:
    card = figures(await say(await begin(language(example)), example["command"]))
    total = f"{BY_HAND[example['title'][0]]:.2f}".removesuffix(".00")
    if language(example) == "lv":
        total = total.replace(".", ",")
    assert re.search(rf"^(?:Kopā|Total): {re.escape(total)} EUR$", card, re.M)
