"""Lets contacts and locations follow merges as they are written, and finds a client's worked time by index."""

from alembic import op

from common import successors

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FOLLOWING = ("contact", "location")


def upgrade() -> None:
    op.create_index("ix_worked_time_client_id", "worked_time", ["client_id"])
    for table in FOLLOWING:
        for statement in successors.follow(table, "client_id"):
            op.execute(statement)


def downgrade() -> None:
    for table in FOLLOWING:
        for statement in successors.unfollow(table):
            op.execute(statement)
    op.drop_index("ix_worked_time_client_id", "worked_time")
