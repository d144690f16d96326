"""Adds a second document for void invoices: the issued PDF stays, the stamped one is stored beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # For processes of the previous release, which set no kind.
    op.add_column("invoice_document", sa.Column("kind", sa.String(), nullable=False, server_default="issued"))
    op.drop_constraint("pk_invoice_document", "invoice_document", type_="primary")
    op.create_primary_key("pk_invoice_document", "invoice_document", ["invoice_id", "kind"])


def downgrade() -> None:
    op.execute("ALTER TABLE invoice_document DISABLE TRIGGER invoice_document_is_final")
    op.execute("DELETE FROM invoice_document WHERE kind <> 'issued'")
    op.execute("ALTER TABLE invoice_document ENABLE TRIGGER invoice_document_is_final")
    op.drop_constraint("pk_invoice_document", "invoice_document", type_="primary")
    op.create_primary_key("pk_invoice_document", "invoice_document", ["invoice_id"])
    op.drop_column("invoice_document", "kind")
