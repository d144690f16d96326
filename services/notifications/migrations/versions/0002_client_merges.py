"""Adds merged clients; deliveries follow a merge."""

import sqlalchemy as sa
from alembic import op

from common import successors

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "successor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("successor_id <> id", name=op.f("ck_successor_not_itself")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_successor")),
    )
    op.create_index("ix_successor_successor_id", "successor", ["successor_id"])
    for statement in successors.follow("delivery", "client_id"):
        op.execute(statement)


def downgrade() -> None:
    for statement in successors.unfollow("delivery"):
        op.execute(statement)
    op.drop_table("successor")
