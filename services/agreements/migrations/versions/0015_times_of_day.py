"""Adds the start and end of logged time, what was confirmed about it, and the roles of users."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("user", sa.Column("role", sa.String(), nullable=True))
    # So that the gateway's current state, published again, counts as newer.
    op.execute('UPDATE "user" SET sequence = sequence - 1')
    op.add_column("time_entry", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("time_entry", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
    # With a default for processes of the previous release, which do not know the column.
    op.add_column(
        "time_entry", sa.Column("confirmed", postgresql.JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False)
    )
    op.create_check_constraint(
        op.f("ck_time_entry_start_before_end"),
        "time_entry",
        "(started_at IS NULL) = (ended_at IS NULL) AND coalesce(started_at < ended_at, true)",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_time_entry_start_before_end"), "time_entry")
    op.drop_column("time_entry", "confirmed")
    op.drop_column("time_entry", "ended_at")
    op.drop_column("time_entry", "started_at")
    op.drop_column("user", "role")
