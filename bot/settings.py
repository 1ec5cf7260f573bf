"""Settings from the environment, each with its meaning; a mistake is one line that says what to set."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo

from platformdirs import user_data_path
from pydantic import AnyHttpUrl, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from handlers.context import Clock

RIGA = ZoneInfo("Europe/Riga")

# the number of the bot, a colon, its key; Telegram promises no length
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{3,}")


Level = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(lambda value: str(value).upper())
]

LogFormat = Literal["text", "json"]

_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""What Telegram takes, from the length on that cannot be guessed."""


_IDS = re.compile(r"\d{1,19}(\s*,\s*\d{1,19})*,?")

_PASSWORD = re.compile(r"://[^/@]*:([^/@]+)@")


class Settings(BaseSettings):
    """Everything that can be set. `ka2bot settings` lists it from here."""

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True, populate_by_name=True
    )

    token: SecretStr | None = Field(
        None,
        alias="TELEGRAM_BOT_TOKEN",
        description="token of the bot from @BotFather; needed by run and register",
    )
    token_file: Path | None = Field(
        None,
        alias="TELEGRAM_BOT_TOKEN_FILE",
        description="file that holds the token, where a platform hands out secrets as files",
    )
    api_url: AnyHttpUrl = Field(
        AnyHttpUrl("https://api.telegram.org"),
        alias="TELEGRAM_API_URL",
        description="Bot API server; requests go to {url}/bot{token}/{method}",
    )
    bot_username: str = Field(
        "",
        pattern=r"^@?([A-Za-z0-9_]{4,32})?$",
        alias="BOT_USERNAME",
        description="the bot's name at Telegram, without @; links prints addresses with it",
    )
    database_url: SecretStr | None = Field(
        None,
        alias="DATABASE_URL",
        description="sqlite:///file or postgresql://user:password@host/name; default a file of ka2bot's own",
    )
    database_url_file: Path | None = Field(
        None, alias="DATABASE_URL_FILE", description="file that holds DATABASE_URL"
    )
    operator: str = Field(
        "",
        alias="OPERATOR",
        description="who runs this bot and answers for its data, with an address; /privacy says it",
    )
    admin_ids: SecretStr | None = Field(
        None,
        alias="ADMIN_IDS",
        description="Telegram ids of the people who may see /stats, with commas between them; never shown",
    )
    webhook_url: AnyHttpUrl | None = Field(
        None,
        alias="WEBHOOK_URL",
        description="public https address of /telegram of serve; register sets it in Telegram",
    )
    webhook_secret: SecretStr | None = Field(
        None,
        alias="WEBHOOK_SECRET",
        description="16 to 256 of A-Z a-z 0-9 _ - that Telegram repeats with each update; needed by serve",
    )
    webhook_secret_file: Path | None = Field(
        None, alias="WEBHOOK_SECRET_FILE", description="file that holds the webhook's secret"
    )
    host: str = Field("127.0.0.1", alias="HOST", description="address that serve listens at")
    port: int = Field(8080, ge=0, le=65535, alias="PORT", description="port that serve listens at")
    concurrency: int = Field(
        40,
        ge=1,
        le=100,
        alias="CONCURRENCY",
        description="updates that one process works at, at the same time",
    )
    now: datetime | None = Field(
        None,
        alias="KA2BOT_NOW",
        description="pretend that it starts then, e.g. 2020-03-24T12:30; Riga time unless it names a zone",
    )
    log_level: Level = Field(
        "INFO", alias="LOG_LEVEL", description="least severe line to log: DEBUG, INFO, WARNING or ERROR"
    )
    log_format: LogFormat = Field(
        "text", alias="LOG_FORMAT", description="text for people, json for one object a line"
    )

    @field_validator("now", mode="before")
    @classmethod
    def _moment(cls, value: object) -> object:
        """A date is its first moment in Riga; a time without a zone is Riga's."""
        if not isinstance(value, str):
            return value
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            raise ValueError("write a date or date-time as 2020-03-24 or 2020-03-24T12:30") from None
        return moment if moment.tzinfo else moment.replace(tzinfo=RIGA)

    @field_validator("admin_ids")
    @classmethod
    def _ids(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _IDS.fullmatch(value.get_secret_value().strip()):
            raise ValueError("write numbers with commas between them, as 1234567,7654321")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _of_telegram(cls, value: AnyHttpUrl | None) -> AnyHttpUrl | None:
        """Telegram delivers to https alone; any other path than that of serve would get nothing but 404."""
        if value is not None and (value.scheme != "https" or not (value.path or "").endswith("/telegram")):
            raise ValueError("write the public address as https://bot.example.org/telegram")
        return value

    @property
    def base_url(self) -> str:
        """The Bot API server as python-telegram-bot wants it; the token follows at once."""
        return f"{str(self.api_url).rstrip('/')}/bot"

    def clock(self) -> Clock:
        """The clock to work by: this machine's, or one that is at the pretended moment now and runs on."""
        if self.now is None:
            return lambda: datetime.now(UTC)
        # in UTC, where no hour is left out or comes twice
        began, pretended = time.monotonic(), self.now.astimezone(UTC)
        return lambda: pretended + timedelta(seconds=time.monotonic() - began)

    def has_token(self) -> bool:
        """Whether a token was given, right or wrong."""
        return self.token is not None or self.token_file is not None

    def bot_token(self) -> str:
        """The token; raises SettingsError where it is missing or cannot be one."""
        token = _secret(self.token, self.token_file, "TELEGRAM_BOT_TOKEN_FILE")
        if not token:
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN is not set: put the token that @BotFather gave you there, "
                "or the name of a file that holds it in TELEGRAM_BOT_TOKEN_FILE"
            )
        if not _TOKEN.fullmatch(token):
            raise SettingsError(
                "TELEGRAM_BOT_TOKEN is not a token: it looks like 123456789:AAE…, as @BotFather gave it"
            )
        return token

    def secret_of_webhook(self) -> str:
        """What Telegram sends with each update; raises SettingsError where it is missing or weak."""
        secret = _secret(self.webhook_secret, self.webhook_secret_file, "WEBHOOK_SECRET_FILE")
        if not _SECRET.fullmatch(secret):
            raise SettingsError(
                "WEBHOOK_SECRET (or the file in WEBHOOK_SECRET_FILE) must be 16 to 256 of A-Z a-z 0-9 _ -; "
                "make one with: openssl rand -hex 32"
            )
        return secret

    def secrets(self) -> tuple[str, ...]:
        """What no log line may hold, besides the token: the webhook's secret, the database's password.

        A password of a few letters is left out, since hiding it would spoil every line.
        """
        secret = _secret(self.webhook_secret, self.webhook_secret_file, "WEBHOOK_SECRET_FILE")
        password = _PASSWORD.search(self.database())
        return tuple(each for each in (secret, password[1] if password else "") if len(each) >= 6)

    def admins(self) -> frozenset[int]:
        """Telegram ids of the people who may see `/stats`."""
        written = self.admin_ids.get_secret_value() if self.admin_ids else ""
        return frozenset(int(each) for each in written.split(",") if each.strip())

    def database(self) -> str:
        """Address of the database; by default a file where this system keeps a program's data."""
        address = _secret(self.database_url, self.database_url_file, "DATABASE_URL_FILE")
        return address or f"sqlite:///{user_data_path('ka2bot') / 'ka2bot.db'}"


def _secret(value: SecretStr | None, file: Path | None, name: str) -> str:
    """A secret from the environment or from its file; empty where neither is set."""
    if value is not None or file is None:
        return value.get_secret_value().strip() if value else ""
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: {file} cannot be read") from error


def read_settings() -> Settings:
    """The settings of this process; raises SettingsError naming the variables that are wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = (
            f"{problem['loc'][0]}: {problem['msg'].removeprefix('Value error, ')}"
            for problem in error.errors(include_input=False)
        )
        raise SettingsError("; ".join(wrong)) from None


class Setting(NamedTuple):
    """A setting as `ka2bot settings` shows it."""

    name: str
    value: str
    meaning: str


def described(settings: Settings) -> Iterator[Setting]:
    """Every setting with its present value and meaning; a secret is only said to be set or not."""
    for name, field in Settings.model_fields.items():
        value: object = getattr(settings, name)
        shown = "not set" if value is None else "set" if isinstance(value, SecretStr) else _shown(value)
        yield Setting(field.alias or name, shown, field.description or "")


def _shown(value: object) -> str:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
