"""A connection to PostgreSQL that is given up without ceremony; needs the driver."""

from __future__ import annotations

import asyncpg  # type: ignore[import-untyped]

FAREWELL = 0.2
"""Seconds for a word of parting; a server that does not take it knows no less afterwards."""


class Hasty(asyncpg.Connection):  # type: ignore[misc]
    """Closes soon whatever it is told: who lost patience with a server that hangs waits for no goodbye.

    SQLAlchemy allows two seconds for it, while somebody waits for an answer.
    """

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as asyncpg has it
        """Part from the server, by its leave or without."""
        await super().close(timeout=FAREWELL)
