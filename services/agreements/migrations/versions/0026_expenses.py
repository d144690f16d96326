"""Materials and expenses of work orders, and the tax codes that they may name."""

import sqlalchemy as sa
from alembic import op

from common import successors

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "expense",
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("work_order_number", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid()),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("description", sa.String(500), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("unit_cost", sa.Numeric()),
        sa.Column("markup_percent", sa.Numeric()),
        sa.Column("unit_price", sa.Numeric(), nullable=False),
        sa.Column("tax_code_id", sa.Uuid()),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("incurred_on", sa.Date(), nullable=False),
        sa.Column("technician_id", sa.Uuid()),
        sa.Column("technician_name", sa.String()),
        sa.Column("invoice_id", sa.Uuid()),
        sa.Column("invoice_number", sa.String()),
        sa.Column("deleted_at", INSTANT),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_expense_quantity_positive")),
        sa.CheckConstraint(
            "unit_price >= 0 AND coalesce(unit_cost, 0) >= 0", name=op.f("ck_expense_amounts_not_negative")
        ),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_expense_work_order_id_work_order")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_expense_agreement_id_agreement")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense")),
    )
    op.create_index("ix_expense_work_order_id", "expense", ["work_order_id", "incurred_on", "id"])
    op.create_index("ix_expense_client_id", "expense", ["client_id"])
    op.create_index(
        "ix_expense_invoice_id", "expense", ["invoice_id"], postgresql_where=sa.text("invoice_id IS NOT NULL")
    )
    for statement in successors.follow("expense", "client_id"):
        op.execute(statement)
    op.create_table(
        "tax_code",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_code")),
    )


def downgrade() -> None:
    op.drop_table("tax_code")
    op.drop_table("expense")
