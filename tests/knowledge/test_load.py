import re
import shutil
from importlib.resources import as_file
from pathlib import Path

import pytest

from knowledge.entry import phrasings
from knowledge.load import load_knowledge, packaged_data
from knowledge.model import KnowledgeError
from tests.worlds import knowledge


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with as_file(packaged_data()) as packaged:
        shutil.copytree(packaged, tmp_path / "data")
    return tmp_path / "data"


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_packaged_knowledge_holds_at_least_seventy_entries() -> None:
    assert len(knowledge().entries) >= 70


def test_every_entry_has_enough_phrasings_of_its_own() -> None:
    for entry in knowledge().entries.values():
        assert len(phrasings(entry.lv.asks)) >= 8, entry.id
        assert len(phrasings(entry.en.asks)) >= 5, entry.id


CALL, MONEY, CHECKS = "calls/ka2-2020.yaml", "entries/money.yaml", "checks/ka2-2020.yaml"


def line(data: Path, file: str, text: str) -> int:
    """The line that holds a text."""
    lines = (data / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, content in enumerate(lines, 1) if text in content)


def problems(data: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as broken:
        load_knowledge(data)
    return str(broken.value).splitlines()


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "said"),
    [
        (CALL, '"2020-04-23 12:00"', '"2020-04-33 12:00"', "04-33", 'at must be "YYYY-MM-DD HH:MM", a day'),
        (CALL, '"2020-04-23 12:00"', '"2020-04-23 25:00"', "25:00", 'at must be "YYYY-MM-DD HH:MM", a day'),
        (CALL, '"2020-04-23 12:00"', '"23.04.2020 12:00"', "23.04", 'at must be "YYYY-MM-DD HH:MM", a day'),
        (CALL, '"2020-04-23 12:00"', '"2020-04-23"', '"2020-04-23"', 'at must be "YYYY-MM-DD HH:MM", a day'),
        (CALL, '"2020-10-29 12:00"', '"2020-10-29"', '"2020-10-29"', 'autumn.deadline must be "YYYY-MM-DD'),
        (CALL, '"2020-12-31", s', '"31.12.2020", s', "start:", 'start.last must be "YYYY-MM-DD", a day'),
        (CALL, '"2020-02-26"', '"2020-02-30"', '"2020-02-30"', 'dates.2 must be "YYYY-MM-DD"'),
        (CALL, 'month: "2020-03"', "month: March", "month: March", 'consultation.month must be "YYYY-MM"'),
        (CALL, 'as_of: "2020-03"', "as_of: 2020", "as_of: 2020", "as_of must be a text; what looks like a n"),
        ("documents.yaml", '"2021-11"', '"2021-13"', '"2021-13"', 'must be "YYYY", "YYYY-MM" or'),
        (CALL, "Europe/Brussels", "Europe/Brusels", "Brusels", 'deadlines.zone must be a time zone as "Eu'),
        (CALL, '"2020-04-23 12:00"', '"2020-03-23 12:00"', "03-23", 'extension.at must be after "2020-03-24'),
        (CALL, "total: 450000", "total: -500000", "total: -", "grant.total must be at least 0"),
        (CALL, "per_month: 12500", "per_month: 12 500", "12 500", "grant.per_month must be a whole number"),
        (CALL, "rate: 275", "rate: -275", "rate: -275", "travel.bands.3.rate must be at least 0"),
        (CALL, "percent: 80, s", "percent: 180, s", "percent: 180", "expensive.percent must be at most 100"),
        (CALL, '"2020-12-31", s', '"2019-12-31", s', "start:", "start.last is below 2020-09-01"),
        (CALL, "  max_months: 36\n  by", "  max_months: 6\n  by", "max_months: 6", "max_months is below 12"),
        (CALL, ', en: "Riga"}', "}", 'city: {lv: "Rīga"', "agency.city.en is missing; add the English text"),
        (CALL, "from_km: 100, ", "from_km: 99, ", "from_km: 99,", "bands.2 must begin above the end"),
        (
            MONEY,
            "  en:\n",
            "  eng:\n",
            "id: grant-ceiling",
            "entry grant-ceiling: en is missing; add the Eng",
        ),
        (MONEY, "kind: gap", "kind: gab", "kind: gab", r"entry [\w-]+: kind must be answer, redirect or gap"),
        (MONEY, "- id: grant-ceiling", "- id: Grant", "id: Grant", "id must be only a-z, 0-9 and -"),
        (MONEY, "  about: ka2-2020", "  until: 1.1.20", "until: 1", 'until must be "YYYY-MM-DD", a day that'),
        (CHECKS, "kind: least", "kind: leest", "kind: leest", "organisations.kind must be one of"),
        (
            CHECKS,
            "verdict: met\n",
            "verdict: mett\n",
            "verdict: mett",
            r"cases.*verdict must be met, not_met or",
        ),
        (
            CHECKS,
            "call: ka2-2020",
            "call: ka2-2021",
            "call: ka2-2021",
            "no call 'ka2-2021'; there are ka2-2020",
        ),
        (
            CALL,
            "source: presentation/30",
            "source: presentatoin/3",
            "toin/3",
            "'presentatoin/3' is not in doc",
        ),
        (MONEY, "related: [", "related: [no-such-entry, ", "no-such-entry", "'no-such-entry' does not exist"),
        ("most_asked.yaml", "- duration", "- durations", "- durations", "there is no entry 'durations'"),
    ],
)
def test_a_mistake_is_told_in_words_with_the_line_it_is_in(
    data: Path, file: str, old: str, new: str, at: str, said: str
) -> None:
    _replace(data / file, old, new)
    place = f"knowledge/data/{file}:{line(data, file, at)}: error: "
    found = [problem.removeprefix(place) for problem in problems(data) if problem.startswith(place)]
    assert any(re.search(said, each) for each in found), problems(data)


