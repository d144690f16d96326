"""Adds the search texts, folded by the database so that "lodz" finds "Łódź"."""

import sqlalchemy as sa
from alembic import op

from common import searching

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SEARCHED = {
    "payment": ("reference",),
    "billable_item": ("service_name",),
}
BY_THREE_LETTERS = {"postgresql_using": "gin", "postgresql_ops": {"search_text": "gin_trgm_ops"}}


def upgrade() -> None:
    searching.install(op)
    text = searching.stored("number", "client_name")  # an index, because the trigger refuses a changed column
    op.create_index("ix_invoice_search_text", "invoice", [sa.text(f"({text}) gin_trgm_ops")], postgresql_using="gin")
    for table, columns in SEARCHED.items():
        stored = sa.Computed(searching.stored(*columns), persisted=True)
        op.add_column(table, sa.Column("search_text", sa.String(), stored, nullable=False))
        op.create_index(f"ix_{table}_search_text", table, ["search_text"], **BY_THREE_LETTERS)


def downgrade() -> None:
    op.drop_index("ix_invoice_search_text", "invoice")
    for table in SEARCHED:
        op.drop_column(table, "search_text")
    searching.uninstall(op)
