"""Adds the files of the service, whose bytes lie in the file store."""

from alembic import op

from common.migrations import create_common_tables

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_common_tables(op)  # creates only the missing ones


def downgrade() -> None:
    op.drop_table("file")
