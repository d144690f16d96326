"""Items of expenses with their own tax code, and the expenses of an invoice."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("billable_item", sa.Column("tax_code_id", sa.Uuid()))
    op.add_column("invoice_line", sa.Column("own_tax_code_id", sa.Uuid()))
    # The default fills the rows of older releases, whose workers may still add invoices during the upgrade.
    op.add_column(
        "invoice", sa.Column("expense_ids", postgresql.ARRAY(sa.Uuid()), nullable=False, server_default=sa.text("'{}'"))
    )


def downgrade() -> None:
    op.drop_column("invoice", "expense_ids")
    op.drop_column("invoice_line", "own_tax_code_id")
    op.drop_column("billable_item", "tax_code_id")
