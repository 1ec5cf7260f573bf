"""Settings from the environment."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import RIGA, Settings, described, read_settings

TOKEN = "123456:AAEhBOweik6ad9r"


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields.values():
        monkeypatch.delenv(str(field.alias), raising=False)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2020-03-24", datetime(2020, 3, 24, tzinfo=RIGA)),
        ("2020-03-24T12:30", datetime(2020, 3, 24, 12, 30, tzinfo=RIGA)),
        ("2020-03-24 12:30", datetime(2020, 3, 24, 12, 30, tzinfo=RIGA)),
        ("2020-03-24T12:30Z", datetime(2020, 3, 24, 12, 30, tzinfo=UTC)),
        ("2020-03-24T11:00+01:00", datetime(2020, 3, 24, 10, tzinfo=UTC)),
    ],
)
def test_the_pretended_moment(monkeypatch: pytest.MonkeyPatch, written: str, meant: datetime) -> None:
    monkeypatch.setenv("KA2BOT_NOW", written)
    monotonic = iter((100.0, 100.0, 160.0))
    monkeypatch.setattr("time.monotonic", lambda: next(monotonic))
    clock = read_settings().clock()
    assert clock() == meant
    assert clock() == meant + timedelta(minutes=1), "it runs on"


def test_without_it_the_clock_goes() -> None:
    assert abs((read_settings().clock()() - datetime.now(UTC)).total_seconds()) < 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KA2BOT_NOW", "tomorrow"),
        ("TELEGRAM_API_URL", "not a url"),
        ("LOG_LEVEL", "loud"),
        ("ADMIN_IDS", "@anna"),
        ("ADMIN_IDS", "1;2"),
        ("WEBHOOK_URL", "http://bot.example.org/telegram"),
        ("WEBHOOK_URL", "https://bot.example.org/other"),
    ],
)
def test_a_wrong_value_is_one_line_with_the_name(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    assert "Value error" not in str(caught.value)


def test_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "")
    assert read_settings().base_url == "https://api.telegram.org/bot"


def test_another_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/")
    assert read_settings().base_url == "http://127.0.0.1:8081/bot"


def test_the_token_comes_from_the_environment_or_a_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", str(file))
    assert read_settings().bot_token() == TOKEN
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:other")
    assert read_settings().bot_token() == "1:other"


@pytest.mark.parametrize("token", ["", "  ", "AAEhBOweik6ad9r", "12 34:AAEh", "123456:", "bot123456:AAEh/x"])
def test_a_missing_or_malformed_token_says_what_to_set(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", token)
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN") as caught:
        read_settings().bot_token()
    assert "\n" not in str(caught.value)
    assert not token.strip() or token.strip() not in str(caught.value)


def test_a_token_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN_FILE", "/nowhere/token")
    with pytest.raises(SettingsError, match="/nowhere/token"):
        read_settings().bot_token()


def test_every_setting_is_described_and_the_token_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    monkeypatch.setenv("KA2BOT_NOW", "2020-03-24")
    listed = {setting.name: setting for setting in described(read_settings())}
    assert all(setting.meaning for setting in listed.values())
    assert listed["TELEGRAM_BOT_TOKEN"].value == "set"
    assert listed["TELEGRAM_BOT_TOKEN_FILE"].value == "not set"
    assert listed["KA2BOT_NOW"].value == "2020-03-24T00:00+02:00"
    assert TOKEN not in repr(read_settings())


@pytest.mark.parametrize(
    ("written", "meant"), [("", set()), ("7", {7}), (" 7, 8 ,9", {7, 8, 9}), ("7,8,", {7, 8})]
)
def test_administrators_are_known_by_their_ids_which_are_never_shown(
    monkeypatch: pytest.MonkeyPatch, written: str, meant: set[int]
) -> None:
    monkeypatch.setenv("ADMIN_IDS", written)
    settings = read_settings()
    assert settings.admins() == meant
    (shown,) = [each.value for each in described(settings) if each.name == "ADMIN_IDS"]
    assert shown == ("set" if meant else "not set")
