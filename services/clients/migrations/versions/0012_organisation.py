"""The organisation's settings."""

from alembic import op

from common.migrations import create_common_tables

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_common_tables(op)  # those that are not there yet


def downgrade() -> None:
    op.drop_table("organisation")
