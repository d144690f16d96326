"""Adds labor rates, and copies of worked time and of what expenses cost."""

import sqlalchemy as sa
from alembic import op

from common import successors

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "labor_rate",
        sa.Column("technician_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("rate", sa.Numeric(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("rate >= 0", name=op.f("ck_labor_rate_rate_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labor_rate")),
    )
    op.create_index(
        "uq_labor_rate_technician_id_valid_from", "labor_rate", ["technician_id", "valid_from"], unique=True
    )
    op.create_table(
        "app_user",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
    )
    _work(
        "worked_time",
        "worked_on",
        sa.Column("technician_id", sa.Uuid()),
        sa.Column("hours", sa.Numeric(), nullable=False),
    )
    _work(
        "spent_expense",
        "incurred_on",
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("cost", sa.Numeric()),
    )


def _work(table: str, day: str, *columns: sa.Column) -> None:
    op.create_table(
        table,
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid()),
        sa.Column("work_order_id", sa.Uuid()),
        sa.Column("work_order_number", sa.String()),
        sa.Column(day, sa.Date(), nullable=False),
        *columns,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for owner in ("client_id", "agreement_id"):
        op.create_index(f"ix_{table}_{owner}_{day}", table, [owner, day])
    op.create_index(f"ix_{table}_work_order_number", table, ["work_order_number"])
    op.create_index(f"ix_{table}_{day}", table, [day])
    for statement in successors.follow(table, "client_id"):
        op.execute(statement)


def downgrade() -> None:
    for table in ("spent_expense", "worked_time", "app_user", "labor_rate"):
        op.drop_table(table)
    for table in ("spent_expense", "worked_time"):
        op.execute(f"DROP FUNCTION IF EXISTS {table}_follows()")
