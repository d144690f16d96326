"""Recurring work orders."""

import sqlalchemy as sa
from alembic import op

from common import successors

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLE, RUNS = "recurring_work_order", "recurring_work_order_run"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid()),
        sa.Column("subject", sa.String(300)),
        sa.Column("technician_id", sa.Uuid()),
        sa.Column("technician_name", sa.String()),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date()),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(10), nullable=False),
        sa.Column("due_in_days", sa.Integer()),
        sa.Column("catch_up", sa.String(10), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("next_number", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date()),
        sa.Column("problem", sa.String()),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("every > 0", name=op.f("ck_recurring_work_order_every_positive")),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["work_order_template.id"],
            name=op.f("fk_recurring_work_order_template_id_work_order_template"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_recurring_work_order_agreement_id_agreement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recurring_work_order")),
    )
    op.create_index("ix_recurring_work_order_next_on", TABLE, ["next_on", "id"], postgresql_where=sa.text("NOT paused"))
    for column in ("client_id", "template_id", "agreement_id"):
        op.create_index(f"ix_recurring_work_order_{column}", TABLE, [column])
    for statement in successors.follow(TABLE, "client_id"):
        op.execute(statement)
    op.create_table(
        RUNS,
        sa.Column("recurring_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("work_order_id", sa.Uuid()),
        sa.ForeignKeyConstraint(
            ["recurring_id"],
            [f"{TABLE}.id"],
            name=op.f("fk_recurring_work_order_run_recurring_id_recurring_work_order"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["work_order_id"],
            ["work_order.id"],
            name=op.f("fk_recurring_work_order_run_work_order_id_work_order"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("recurring_id", "day", name=op.f("pk_recurring_work_order_run")),
    )
    op.create_index("ix_recurring_work_order_run_work_order_id", RUNS, ["work_order_id"])


def downgrade() -> None:
    op.drop_table(RUNS)
    for statement in successors.unfollow(TABLE):
        op.execute(statement)
    op.drop_table(TABLE)
