"""Settings from the environment, each with its meaning; a mistake is one line that says what to set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo

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
    now: datetime | None = Field(
        None,
        alias="KA2BOT_NOW",
        description="pretend this date or date-time, e.g. 2020-03-24T12:30; Riga time unless it names a zone",
    )
    log_level: Level = Field(
        "INFO", alias="LOG_LEVEL", description="least severe line to log: DEBUG, INFO, WARNING or ERROR"
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

    @property
    def base_url(self) -> str:
        """The Bot API server as python-telegram-bot wants it; the token follows at once."""
        return f"{str(self.api_url).rstrip('/')}/bot"

    def clock(self) -> Clock:
        """The clock to work by: the pretended moment, which stands still, or this machine's."""
        pretended = self.now
        return (lambda: datetime.now(UTC)) if pretended is None else (lambda: pretended)

    def bot_token(self) -> str:
        """The token; raises SettingsError where it is missing or cannot be one."""
        token = self.token.get_secret_value().strip() if self.token else self._token_from_file()
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

    def _token_from_file(self) -> str:
        if self.token_file is None:
            return ""
        try:
            return self.token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"TELEGRAM_BOT_TOKEN_FILE: {self.token_file} cannot be read") from error


def read_settings() -> Settings:
    """The settings of this process; raises SettingsError naming the variables that are wrong."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = (f"{problem['loc'][0]}: {problem['msg']}" for problem in error.errors(include_input=False))
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
