"""The search index kept between runs: used where it can be trusted, else built anew."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path

import pytest

from bot import indexcache
from bot.indexcache import KEPT, built_index
from knowledge.load import Knowledge
from knowledge.tables import Tables
from tests import worlds


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Knowledge]:
    """What was built, each in no time."""
    asked: list[Knowledge] = []

    def build(knowledge: Knowledge) -> Tables:
        asked.append(knowledge)
        return worlds.services().search.index.built

    monkeypatch.setattr(indexcache, "build", build)
    return asked


def only_file(folder: Path) -> Path:
    (file,) = folder.glob("index-*.bin")
    return file


def test_an_index_is_built_once_and_read_back_the_same(builds: list[Knowledge], tmp_path: Path) -> None:
    built = built_index(worlds.knowledge(), tmp_path)
    assert built_index(worlds.knowledge(), tmp_path) == built
    assert len(builds) == 1


@pytest.mark.parametrize("content", [b"", b"nonsense", b"i\x01\x00\x00\x00", b")\x00"])
def test_a_damaged_file_is_said_and_replaced(
    content: bytes, builds: list[Knowledge], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    built = built_index(worlds.knowledge(), tmp_path)
    only_file(tmp_path).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert built_index(worlds.knowledge(), tmp_path) == built
    assert "building it anew" in caplog.text
    assert built_index(worlds.knowledge(), tmp_path) == built
    assert len(builds) == 2, "the new one takes the place of the damaged one"


def test_a_file_that_others_could_have_written_is_not_read(builds: list[Knowledge], tmp_path: Path) -> None:
    built_index(worlds.knowledge(), tmp_path)
    only_file(tmp_path).chmod(0o666)
    built_index(worlds.knowledge(), tmp_path)
    assert len(builds) == 2


def test_the_files_used_least_lately_go(builds: list[Knowledge], tmp_path: Path) -> None:
    for age in range(KEPT + 2):
        old = tmp_path / f"index-{age}.bin"
        old.touch()
        os.utime(old, (time.time() - 60 * (age + 1),) * 2)
    built_index(worlds.knowledge(), tmp_path)
    kept = {file.name for file in tmp_path.glob("index-*.bin")}
    assert len(kept) == KEPT
    assert {f"index-{age}.bin" for age in range(KEPT - 1)} < kept


def test_a_folder_that_cannot_be_made_stops_nothing(builds: list[Knowledge], tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    built_index(worlds.knowledge(), tmp_path / "file" / "folder")
    assert len(builds) == 1
