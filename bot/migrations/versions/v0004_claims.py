"""Updates at work, so that one that comes to two replicas at the same moment is answered by one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table; PostgreSQL need not write it to its log."""
    unlogged = ["UNLOGGED"] if op.get_bind().dialect.name == "postgresql" else []
    op.create_table(
        "claims",
        sa.Column("update", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("by", sa.BigInteger, nullable=False),
        sa.Column("until", sa.Double, nullable=False),
        prefixes=unlogged,
    )
