"""What one update writes, gathered first, so that PostgreSQL gets it as one statement.

A transaction around each insert is a way there and back for its beginning, for every insert and for its end,
most of them spent waiting. One statement is a transaction by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

from sqlalchemy import Connection, Delete, Insert, bindparam

Row: TypeAlias = Mapping[str, object]


@dataclass(slots=True)
class Changes:
    """Statements in order, as `execute` of a connection takes them; nothing is read back."""

    is_sqlite: bool
    _gathered: list[tuple[Insert | Delete, Row]] = field(default_factory=list)

    def execute(self, statement: Insert | Delete, row: Row | None = None) -> None:
        """One more: an insert without values and its row, or a delete."""
        self._gathered.append((statement, row or {}))

    def run(self, connection: Connection) -> None:
        """All of them one after another, within the connection's transaction."""
        for statement, row in self._gathered:
            connection.execute(statement, dict(row))

    def as_one(self) -> tuple[Insert, Row] | None:
        """All of them as one statement with its values, where each is an insert, and into a table of its own.

        The parts of one statement do not see each other's work: a row that one of them deletes or inserts is
        not to be touched by another.
        """
        inserts = [statement for statement, row in self._gathered if isinstance(statement, Insert) and row]
        tables = {statement.table.name for statement in inserts}
        if not inserts or not len(self._gathered) == len(inserts) == len(tables):
            return None
        values = {
            _name(insert, column): value
            for insert, (_, row) in zip(inserts, self._gathered, strict=True)
            for column, value in row.items()
        }
        columns = tuple(tuple(row) for _, row in self._gathered)
        return _joined(tuple(inserts), columns), values


# an update writes to three tables or four, and which of them it does varies little
@lru_cache(64)
def _joined(inserts: Sequence[Insert], columns: Sequence[Sequence[str]]) -> Insert:
    """One statement of several inserts without values; building it takes longer than running it."""
    first, *others = (
        insert.values({column: bindparam(_name(insert, column)) for column in names})
        for insert, names in zip(inserts, columns, strict=True)
    )
    return first.add_cte(*(other.cte(f"into_{number}") for number, other in enumerate(others)))


def _name(insert: Insert, column: str) -> str:
    return f"{insert.table.name}_{column}"
