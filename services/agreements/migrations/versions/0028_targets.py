"""Stored response and resolution targets of work orders, and the hours that count for them."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

NEVER = "coalesce(sla_due_at, '9999-12-31 00:00:00+00'::timestamptz)"
INSTANTS = ("due_at", "warn_at", "met_at", "warned_at", "breached_at")


def upgrade() -> None:
    op.add_column("agreement", sa.Column("sla_hours", sa.String(), nullable=False, server_default="business"))
    op.alter_column("agreement", "sla_hours", server_default=None)
    # the terms recorded so far had no hours: without them, the next change would show one that nobody made
    op.execute("""UPDATE agreement_amendment SET terms = terms || '{"sla_hours": "business"}'""")
    op.create_table(
        "work_order_target",
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("always", sa.Boolean(), nullable=False),
        sa.Column("used_seconds", sa.Double(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in INSTANTS),
        sa.ForeignKeyConstraint(
            ["work_order_id"],
            ["work_order.id"],
            name=op.f("fk_work_order_target_work_order_id_work_order"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("work_order_id", "target", name=op.f("pk_work_order_target")),
    )
    op.create_index(
        "ix_work_order_target_breached_at",
        "work_order_target",
        ["breached_at"],
        postgresql_where=sa.text("breached_at IS NOT NULL"),
    )
    op.add_column("work_order", sa.Column("sla_terms", sa.String()))
    for name in ("sla_due_at", "sla_warn_at", "sla_next_at"):
        op.add_column("work_order", sa.Column(name, sa.DateTime(timezone=True)))
    op.create_index("ix_work_order_sla_due_at", "work_order", [sa.text(NEVER), "id"])
    op.create_index(
        "ix_work_order_sla_next_at",
        "work_order",
        ["sla_next_at"],
        postgresql_where=sa.text("sla_next_at IS NOT NULL"),
    )
    op.create_index("ix_work_order_sla_uncounted", "work_order", ["id"], postgresql_where=sa.text("sla_terms IS NULL"))


def downgrade() -> None:
    for name in ("sla_uncounted", "sla_next_at", "sla_due_at"):
        op.drop_index(f"ix_work_order_{name}", table_name="work_order")
    for name in ("sla_next_at", "sla_warn_at", "sla_due_at", "sla_terms"):
        op.drop_column("work_order", name)
    op.drop_table("work_order_target")
    op.execute("UPDATE agreement_amendment SET terms = terms - 'sla_hours'")
    op.drop_column("agreement", "sla_hours")
