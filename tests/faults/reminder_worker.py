"""`ka2bot serve` in a hurry: looks for reminders often and holds them shortly, so that no test waits."""

from datetime import timedelta

from bot import reminding
from bot.cli import main
from bot.store import reminders

LEASE = 8
"""Seconds; sending takes less than one, but not on a machine at its limit."""


def in_a_hurry() -> None:
    """Shortens what takes minutes in service."""
    reminding.EVERY = reminding.ONE_ROUND = 0.1
    reminders.LEASE = timedelta(seconds=LEASE)


if __name__ == "__main__":
    in_a_hurry()
    main()
