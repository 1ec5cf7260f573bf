"""What can stop the program at its start; each message is one line for the operator, without secrets."""

UNKNOWN_TOKEN = "TELEGRAM_BOT_TOKEN: Telegram does not know this token; copy it again from @BotFather"  # noqa: S105
"""For Telegram's refusal, whose own message repeats the token."""


class SettingsError(Exception):
    """A setting is missing or wrong, or stands against what Telegram says: exit code 2."""


class UnreachableError(Exception):
    """Telegram could not be reached; whoever supervises the process may try again: exit code 1."""
