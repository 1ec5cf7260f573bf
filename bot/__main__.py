"""`python -m bot` and the console script."""

import gc


def main() -> None:
    """Runs the command line; its modules stay, so nothing is looked through for rubbish as they come in."""
    gc.disable()
    from bot.cli import main as run

    gc.enable()
    run()


if __name__ == "__main__":
    main()
