"""Moves the bytes of invoice documents to the file store and keeps only a reference to each file."""

import sqlalchemy as sa
from alembic import op

from common.blobs.moving import move_back, move_out
from common.migrations import create_common_tables

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

FINAL = "ALTER TABLE invoice_document {} TRIGGER invoice_document_is_final"
KEYS = sa.text("SELECT invoice_id, kind FROM invoice_document")
CONTENT = sa.text(
    "SELECT invoice_id, kind, filename, media_type, content FROM invoice_document WHERE invoice_id = :invoice_id AND kind = :kind"
)
MOVED = sa.text("UPDATE invoice_document SET file_id = :file_id WHERE invoice_id = :invoice_id AND kind = :kind")
FILES = sa.text("SELECT file_id FROM invoice_document")
MOVED_BACK = sa.text(
    "UPDATE invoice_document SET filename = :name, media_type = :media_type, size = :size, sha256 = :sha256,"
    " content = :content WHERE file_id = :file_id"
)


def upgrade() -> None:
    create_common_tables(op)  # creates only the missing ones
    op.add_column("invoice_document", sa.Column("file_id", sa.Uuid(), nullable=True))
    connection = op.get_bind()
    op.execute(FINAL.format("DISABLE"))
    for key in connection.execute(KEYS).mappings().all():
        row = connection.execute(CONTENT, dict(key)).one()
        file_id = move_out(connection, "billing", row.filename, row.media_type, row.content)
        connection.execute(MOVED, {"file_id": file_id, "invoice_id": row.invoice_id, "kind": row.kind})
    op.execute(FINAL.format("ENABLE"))
    op.drop_constraint("pk_invoice_document", "invoice_document", type_="primary")
    op.alter_column("invoice_document", "file_id", nullable=False)
    op.alter_column("invoice_document", "kind", server_default=None)
    op.create_primary_key("pk_invoice_document", "invoice_document", ["file_id"])
    for column in ("filename", "media_type", "sha256", "size", "content"):
        op.drop_column("invoice_document", column)
    op.create_index(
        "ix_invoice_document_issued",
        "invoice_document",
        ["invoice_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'issued'"),
    )
    op.create_index("ix_invoice_document_invoice_id", "invoice_document", ["invoice_id"])


def downgrade() -> None:
    op.drop_index("ix_invoice_document_invoice_id", "invoice_document")
    op.drop_index("ix_invoice_document_issued", "invoice_document")
    for column in ("filename", "media_type", "sha256"):
        op.add_column("invoice_document", sa.Column(column, sa.String(), nullable=True))
    op.add_column("invoice_document", sa.Column("size", sa.Integer(), nullable=True))
    op.add_column("invoice_document", sa.Column("content", sa.LargeBinary(), nullable=True))
    connection = op.get_bind()
    op.execute(FINAL.format("DISABLE"))
    op.execute("DELETE FROM invoice_document WHERE kind NOT IN ('issued', 'void')")
    for file_id in connection.scalars(FILES).all():
        file, content = move_back(connection, "billing", file_id)
        values = {"name": file.name, "media_type": file.media_type, "size": file.size, "sha256": file.sha256}
        connection.execute(MOVED_BACK, {**values, "content": content, "file_id": file.id})
    op.execute(FINAL.format("ENABLE"))
    op.drop_constraint("pk_invoice_document", "invoice_document", type_="primary")
    for column in ("filename", "media_type", "sha256", "size", "content"):
        op.alter_column("invoice_document", column, nullable=False)
    op.alter_column("invoice_document", "kind", server_default="issued")
    op.create_primary_key("pk_invoice_document", "invoice_document", ["invoice_id", "kind"])
    op.drop_column("invoice_document", "file_id")
    op.drop_table("file")
