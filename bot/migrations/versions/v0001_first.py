"""People, replies, missed questions, updates seen."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first four tables."""
    op.create_table(
        "people",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("language", sa.String(8)),
        sa.Column("sector", sa.String(16)),
        sa.Column("thread", sa.Text),
        sa.Column("thread_until", sa.BigInteger),
        sa.Column("card", sa.Text),
        sa.Column("card_until", sa.BigInteger),
        sa.Column("changed", sa.BigInteger, nullable=False),
    )
    op.create_index("people_person", "people", ["person"])
    op.create_index("people_changed", "people", ["changed"])
    op.create_table(
        "replies",
        sa.Column("chat", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("question", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("reply", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("replies_person", "replies", ["person"])
    op.create_index("replies_at", "replies", ["at"])
    op.create_table(
        "missed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("missed_at", "missed", ["at"])
    op.create_table(
        "seen",
        sa.Column("update", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.BigInteger, nullable=False),
    )
    op.create_index("seen_at", "seen", ["at"])
