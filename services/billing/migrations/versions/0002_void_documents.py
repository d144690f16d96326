"""A voided invoice has a second document: the issued one stays, the stamped one is kept beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # The default is for a replica of the release before, which says no kind while both run.
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
