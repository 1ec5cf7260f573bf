"""`ka2bot serve` and `register`: what they refuse, and what they tell Telegram."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from telegram import Bot

from bot.application import UPDATES
from bot.local.telegram import LocalTelegram
from bot.registering import set_webhook
from bot.settings import read_settings

SECRET = "s3cret-for-tests-0123456789"


def run(tmp_path: Path, *command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "TELEGRAM_BOT_TOKEN": "123456:AAEhBOweik6ad9r",
        "TELEGRAM_API_URL": "http://127.0.0.1:1",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'ka2bot.db'}",
        "PORT": "0",
    }
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-W", "error", "-m", "bot", *command],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | environment | settings,
        timeout=30,
        check=False,
    )


@pytest.mark.parametrize(
    ("settings", "code", "said"),
    [
        ({}, 2, "WEBHOOK_SECRET"),
        ({"WEBHOOK_SECRET": "short"}, 2, "openssl rand"),
        ({"WEBHOOK_SECRET": SECRET, "DATABASE_URL": "mysql://u:pass@h/x"}, 2, "DATABASE_URL"),
        ({"WEBHOOK_SECRET": SECRET, "HOST": "192.0.2.1"}, 2, "cannot listen"),
        ({"WEBHOOK_SECRET": SECRET}, 1, "cannot be reached; check the network"),
    ],
)
def test_what_is_wrong_is_one_line_and_an_exit_code(
    tmp_path: Path, settings: dict[str, str], code: int, said: str
) -> None:
    done = run(tmp_path, "serve", **settings)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr


def test_a_dry_run_shows_the_webhook(tmp_path: Path) -> None:
    done = run(tmp_path, "register", "--dry-run", WEBHOOK_URL="https://example.org/telegram")
    assert "webhook: https://example.org/telegram, 40 connections" in done.stdout


async def test_the_webhook_is_set_with_its_secret_and_nothing_else_changes(
    telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://example.org/telegram")
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    settings = read_settings()
    async with Bot("1:local", request=telegram, get_updates_request=telegram) as bot:
        for _ in range(2):
            await set_webhook(bot, settings)
    (first, second) = telegram.calls_of("setWebhook")
    assert first == second
    assert "drop_pending_updates" not in first
    assert telegram.deliveries.webhook["secret_token"] == SECRET
    assert telegram.deliveries.allowed_updates == set(UPDATES)
    assert SECRET not in repr(settings)
    assert SECRET in settings.secrets()
    assert json.dumps(first["allowed_updates"])
