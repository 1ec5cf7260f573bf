"""`ka2bot chat`: JSON for programs, plain lines in a pipe, frames on a terminal."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from bot import chat as chatting
from bot.chat import Chat, button_rows
from bot.keptfiles import keep
from bot.local.conversation import Shown
from bot.local.entities import Entity
from bot.local.keyboards import Button
from bot.local.state import LocalDocument
from bot.settings import Settings
from bot.terminal import Terminal
from handlers.context import Services


@pytest.fixture(autouse=True)
def loaded_once(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chatting, "build_services", lambda clock: services)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lines that somebody pipes in."""
    lines: list[str] = []
    monkeypatch.setattr(chatting, "_piped", lambda: iter(lines))
    return lines


def as_json(capsys: pytest.CaptureFixture[str]) -> list[chatting.JsonTurn]:
    chatting.chat(Settings(), "lv", as_json=True)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_one_object_a_line(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed += ["/travel 850", "#2", "", "nesaprotams xyzzy"]
    turns = as_json(capsys)
    assert [turn["user"] for turn in turns] == typed
    assert all(list(turn) == ["user", "replies"] for turn in turns)
    first, edited = turns[0]["replies"][0], turns[1]["replies"][0]
    assert list(first) == ["text", "edited", "buttons", "document"]
    assert "275" in first["text"]
    assert (first["edited"], first["document"]) == (False, None)
    assert edited["edited"]
    assert turns[2]["replies"] == []
    assert turns[3]["replies"]


@pytest.mark.parametrize("number", [0, 29, 99])
def test_a_button_that_is_not_there_is_answered_by_the_chat_itself(
    number: int, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    typed += ["/travel 850", f"#{number}"]
    (note,) = as_json(capsys)[1]["replies"]
    assert "#1" in note["text"]
    assert note["buttons"] == []


def test_without_any_button_a_press_is_answered_too(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    typed += ["#1"]
    (turn,) = as_json(capsys)
    assert len(turn["replies"]) == 1


def test_a_button_to_copy_says_what_it_would_copy(
    typed: list[str], services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    typed += ["/contact KA204", "#1"]
    (note,) = as_json(capsys)[1]["replies"]
    assert services.knowledge.call.contact("adult").email in note["text"]


def test_a_very_long_line_is_sent_as_a_client_sends_it(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    typed += ["vārds " * 1500]
    (turn,) = as_json(capsys)
    assert len(turn["replies"]) >= 2


def test_in_a_pipe_it_is_plain_text_with_numbered_buttons(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    typed += ["/travel 850 2", "#3", "/quit", "/help"]
    chatting.chat(Settings(), "lv", as_json=False)
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert said.startswith("> /travel 850 2\n")
    assert "[1] −  [2]" in said
    assert "(labots) " in said
    assert "/help\n" not in said.replace("/quit", "")


@pytest.fixture
def with_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line is answered with a file."""

    async def line(self: Chat, line: str) -> list[Shown]:
        return [
            Shown(
                "new", 1, "Here", document=LocalDocument("file-1", "plan.ics", "text/calendar", line.encode())
            )
        ]

    monkeypatch.setattr(Chat, "line", line)


@pytest.mark.usefixtures("with_file")
def test_a_file_is_kept_beside_the_others_and_its_place_said(
    typed: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    typed += ["x" * 1640, "y", "x" * 1640]
    files = tmp_path / "files"
    chatting.chat(Settings(), "lv", as_json=False, files=files)
    said = capsys.readouterr().out
    assert f"plan.ics (1,6 kB), saglabāts: {files / 'plan.ics'}" in said
    assert f"plan.ics (0,1 kB), saglabāts: {files / 'plan (2).ics'}" in said
    assert sorted(file.read_text() for file in files.iterdir()) == ["x" * 1640, "y"]


@pytest.mark.usefixtures("with_file")
def test_in_json_a_file_comes_with_size_and_place(
    typed: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    typed += ["four"]
    chatting.chat(Settings(), "en", as_json=True, files=tmp_path)
    (reply,) = json.loads(capsys.readouterr().out)["replies"]
    assert (reply["document"], reply["size"]) == ("plan.ics", 4)
    assert Path(reply["saved"]).read_bytes() == b"four"


@pytest.mark.usefixtures("with_file")
def test_a_folder_that_cannot_be_written_is_said_and_ends_nothing(
    typed: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    typed += ["a"]
    (tmp_path / "taken").write_text("a file")
    for as_json in (False, True):
        chatting.chat(Settings(), "en", as_json=as_json, files=tmp_path / "taken")
    words, structured = capsys.readouterr().out.split("{", 1)
    assert "could not be saved" in words
    assert '"saved": null' in structured


def test_a_name_with_folders_stays_in_the_folder(tmp_path: Path) -> None:
    path = keep(LocalDocument("file-1", "../../etc/plan.ics", "text/calendar", b"x"), tmp_path)
    assert path == tmp_path.resolve() / "plan.ics"


async def test_on_a_terminal_messages_are_framed(services: Services) -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=60, color_system="standard")
    terminal = Terminal(edited="labots", below=button_rows, console=console)
    keyboard = ((Button("−", "callback_data", "a"), Button("+", "callback_data", "b")),)
    bold = (Entity("bold", 0, 3), Entity("text_link", 4, 4, url="https://viaa.gov.lv"))
    terminal.show(Shown("edited", 1, "275 EUR [b]", bold, buttons=keyboard))
    terminal.show(Shown("toast", None, "Saglabāts"))
    said = screen.getvalue()
    assert "labots" in said
    assert "\x1b[1m275" in said
    assert "https://viaa.gov.lv" in said
    assert "[b]" in said
    assert "[1] −  [2] +" in said
    assert "Saglabāts" in said


async def test_a_press_goes_to_the_buttons_that_appeared_last(services: Services) -> None:
    talk = await Chat.begin(services, "lv")
    (card,) = await talk.line("/check")
    await talk.line("#1")
    await talk.line("/travel 850 2")
    (edited,) = await talk.line("skola")
    (pressed,) = await talk.line("#1")
    assert card.message_id == edited.message_id == pressed.message_id


async def test_a_toast_comes_after_what_it_changed(services: Services) -> None:
    talk = await Chat.begin(services, "en")
    shown = await talk.line("/start")
    assert [each.kind for each in shown] == ["new"]
    assert talk.word("chat.edited") == "edited"
