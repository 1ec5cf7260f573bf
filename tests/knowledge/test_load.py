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


def test_a_missing_translation_is_named_with_file_and_line(data: Path) -> None:
    _replace(data / "calls" / "ka2-2020.yaml", ', en: "Riga"}', "}")
    with pytest.raises(KnowledgeError, match=r"calls/ka2-2020\.yaml:\d+: agency\.city\.en: Field required"):
        load_knowledge(data)


def test_an_unknown_key_is_refused_instead_of_ignored(data: Path) -> None:
    _replace(data / "calls" / "ka2-2020.yaml", "{per_month: 12500", "{permonth: 12500")
    with pytest.raises(KnowledgeError, match=r"grant\.per_month: Field required") as broken:
        load_knowledge(data)
    assert "grant.permonth: there is no such field here" in str(broken.value)


def test_a_related_entry_that_does_not_exist_is_named(data: Path) -> None:
    some = sorted((data / "entries").iterdir())[0]
    text = some.read_text(encoding="utf-8")
    start = text.index("related: [") + len("related: [")
    some.write_text(text[:start] + "no-such-entry, " + text[start:], encoding="utf-8")
    with pytest.raises(
        KnowledgeError, match=r"entries/\w+\.yaml:\d+: related entry 'no-such-entry' does not exist"
    ):
        load_knowledge(data)


def test_an_entry_id_that_stands_twice_is_refused(data: Path) -> None:
    files = sorted((data / "entries").iterdir())
    shutil.copy(files[0], data / "entries" / "zz.yaml")
    with pytest.raises(KnowledgeError, match=r"stands in entries/.* too"):
        load_knowledge(data)


def test_bands_that_overlap_are_refused(data: Path) -> None:
    _replace(data / "calls" / "ka2-2020.yaml", "{from_km: 100, to_km: 499", "{from_km: 99, to_km: 499")
    with pytest.raises(KnowledgeError, match="must begin above the end"):
        load_knowledge(data)


def test_a_source_without_a_document_is_named(data: Path) -> None:
    _replace(data / "calls" / "ka2-2020.yaml", "source: presentation/30", "source: presentatoin/30")
    with pytest.raises(KnowledgeError, match="'presentatoin/30' is not in documents"):
        load_knowledge(data)


def test_an_entry_is_found_by_an_id_it_had_before() -> None:
    loaded = knowledge()
    first = next(iter(loaded.entries.values()))
    assert loaded.entry(first.id) is first
    assert loaded.entry("never-existed") is None
