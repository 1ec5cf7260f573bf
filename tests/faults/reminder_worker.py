"""`ka2bot serve` in a hurry: looks for reminders often and holds them shortly, so that no test waits."""

from datetime import timedelta

from bot import reminding
from bot.cli import main
from bot.store import reminders

LEASE = 3
"""Seconds, whole as every moment in the database; sending takes less than one."""


def in_a_hurry() -> None:
    """Shortens what takes minutes in service."""
    reminding.EVERY = reminding.ONE_ROUND = 0.1
    reminders.LEASE = timedelta(seconds=LEASE)


if __name__ == "__main__":
    in_a_hurry()
    main()