def test_an_unknown_key_is_refused_instead_of_ignored(data: Path) -> None:
    _replace(data / CALL, "{per_month: 12500", "{permonth: 12500")
    missing, unknown = problems(data)
    assert missing.endswith("error: grant.per_month is missing; add it")
    assert "error: grant.permonth: there is no such field here; check its spelling" in unknown


def test_everything_that_is_wrong_is_told_at_once(data: Path) -> None:
    _replace(data / MONEY, "kind: gap", "kind: gab")
    _replace(data / MONEY, "  en:\n", "  eng:\n")
    _replace(data / CALL, '"2020-04-23 12:00"', '"2020-04-33 12:00"')
    (data / "vocabulary.yaml").write_text("a: [\n", encoding="utf-8")
    (data / "entries" / "people.yaml").write_bytes("- id: ceļš".encode("cp1257"))
    (data / "entries" / "travel.yaml").write_text("", encoding="utf-8")
    (data / "documents.yaml").unlink()
    told = [re.sub(r".*/data/(.*):\d+: error: .*", r"\1", problem) for problem in problems(data)]
    files = [MONEY, MONEY, MONEY, CALL, "vocabulary.yaml", "documents.yaml"]
    assert sorted(told) == sorted((*files, "entries/people.yaml", "entries/travel.yaml"))


def test_an_entry_id_that_stands_twice_is_told_with_both_lines(data: Path) -> None:
    _replace(data / MONEY, "- id: grant-ceiling", "- id: duration")
    here, there = line(data, MONEY, "- id: duration"), line(data, "entries/apply.yaml", "- id: duration")
    assert problems(data) == [
        f"knowledge/data/{MONEY}:{here}: error: the id 'duration' stands at "
        f"knowledge/data/entries/apply.yaml:{there} too; give one of the two another id"
    ]


def test_a_call_copied_with_its_id_is_refused(data: Path) -> None:
    shutil.copy(data / CALL, data / "calls" / "ka2-2021.yaml")
    (twice,) = problems(data)
    assert twice.startswith("knowledge/data/calls/ka2-2021.yaml:3: error: the id 'ka2-2020' stands at")


def test_an_entry_is_found_by_an_id_it_had_before() -> None:
    loaded = knowledge()
    first = next(iter(loaded.entries.values()))
    assert loaded.entry(first.id) is first
    assert loaded.entry("never-existed") is None
