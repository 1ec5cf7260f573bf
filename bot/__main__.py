"""`python -m bot` is `ka2bot`."""

from bot.cli import main

main()
