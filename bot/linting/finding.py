"""What a check has to say, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong (`error`) or doubtful (`warning`) at a place in a file, with what to do."""

    place: str
    """File and line, as an editor opens it."""
    message: str
    level: Level = "error"

    def __str__(self) -> str:
        return f"{self.place}: {self.level}: {self.message}"
