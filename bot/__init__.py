"""How the bot runs: settings, wiring, polling, command line, and a Telegram on this machine."""
