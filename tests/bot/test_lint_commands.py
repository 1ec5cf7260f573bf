"""The commands of curator and measurer as they are typed."""

import pytest

from tests.bot.test_cli import ka2bot


def test_lint_is_quick_enough_for_every_change() -> None:
    said = ka2bot("lint", KA2BOT_NOW="2026-11-22")
    assert " entries: " in said.stdout.splitlines()[-1]
    assert all(": error: " in line or ": warning: " in line for line in said.stdout.splitlines()[:-1])


def test_ask_explains_itself() -> None:
    said = ka2bot("ask", "--explain", "cik naudas var dabūt", KA2BOT_NOW="2026-11-22")
    assert (said.returncode, said.stderr) == (0, "")
    assert "grant-ceiling" in said.stdout


@pytest.mark.parametrize(
    "arguments", [("--explain",), ("--explain", "--batch"), ("--explain", "--json", "?")]
)
def test_an_explanation_needs_one_question(arguments: tuple[str, ...]) -> None:
    assert ka2bot("ask", *arguments).returncode == 2


def test_schemas_are_printed() -> None:
    assert ka2bot("schema").stdout.count("https://json-schema.org/draft/2020-12/schema") == 10
