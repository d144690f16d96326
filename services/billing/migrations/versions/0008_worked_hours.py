"""Adds worked hours beside billed hours, for entries where an increment or a minimum changes them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("billable_item", sa.Column("worked_hours", sa.Numeric(), nullable=True))
    op.add_column("invoice_line", sa.Column("worked_hours", sa.Numeric(), nullable=True))


def downgrade() -> None:
    op.drop_column("invoice_line", "worked_hours")
    op.drop_column("billable_item", "worked_hours")
