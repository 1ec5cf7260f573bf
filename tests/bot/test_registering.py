"""`ka2bot register` as the operator reads it."""

from __future__ import annotations

from functools import partial

import pytest
from telegram import Bot

from bot import registering
from bot.local.telegram import LocalTelegram
from bot.settings import Settings

AS_IT_SHOULD_BE = "commands, descriptions and menu button are as they should be"


@pytest.fixture(autouse=True)
def local(telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    there = partial(Bot, request=telegram, get_updates_request=telegram)
    monkeypatch.setattr(registering, "Bot", there)


def settings(**values: str) -> Settings:
    return Settings.model_validate({"TELEGRAM_BOT_TOKEN": "1:local", **values})


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_a_dry_run_with_a_token_compares_and_sets_nothing(
    telegram: LocalTelegram, capsys: pytest.CaptureFixture[str]
) -> None:
    registering.run(settings(), dry_run=True)
    everything, _, compared = said(capsys).partition("Now at Telegram:")
    assert "description [lv]:" in everything
    assert "commands, group [en]: would be set\n  + /check — Check whether" in compared
    assert not [call.method for call in telegram.calls if call.method.startswith(("set", "delete"))]


def test_what_is_set_is_said_and_a_second_time_nothing_is(
    telegram: LocalTelegram, capsys: pytest.CaptureFixture[str]
) -> None:
    registering.run(settings(), dry_run=False)
    assert "menu button: set\n  - default\n  + commands" in said(capsys)
    registering.run(settings(), dry_run=False)
    assert said(capsys).splitlines() == [AS_IT_SHOULD_BE]
    registering.run(settings(), dry_run=True)
    assert said(capsys).splitlines()[-1] == AS_IT_SHOULD_BE


def test_what_only_botfather_can_set_is_said(
    telegram: LocalTelegram, capsys: pytest.CaptureFixture[str]
) -> None:
    telegram.state.bot |= {"supports_inline_queries": False, "can_read_all_group_messages": True}
    registering.run(settings(), dry_run=False)
    assert "/setinline" in (shown := said(capsys))
    assert "/setprivacy" in shown


def test_the_webhook_is_set_with_the_kinds_of_updates_that_have_a_handler(
    telegram: LocalTelegram, capsys: pytest.CaptureFixture[str]
) -> None:
    webhook = {"WEBHOOK_URL": "https://e.lv/telegram", "WEBHOOK_SECRET": "s" * 32}
    registering.run(settings(**webhook), dry_run=False)
    assert "inline_query" in said(capsys)
    assert telegram.deliveries.webhook["url"] == "https://e.lv/telegram"
    assert "inline_query" in telegram.deliveries.allowed_updates
    assert "chosen_inline_result" not in telegram.deliveries.allowed_updates
