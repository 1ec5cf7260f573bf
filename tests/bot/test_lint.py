"""What `lint` finds."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot import lint, phrasekeys
from bot.lint import findings
from bot.linting.places import Places
from bot.linting.rendering import entry_findings
from bot.phrasekeys import key_findings
from bot.settings import Settings
from handlers.context import Services
from knowledge.entry import Entry

ROOT = Path(__file__).parents[2]


def answering(services: Services, answer: str) -> Entry:
    """The first entry, if it answered this in Latvian."""
    entry = next(iter(services.knowledge.entries.values()))
    return entry.model_copy(update={"lv": entry.lv.model_copy(update={"answer": answer})})


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
    entry, places = answering(services, answer), Places(services.knowledge)
    found = [str(finding) for finding in entry_findings(services, entry, places)]
    assert found
    assert all(re.match(r"knowledge/data/entries/\w+\.yaml:\d+: ", line) for line in found)
    assert all(re.search(problem, line) for line in found)


def test_a_phrase_nobody_says_and_one_that_is_missing_are_found(services: Services) -> None:
    keys = services.phrases.keys()
    found = dict(key_findings((keys | {"left.over"}) - {"other.stale"}))
    assert "left.over" in found["handlers/phrases"]
    assert any(
        place.startswith("handlers/other.py:") and "other.stale" in said for place, said in found.items()
    )


def test_a_key_with_changing_parts_stands_for_all_that_fit() -> None:
    source = 't.say(f"state.{state}"); t.label("a.b" if x else "c.d"); k = "e.f"; n = "a word"'
    uses = [(use.pattern, use.certain) for use in phrasekeys._uses_in(source, "x.py")]
    assert (r"state\..+", True) in uses
    assert {(r"a\.b", True), (r"c\.d", True), (r"e\.f", False)} <= set(uses)
    assert all("word" not in pattern for pattern, _ in uses)


def test_the_report_tells_whether_there_is_an_error(
    services: Services, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = answering(services, "<b>")
    knowledge = replace(services.knowledge, entries={broken.id: broken})
    monkeypatch.setattr(lint, "build_services", lambda clock: replace(services, knowledge=knowledge))
    assert not lint.report(Settings())
    assert "errors" in capsys.readouterr().out.splitlines()[-1]


def test_a_phrase_nobody_says_is_found_at_its_line(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "the phrase other.stale is never used; delete it in all languages"
    monkeypatch.setattr(lint, "key_findings", lambda keys: iter([("handlers/phrases", said)]))
    (finding,) = (finding for finding in findings(services) if finding.message == said)
    file, _, line = finding.place.partition(":")
    assert (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].startswith("other.stale:")
