"""What `lint` finds."""

import re
from dataclasses import replace

import pytest

from bot import lint, phrasekeys
from bot.lint import findings
from bot.phrasekeys import key_findings
from handlers.context import Services
from knowledge.entry import Entry


def with_answer(services: Services, answer: str) -> Services:
    """The same knowledge, in which the first entry answers this in Latvian."""
    knowledge = services.knowledge
    name, entry = next(iter(knowledge.entries.items()))
    changed = entry.model_copy(update={"lv": entry.lv.model_copy(update={"answer": answer})})
    assert isinstance(changed, Entry)
    return replace(services, knowledge=replace(knowledge, entries={**knowledge.entries, name: changed}))


def test_there_is_no_error_in_what_we_ship(services: Services) -> None:
    assert [str(finding) for finding in findings(services) if finding.level == "error"] == []


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ("<b>never closed", "error: .*end tag"),
        ("<div>no such tag</div>", 'error: .*Unsupported start tag "div"'),
        ("{{ call.grant.per_yaer }}", "error: .*per_yaer"),
        ("word " * 900, "error: .*more than 4096"),
        ("word " * 320, "warning: .*few read more than 1500"),
    ],
)
def test_a_broken_answer_is_found_with_file_and_line(services: Services, answer: str, problem: str) -> None:
    found = [str(finding) for finding in findings(with_answer(services, answer))]
    assert found
    assert all(re.match(r"knowledge/data/entries/\w+\.yaml:\d+: ", line) for line in found)
    assert all(re.search(problem, line) for line in found)


def test_a_phrase_nobody_says_and_one_that_is_missing_are_found(services: Services) -> None:
    keys = services.phrases.keys()
    found = dict(key_findings((keys | {"left.over"}) - {"other.stale"}))
    assert "left.over" in found["handlers/phrases"]
    assert any(place.startswith("handlers/other.py:") and "other.stale" in said for place, said in found.items())


def test_a_key_with_changing_parts_stands_for_all_that_fit() -> None:
    source = 'turn.say(f"state.{now.state}")\nturn.label("a.b" if x else "c.d")\nkey = "e.f"\nname = "just words"\n'
    uses = [(use.pattern, use.certain) for use in phrasekeys._uses_in(source, "x.py")]
    assert (r"state\..+", True) in uses
    assert {(r"a\.b", True), (r"c\.d", True), (r"e\.f", False)} <= set(uses)
    assert all("words" not in pattern for pattern, _ in uses)


def test_the_report_tells_whether_there_is_an_error(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from bot.settings import Settings

    monkeypatch.setattr(lint, "build_services", lambda clock: with_answer(services, "<b>"))
    assert not lint.report(Settings())
    assert "errors" in capsys.readouterr().out.splitlines()[-1]
