"""docs/calculators.md: each example gives what the page says, as a command and asked freely."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.local.conversation import Shown
from tests.conftest import Begin
from tests.journeys.screens import chosen, figures, say

PAGE = Path(__file__).parents[2] / "docs" / "calculators.md"

FEWEST = 5
"""Worked examples that the page promises, two of them of several partners."""


@dataclass(frozen=True)
class Example:
    """One section of the page: what is typed, what must stand in the reply in each language, the total."""

    title: str
    typed: dict[str, str]
    lines: dict[str, tuple[str, ...]]
    total: str


def examples() -> list[Example]:
    """The numbered sections below "Worked trips"."""
    sections = re.split(r"\n### (?=\d)", PAGE.read_text(encoding="utf-8"))[1:]
    return [_example(section) for section in sections]


def _example(section: str) -> Example:
    title, *rest = section.splitlines()
    typed: dict[str, str] = {}
    lines: dict[str, list[str]] = {"lv": [], "en": []}
    total = ""
    for line in rest:
        if not (item := re.fullmatch(r"- ([^:]+): (.+)", line)):
            continue
        name, said = item[1], item[2]
        if name in ("command", "free (lv)", "free (en)"):
            typed[name] = said.strip("`")
            continue
        if name == "total":
            total = said.strip("`")
        # "`lv` / `en`" is one line in both languages; otherwise it is the same in both.
        for pair in re.finditer(r"`([^`]+)`(?: / `([^`]+)`)?", said):
            lines["lv"].append(pair[1])
            lines["en"].append(pair[2] or pair[1])
    return Example(title, typed, {key: tuple(value) for key, value in lines.items()}, total)


EXAMPLES = examples()
EACH = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.title)


def assert_worked(shown: Shown, example: Example, language: str) -> None:
    text = re.sub(r"(?<=\d),(?=\d km)", ".", figures(shown))
    for line in example.lines[language]:
        assert line in text, f"{line}\n{text}"
    first = text.splitlines()[0]
    assert first.startswith(f"{example.total} "), first
    copied = {button.value for button in shown.flat_buttons if button.action == "copy_text"}
    assert copied == {example.total.removesuffix(" EUR")}


def test_the_page_has_the_examples_it_promises() -> None:
    assert len(EXAMPLES) >= FEWEST
    assert sum("several partners" in example.title for example in EXAMPLES) >= 2
    for example in EXAMPLES:
        assert set(example.typed) == {"command", "free (lv)", "free (en)"}
        assert len(example.lines["lv"]) >= 2


@EACH
@pytest.mark.parametrize("language", ["lv", "en"])
async def test_the_command_gives_what_the_page_says(begin: Begin, example: Example, language: str) -> None:
    talk = await chosen(begin, language)
    assert_worked(await say(talk, example.typed["command"]), example, language)


@EACH
@pytest.mark.parametrize("language", ["lv", "en"])
async def test_the_question_gives_what_the_page_says(begin: Begin, example: Example, language: str) -> None:
    talk = await chosen(begin, language)
    assert_worked(await say(talk, example.typed[f"free ({language})"]), example, language)
