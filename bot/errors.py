"""What can stop the program at its start; each message is one line for the operator, without secrets."""

UNKNOWN_TOKEN = "TELEGRAM_BOT_TOKEN: Telegram does not know this token; copy it again from @BotFather"  # noqa: S105
"""For Telegram's refusal, whose own message repeats the token."""


class SettingsError(Exception):
    """A setting is missing or wrong, or stands against what Telegram says: exit code 2."""


class UnreachableError(Exception):
    """Telegram or the database could not be reached; a supervisor may try again: exit code 1."""


class TelegramUnreachableError(UnreachableError):
    """Telegram's server does not answer at the start."""

    def __init__(self, address: object) -> None:
        remedy = "check the network and TELEGRAM_API_URL, then start again"
        super().__init__(f"{address} cannot be reached; {remedy}")
