"""A broken file stops every command with its line, a text that cannot be shown what would show it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.showable import require_showable
from handlers.context import Services
from tests.bot.test_cli import TOKEN, ka2bot

ROOT = Path(__file__).parents[2]
NOWHERE = "http://127.0.0.1:9"
SETTINGS = {
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "TELEGRAM_API_URL": NOWHERE,
    "WEBHOOK_SECRET": "s3cret-for-tests-0123456789",
    "PORT": "0",
}
GOLDEN = str(ROOT / "tests" / "questions" / "golden.jsonl")
QUESTION = "cik naudas var dabūt"
CALL, MONEY, PHRASES = (
    "knowledge/data/calls/ka2-2020.yaml",
    "knowledge/data/entries/money.yaml",
    "handlers/phrases/lv/common.yaml",
)


class Project:
    """The program with its data in a folder of its own, where a file may be broken."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._kept: dict[Path, bytes] = {}

    def edit(self, file: str, old: str, new: str, encoding: str = "utf-8") -> int:
        """Changes a text in a file; gives the line it stands in."""
        path = self.root / file
        self._kept[path] = path.read_bytes()
        text = self._kept[path].decode()
        assert old in text
        path.write_bytes(text.replace(old, new, 1).encode(encoding, "replace"))
        return text[: text.index(old)].count("\n") + 1

    def mend(self) -> None:
        for path, content in self._kept.items():
            path.write_bytes(content)
        self._kept.clear()

    def stopped(self, *command: str) -> str:
        """What a command says that cannot do its work because of the knowledge."""
        said = ka2bot(*command, cwd=self.root, typed=f"{QUESTION}\n", **SETTINGS)
        assert said.returncode == 1, said.stdout + said.stderr
        assert "Traceback" not in said.stderr
        assert NOWHERE not in said.stderr, "Telegram was to be asked"
        return said.stdout if command == ("lint",) else said.stderr


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Project:
    root = tmp_path_factory.mktemp("project")
    for package in ("bot", "handlers", "knowledge"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    return Project(root)


@pytest.fixture
def project(copied: Project) -> Iterator[Project]:
    yield copied
    copied.mend()


def test_all_that_we_ship_can_be_shown(services: Services) -> None:
    require_showable(services)


@pytest.mark.parametrize(
    "command",
    [
        ("run",),
        ("serve",),
        ("chat",),
        ("eval", GOLDEN),
    ],
)
def test_a_misspelt_fact_stops_what_would_show_it_before_anybody_is_asked(
    project: Project, command: tuple[str, ...]
) -> None:
    line = project.edit(MONEY, "call.grant.per_month | money", "call.grant.per_mont | money")
    said = project.stopped(*command)
    assert (
        f"{MONEY}:{line}: error: entries/grant-ceiling/answer: there is no fact call.grant.per_mont" in said
    )
    assert len([each for each in said.splitlines() if "error:" in each]) == 1


@pytest.mark.parametrize("command", [("ask", "--explain", QUESTION), ("lint",)])
def test_a_tag_that_is_not_closed_is_told_with_its_line(project: Project, command: tuple[str, ...]) -> None:
    project.edit(MONEY, "</b>", "")
    said = project.stopped(*command)
    assert re.search(rf'{MONEY}:8: error: grant-ceiling in lv: .*tag "b"; close each tag', said)


def test_a_phrase_that_cannot_be_said_stops_the_start(project: Project) -> None:
    line = project.edit(PHRASES, "call.agency.as_of", "call.agency.asof")
    assert f"{PHRASES}:{line}: error: phrases/" in project.stopped("run")


@pytest.mark.parametrize("command", [("lint",), ("run",), ("links", "--username", "x_bot")])
def test_a_day_that_does_not_exist_stops_every_command_in_one_line(
    project: Project, command: tuple[str, ...]
) -> None:
    line = project.edit(CALL, "2020-04-23 12:00", "2020-04-33 12:00")
    said = ka2bot(*command, cwd=project.root, **SETTINGS)
    assert said.returncode == 1
    (told,) = [each for each in said.stderr.splitlines() if each]
    assert told.startswith(f"{CALL}:{line}: error: ")
    assert 'must be "YYYY-MM-DD HH:MM"' in told


@pytest.mark.parametrize(
    "file",
    [
        PHRASES,
        *(f"knowledge/data/{name}.yaml" for name in ("budget_words", "place_names")),
    ],
)
def test_a_file_in_another_encoding_is_named_by_lint_with_its_line(project: Project, file: str) -> None:
    text = (project.root / file).read_text(encoding="utf-8")
    line = project.edit(file, text.splitlines()[1], text.splitlines()[1] + " # ceļš", "cp1257")
    told = ka2bot("lint", cwd=project.root)
    assert told.returncode == 1
    assert re.search(
        rf"^{re.escape(file)}:\d+: error: not UTF-8; save it as UTF-8$", told.stderr, re.MULTILINE
    )
    assert "Traceback" not in told.stderr
    assert line == 2


def test_a_file_in_another_encoding_stops_a_question(project: Project) -> None:
    project.edit(MONEY, "ā", "ā", "cp1257")
    assert re.match(rf"{MONEY}:\d+: error: not UTF-8", project.stopped("ask", QUESTION))
