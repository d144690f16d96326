"""Technician assignments as their owner's answers told them, so that what ended is closed at once."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment_change",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "client_id", name=op.f("pk_assignment_change")),
    )
    op.create_index(
        "ix_assignment_change_ended",
        "assignment_change",
        ["user_id", "client_id"],
        postgresql_where=sa.text("NOT active"),
    )
    op.create_index("ix_assignment_change_changed_at", "assignment_change", ["changed_at"])


def downgrade() -> None:
    op.drop_table("assignment_change")
