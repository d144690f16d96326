"""Adds the day a work order is due, and the reasons why time is covered or not."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("work_order", sa.Column("due_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_work_order_due_on", "work_order", [sa.text("coalesce(due_on, '9999-12-31'::date)"), "id"], unique=False
    )
    # With a default for processes of the previous release, which do not know the column.
    op.add_column(
        "time_entry",
        sa.Column("coverage_checks", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
    )


def downgrade() -> None:
    op.drop_column("time_entry", "coverage_checks")
    op.drop_index("ix_work_order_due_on", table_name="work_order")
    op.drop_column("work_order", "due_on")
