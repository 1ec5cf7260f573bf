"""The command line as a person and as a program sees it."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.settings import Settings

TOKEN = "123456:AAEhBOweik6ad9r"
NAMES = [str(field.alias) for field in Settings.model_fields.values()]


def ka2bot(
    *arguments: str, typed: str = "", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in NAMES}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-W", "error", "-m", "bot", *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env=inherited | {"PYTHONIOENCODING": "utf-8"} | environment,
        cwd=cwd,
        timeout=60,
        check=False,
    )


def test_the_version() -> None:
    assert ka2bot("--version").stdout == f"ka2bot {version('ka2bot')}\n"


def test_ask_answers_in_words(tmp_path: Path) -> None:
    said = ka2bot("ask", "cik partneru vajag?", cwd=tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert "3" in said.stdout
    assert "<b>" not in said.stdout
    assert "\x1b" not in said.stdout


def test_ask_answers_as_data() -> None:
    said = ka2bot("ask", "850 km, 2 people", "--json", "--lang", "en")
    shape = json.loads(said.stdout)
    assert list(shape) == ["question", "language", "kind", "entry", "score", "text", "choices", "sources"]
    assert (shape["question"], shape["language"]) == ("850 km, 2 people", "en")
    assert (shape["kind"], shape["entry"]) == ("answer", "travel")
    assert "550" in shape["text"]
    assert "<" not in shape["text"]
    assert all(isinstance(source, str) for source in shape["sources"])
    assert len(shape["choices"]) <= 3
    assert all(list(choice) == ["entry", "title", "text"] for choice in shape["choices"])


def test_the_language_can_be_set() -> None:
    shape = json.loads(ka2bot("ask", "cik partneru vajag?", "--json", "--lang", "en").stdout)
    assert shape["language"] == "en"
    assert "organisations" in shape["text"]


def test_a_batch_is_one_object_a_line_without_shared_context() -> None:
    questions = [
        "cik ilgs var būt projekts?",
        "un augstākajā izglītībā?",
        "xyzzy",
        "кто может подать заявку?",
    ]
    said = ka2bot("ask", "--batch", "--json", typed="\n".join(questions) + "\n\n")
    shapes = [json.loads(line) for line in said.stdout.splitlines()]
    assert [shape["question"] for shape in shapes] == questions
    alone = json.loads(ka2bot("ask", questions[1], "--json").stdout)
    assert shapes[1] == alone
    assert shapes[2]["kind"] == "fallback"
    assert shapes[2]["entry"] is None


@pytest.mark.parametrize(
    "arguments", [("ask",), ("ask", "--batch", "question"), ("ask", "?", "--lang", "de")]
)
def test_wrong_use_is_said_and_exits_with_two(arguments: Sequence[str]) -> None:
    said = ka2bot(*arguments)
    assert said.returncode == 2
    assert "Traceback" not in said.stderr


def test_ask_loads_neither_telegram_nor_a_database_nor_rich() -> None:
    program = (
        "import sys; from bot.cli import app;"
        "app(['ask', 'cik partneru vajag?', '--json'], standalone_mode=False);"
        "print(sorted({'telegram', 'sqlalchemy', 'rich', 'httpx'} & sys.modules.keys()))"
    )
    said = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert said.stdout.splitlines()[-1] == "[]"


def test_run_without_a_token_says_what_to_set() -> None:
    said = ka2bot("run")
    assert said.returncode == 2
    assert "TELEGRAM_BOT_TOKEN" in said.stderr
    assert said.stderr.count("\n") == 1


def test_run_with_a_malformed_token_says_so_without_repeating_it() -> None:
    said = ka2bot("run", TELEGRAM_BOT_TOKEN="half-a-token")
    assert said.returncode == 2
    assert "TELEGRAM_BOT_TOKEN" in said.stderr
    assert said.stderr.count("\n") == 1
    assert "half-a-token" not in said.stderr


def test_a_wrong_setting_stops_every_command_in_one_line() -> None:
    said = ka2bot("ask", "?", KA2BOT_NOW="tomorrow")
    assert said.returncode == 2
    assert said.stderr.startswith("ka2bot: KA2BOT_NOW: ")
    assert said.stderr.count("\n") == 1


def test_run_that_reaches_nobody_says_so() -> None:
    said = ka2bot("run", TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_API_URL="http://127.0.0.1:9")
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1].startswith("ka2bot: http://127.0.0.1:9")
    assert TOKEN not in said.stderr


def test_settings_lists_every_setting_and_no_secret() -> None:
    said = ka2bot("settings", TELEGRAM_BOT_TOKEN=TOKEN)
    assert all(name in said.stdout for name in NAMES)
    assert TOKEN not in said.stdout


def test_register_shows_what_it_would_set() -> None:
    said = ka2bot("register", "--dry-run")
    assert (said.returncode, said.stderr) == (0, "")
    for code in ("lv", "en", "other languages"):
        for what in ("description", "about", "commands, private", "commands, group"):
            assert f"{what} [{code}]:\n  " in said.stdout
    assert said.stdout.count("/travel — ") == 6
    assert "menu button:\n  commands\n" in said.stdout


def test_links_are_printed_for_pages_and_for_programs() -> None:
    table = ka2bot("links", "--username", "@ka2_bot").stdout.splitlines()
    as_json = [
        json.loads(line) for line in ka2bot("links", "--json", BOT_USERNAME="ka2_bot").stdout.splitlines()
    ]
    as_csv = list(csv.DictReader(io.StringIO(ka2bot("links", "--csv", "--username", "ka2_bot").stdout)))
    assert as_csv == as_json
    assert [line.split()[-1] for line in table] == [link["url"] for link in as_json]
    urls = {link["payload"]: link["url"] for link in as_json}
    assert len(urls) == len(as_json)
    for payload in ("check", "contact_school", "travel_850_4", "q_grant-ceiling"):
        assert urls[payload] == f"https://t.me/ka2_bot?start={payload}"
    english = json.loads(
        ka2bot("links", "--json", "--lang", "en", "--username", "ka2_bot").stdout.splitlines()[-1]
    )
    assert english["payload"].startswith("en_q_")


@pytest.mark.parametrize("arguments", [(), ("--username", "a b")])
def test_links_ask_for_the_bots_name(arguments: tuple[str, ...]) -> None:
    said = ka2bot("links", *arguments)
    assert said.returncode == 2
    assert "--username" in said.stderr
    assert "Traceback" not in said.stderr


def test_the_knowledge_passes_its_own_lint() -> None:
    said = ka2bot("lint")
    assert said.returncode == 0, said.stdout
    assert " 0 errors" in said.stdout


def test_the_pretended_date_decides_open_or_closed() -> None:
    before = ka2bot("ask", "līdz kuram datumam jāiesniedz?", "--json", KA2BOT_NOW="2020-02-01")
    after = ka2bot("ask", "līdz kuram datumam jāiesniedz?", "--json", KA2BOT_NOW="2020-04-23T13:00")
    assert "slēgt" not in json.loads(before.stdout)["text"]
    assert "slēgt" in json.loads(after.stdout)["text"]
