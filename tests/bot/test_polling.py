"""`ka2bot run` as a process, against a stand-in for Telegram's server on this machine."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

TOKEN = "123456:AAEhBOweik6ad9r"
ME = {"id": 123456, "is_bot": True, "first_name": "KA2", "username": "ka2_bot"}
PATIENCE = 30.0


class StandIn(ThreadingHTTPServer):
    """The few Bot API methods that polling needs; hands out queued updates and keeps what was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.updates: list[dict[str, object]] = []
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.webhook = ""
        self.slow_sending = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def called(self, method: str) -> list[dict[str, str]]:
        return [parameters for name, parameters in self.calls if name == method]

    def answer(self, method: str, parameters: dict[str, str]) -> object:
        self.calls.append((method, parameters))
        match method:
            case "getMe":
                return ME
            case "getWebhookInfo":
                return {"url": self.webhook, "has_custom_certificate": False, "pending_update_count": 0}
            case "getUpdates":
                time.sleep(0.02)
                offset = int(parameters.get("offset", 0))
                return [update for update in self.updates if int(str(update["update_id"])) >= offset]
            case "sendMessage":
                time.sleep(self.slow_sending)
                chat = {"id": int(parameters["chat_id"]), "type": "private"}
                return {"message_id": 1, "date": 0, "chat": chat, "text": parameters["text"]}
            case _:
                return True


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        # the bot's own calls are JSON, those of polling itself a form
        is_json = self.headers.get("Content-Type") == "application/json"
        parameters = json.loads(body) if is_json else {k: v[0] for k, v in parse_qs(body).items()}
        bot, _, method = self.path.removeprefix("/").partition("/")
        assert bot == f"bot{TOKEN}"
        payload = json.dumps({"ok": True, "result": self.server.answer(method, parameters)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def start(server: StandIn, folder: Path, *options: str) -> subprocess.Popen[str]:
    environment = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.url,
        "LOG_LEVEL": "DEBUG",
        "DATABASE_URL": f"sqlite:///{folder / 'ka2bot.db'}",
    }
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-W", "error", "-m", "bot", "run", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=os.environ | environment,
    )


def message(number: int, text: str) -> dict[str, object]:
    person = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "lv"}
    chat = {"id": 7, "type": "private", "first_name": "Anna"}
    entities = (
        [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}] if text[0] == "/" else []
    )
    content = {
        "message_id": number,
        "date": 0,
        "chat": chat,
        "from": person,
        "text": text,
        "entities": entities,
    }
    return {"update_id": number, "message": content}


def until(done: object, process: subprocess.Popen[str]) -> None:
    """Waits for a condition as long as the process lives."""
    assert callable(done)
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline, "too slow"
        time.sleep(0.02)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_stops_cleanly_with_everything_fetched_answered(
    server: StandIn, stop: signal.Signals, tmp_path: Path
) -> None:
    server.slow_sending = 0.1
    server.updates = [message(number, f"/travel 850 {number}") for number in range(1, 9)]
    process = start(server, tmp_path)
    until(lambda: server.called("sendMessage"), process)
    process.send_signal(stop)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    totals = [str(275 * number) for number in range(1, 9)]
    sent = ["".join(c for c in call["text"] if c.isalnum()) for call in server.called("sendMessage")]
    assert len(sent) == 8
    assert all(total in text for total, text in zip(totals, sent, strict=True))
    assert server.called("getUpdates")[-1]["offset"] == "9", "what was answered is confirmed"
    assert TOKEN not in out + err
    assert "Anna" not in out + err
    assert "travel 850" not in err, "a moment or a reference may hold the figure alone"
    allowed = json.loads(server.called("getUpdates")[0]["allowed_updates"])
    assert allowed == ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]


def test_it_refuses_to_take_the_updates_from_a_webhook(server: StandIn, tmp_path: Path) -> None:
    server.webhook = "https://example.org/telegram"
    process = start(server, tmp_path)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2, err
    assert "--take-over" in err
    assert not server.called("deleteWebhook")
    assert not server.called("getUpdates")


def test_it_takes_over_when_told_to(server: StandIn, tmp_path: Path) -> None:
    server.webhook = "https://example.org/telegram"
    process = start(server, tmp_path, "--take-over")
    until(lambda: server.called("getUpdates"), process)
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    assert server.called("deleteWebhook")
