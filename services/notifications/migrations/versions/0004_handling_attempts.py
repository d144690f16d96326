"""Adds the attempts at messages that are handled alone after repeated lost connections."""

from alembic import op

from common.migrations import create_common_tables

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_common_tables(op)  # creates only the missing ones


def downgrade() -> None:
    op.drop_table("handling_attempt")
