"""The organisation's settings."""

from alembic import op

from common.migrations import create_common_tables

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_common_tables(op)  # those that are not there yet


def downgrade() -> None:
    op.drop_table("organisation")
