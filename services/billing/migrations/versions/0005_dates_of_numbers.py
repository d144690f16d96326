"""Adds an index that finds the latest date in a series of invoice numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    numbered = sa.text("number IS NOT NULL")
    op.create_index("ix_invoice_series_issued_on", "invoice", ["series", "issued_on"], postgresql_where=numbered)


def downgrade() -> None:
    op.drop_index("ix_invoice_series_issued_on", table_name="invoice")
