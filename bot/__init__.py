"""How the bot runs: settings, wiring, polling, the store, the command line, the local Telegram."""

import os

# python-telegram-bot warns of every RetryAfter without it; read when an error is made, so early enough here
os.environ.setdefault("PTB_TIMEDELTA", "1")
