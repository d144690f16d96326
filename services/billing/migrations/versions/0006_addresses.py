"""Adds clients' billing addresses and the MSP's details to invoices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from common import successors

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

JSONB = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.create_table(
        "location",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("formatted", sa.String(), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
    )
    op.create_index("ix_location_client_id", "location", ["client_id"])
    for statement in successors.follow("location", "client_id"):
        op.execute(statement)
    op.add_column("client", sa.Column("billing_location_id", sa.Uuid(), nullable=True))
    op.add_column("invoice", sa.Column("seller", JSONB, nullable=False, server_default="{}"))
    # So that republished clients update their replicas and older events do not.
    op.execute("UPDATE client SET sequence = sequence - 1")


def downgrade() -> None:
    op.drop_column("invoice", "seller")
    op.drop_column("client", "billing_location_id")
    for statement in successors.unfollow("location"):
        op.execute(statement)
    op.drop_table("location")
