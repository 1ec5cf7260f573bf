"""Reminders of a deadline."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of reminders."""
    op.create_table(
        "reminders",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("call", sa.String(40), primary_key=True),
        sa.Column("before", sa.String(8), primary_key=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("leased_until", sa.BigInteger),
    )
    op.create_index("reminders_person", "reminders", ["person"])
    op.create_index("reminders_due", "reminders", ["due"])
