"""Adds the approval of time."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("approval", "approval_reason", "decided_by_name"):
        op.add_column("time_entry", sa.Column(name, sa.String(), nullable=True))
    op.add_column("time_entry", sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_time_entry_approval"), "time_entry", "approval IN ('pending', 'approved', 'returned')"
    )
    op.create_index(
        "ix_time_entry_approval",
        "time_entry",
        ["approval", "worked_on", "id"],
        postgresql_where=sa.text("approval IN ('pending', 'returned')"),
    )


def downgrade() -> None:
    op.drop_index("ix_time_entry_approval", table_name="time_entry")
    for name in ("decided_at", "decided_by_name", "approval_reason", "approval"):
        op.drop_column("time_entry", name)
