"""What `lint` finds."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot import lint, phrasekeys
from bot.lint import findings
from bot.linting import markup
from bot.linting.places import Places
from bot.linting.rendering import entry_findings
from bot.linting.saying import unsayable
from bot.linting.twins import Twin
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


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("answer", "{{ call.grant.totale }}", r"answer: there is no fact call\.grant\.totale"),
        ("detail", "{{ call.grant.totale }}", r"detail: there is no fact call\.grant\.totale"),
        ("answer", "{{ call.grant.total | monney }}", "in lv: No filter named 'monney'; correct what"),
        ("detail", "{{ call.grant | money }}", "in lv: TypeError.*; correct what stands in {{ }}"),
        ("answer", "{{ call.grant.total | date('dative') }}", "in lv: AttributeError.*; correct what"),
        ("answer", "{% if sector %}", r"in lv: Unexpected end of template.*; correct what"),
        ("answer", "<b>never closed", 'in lv: .* start tag "b"; close each tag where it was opened'),
        ("detail", "never opened</b>", "in lv: Unexpected end tag; close each tag"),
        ("answer", "{% if sector == 'he' %}{{ sector | date }}{% endif %}", "in lv for he: ValueError"),
    ],
)
def test_one_mistake_is_told_once_at_the_line_of_its_field(
    services: Services, field: str, text: str, said: str
) -> None:
    entry = services.knowledge.entries["grant-ceiling"]
    broken = entry.model_copy(update={"lv": entry.lv.model_copy(update={field: text})})
    (finding,) = entry_findings(services, broken, Places(services.knowledge))
    file, _, line = finding.place.partition(":")
    assert (ROOT / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].startswith(f"    {field}:")
    assert re.search(said, finding.message)


def test_a_tag_that_only_the_detail_closes_is_found_since_the_answer_is_shown_alone_too(
    services: Services,
) -> None:
    entry = services.knowledge.entries["grant-ceiling"]
    lv = entry.lv.model_copy(update={"answer": "<b>Yes", "detail": "and no</b>"})
    (finding,) = entry_findings(services, entry.model_copy(update={"lv": lv}), Places(services.knowledge))
    assert 'start tag "b"' in finding.message


def phrase(text: str) -> Twin:
    place = ("handlers/phrases/lv/common.yaml", "handlers/phrases/en/common.yaml")
    return Twin("phrases/other.stale", "phrase", text, text, *place, ("other.stale",), ("other.stale",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ call.agency.asof | month }}", r"there is no fact call\.agency\.asof"),
        ("{{ at | monthh }}", "there is no filter monthh"),
        ("{{ at | month", "correct what stands in"),
        ("<b>{{ at | month }}", "close each tag"),
        ('<a href="{{ url }}">here', "close each tag"),
    ],
)
def test_a_phrase_that_cannot_be_said_is_found_without_the_values_of_the_moment(
    services: Services, text: str, said: str
) -> None:
    lv, en = unsayable([phrase(text)], services, Places(services.knowledge))
    assert re.search(said, lv.message)
    assert re.match(r"handlers/phrases/lv/common\.yaml:\d+$", lv.place)
    assert en.message == lv.message


def test_markup_around_values_and_in_branches_is_fine(services: Services) -> None:
    text = '{% if n > 1 %}<b>{{ n }}</b>{% else %}<a href="{{ url }}">1</a>{% endif %} A &amp; B'
    assert list(unsayable([phrase(text)], services, Places(services.knowledge))) == []


def test_a_bare_ampersand_is_doubtful_and_so_is_one_written_out_where_there_is_no_markup(
    services: Services,
) -> None:
    places = Places(services.knowledge)
    fine = (phrase("A &amp; B &lt; C"), replace(phrase("A & B"), role="fact"))
    assert list(markup.ampersands(fine, places)) == []
    bare = list(markup.ampersands([phrase("A & B {{ x }}")], places))
    assert [(each.level, "&amp;" in each.message) for each in bare] == [("warning", True)] * 2
    written_out = markup.ampersands([replace(phrase("A &amp; B"), name="entries/x/title")], places)
    assert all("write & alone" in each.message for each in written_out)


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
