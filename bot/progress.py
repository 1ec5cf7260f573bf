"""A progress bar where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext


def progress() -> AbstractContextManager[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere; call what it gives with the total after each step."""
    if not sys.stderr.isatty():
        return nullcontext(lambda total: None)
    from bot import terminal

    return terminal.progress()
