"""Tasks of work orders, estimated hours and templates."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("work_order", sa.Column("estimated_hours", sa.Numeric()))
    for name in ("tasks_total", "tasks_done"):
        op.add_column("work_order", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "work_order_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("done_at", INSTANT),
        sa.Column("done_by_name", sa.String()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order_task")),
        sa.ForeignKeyConstraint(
            ["work_order_id"],
            ["work_order.id"],
            name=op.f("fk_work_order_task_work_order_id_work_order"),
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_work_order_task_work_order_id", "work_order_task", ["work_order_id", "position"])
    op.create_table(
        "work_order_template",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("description", sa.String()),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("service_id", sa.Uuid()),
        sa.Column("estimated_hours", sa.Numeric()),
        sa.Column("tasks", postgresql.JSONB(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order_template")),
    )
    op.create_index("uq_work_order_template_name", "work_order_template", [sa.text("lower(name)")], unique=True)


def downgrade() -> None:
    op.drop_table("work_order_template")
    op.drop_table("work_order_task")
    for name in ("tasks_done", "tasks_total", "estimated_hours"):
        op.drop_column("work_order", name)
