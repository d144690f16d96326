"""Adds blocks of bought hours."""

import sqlalchemy as sa
from alembic import op

from common import successors

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hour_block",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("hours", sa.Numeric(), nullable=False),
        sa.Column("price", sa.Numeric()),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date()),
        sa.Column("note", sa.String()),
        sa.Column("expired_at", sa.DateTime(timezone=True)),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_hour_block_hours_above_zero")),
        sa.CheckConstraint("price >= 0", name=op.f("ck_hour_block_price_not_negative")),
        sa.CheckConstraint("expires_on >= bought_on", name=op.f("ck_hour_block_expires_after_purchase")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_hour_block_agreement_id_agreement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_block")),
    )
    op.create_index("ix_hour_block_agreement_id", "hour_block", ["agreement_id"])
    waiting = sa.text("expired_at IS NULL AND removed_at IS NULL AND expires_on IS NOT NULL")
    op.create_index("ix_hour_block_expires_on", "hour_block", ["expires_on"], postgresql_where=waiting)
    op.create_table(
        "hour_block_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("block_id", sa.Uuid(), nullable=False),
        sa.Column("client_service_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["block_id"], ["hour_block.id"], name=op.f("fk_hour_block_service_block_id_hour_block")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_block_service")),
    )
    for column in ("block_id", "client_service_id"):
        op.create_index(f"ix_hour_block_service_{column}", "hour_block_service", [column])
    for statement in successors.follow("hour_block_service", "client_service_id"):
        op.execute(statement)
    op.add_column("hour_entry", sa.Column("block_id", sa.Uuid()))
    op.create_foreign_key(op.f("fk_hour_entry_block_id_hour_block"), "hour_entry", "hour_block", ["block_id"], ["id"])
    moved = sa.text("block_id IS NOT NULL")
    op.create_index("ix_hour_entry_block_id", "hour_entry", ["block_id"], postgresql_where=moved)


def downgrade() -> None:
    op.drop_index("ix_hour_entry_block_id", "hour_entry")
    op.drop_column("hour_entry", "block_id")
    for statement in successors.unfollow("hour_block_service"):
        op.execute(statement)
    op.drop_table("hour_block_service")
    op.drop_table("hour_block")
