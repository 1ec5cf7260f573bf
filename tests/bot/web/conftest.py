"""The knowledge as `ka2bot web` holds it, on a copy that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.web.known import LiveKnowledge
from knowledge.load import packaged_data
from tests import worlds


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> LiveKnowledge:
    data, packaged = tmp_path_factory.mktemp("live") / "data", packaged_data()
    assert isinstance(packaged, Path)
    shutil.copytree(packaged, data)
    return LiveKnowledge(lambda: worlds.OPEN, data)
