"""Questions that were answered, what people thought of the answers, and how many people a day."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "asked",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("question", sa.Text),
        sa.Column("entry", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column("vote", sa.String(8)),
        sa.Column("reason", sa.String(16)),
    )
    op.create_index("asked_day", "asked", ["day"])
    op.create_table(
        "days",
        sa.Column("day", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("people", sa.Integer, nullable=False),
    )
