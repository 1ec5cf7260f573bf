"""Files that the bot hands over in the terminal chat: kept in a folder where the person finds them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.local.state import LocalDocument

FOLDER = Path("ka2bot-files")
"""Beside where the person works, and apart from what lies there already."""


def keep(document: LocalDocument, folder: Path) -> Path | None:
    """Writes a file and gives its whole path; None where the folder cannot be written.

    Nothing is written over: another file of the same name gets a number, the very same one is left.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in _names(folder, Path(document.filename).name):
            if path.exists() and path.read_bytes() == document.content:
                return path.resolve()
            if not path.exists():
                path.write_bytes(document.content)
                return path.resolve()
    except OSError:
        return None
    return None


def _names(folder: Path, name: str) -> Iterator[Path]:
    """As browsers name downloads: `plan.ics`, `plan (2).ics`, …"""
    path = folder / name
    yield path
    yield from (path.with_stem(f"{path.stem} ({number})") for number in range(2, 1000))
