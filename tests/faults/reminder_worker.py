"""`ka2bot serve` in a hurry: looks for reminders often, and holds them as long as it is told."""

import os
from datetime import timedelta

from bot import reminding
from bot.cli import main
from bot.store import reminders


def in_a_hurry() -> None:
    """Shortens what takes minutes in service."""
    reminding.EVERY = reminding.ONE_ROUND = 0.1
    if lease := os.environ.get("REMINDER_LEASE"):
        reminders.LEASE = timedelta(seconds=float(lease))


if __name__ == "__main__":
    in_a_hurry()
    main()
