"""Moves the bytes of attachments to the file store; an attachment names the file and the service that owns it."""

import sqlalchemy as sa
from alembic import op

from common.blobs.moving import move_back, move_out
from common.migrations import create_common_tables

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IDS = sa.text("SELECT id FROM attachment")
CONTENT = sa.text("SELECT id, filename, media_type, content FROM attachment WHERE id = :id")
MOVED = sa.text(
    "UPDATE attachment SET file_id = :file_id, owner = 'notifications', sha256 = encode(sha256(content), 'hex')"
    " WHERE id = :id"
)
FILES = sa.text("SELECT id, file_id FROM attachment")
MOVED_BACK = sa.text("UPDATE attachment SET content = :content WHERE id = :id")


def upgrade() -> None:
    create_common_tables(op)  # creates only the missing ones
    op.add_column("attachment", sa.Column("file_id", sa.Uuid(), nullable=True))
    op.add_column("attachment", sa.Column("owner", sa.String(), nullable=True))
    op.add_column("attachment", sa.Column("sha256", sa.String(), nullable=True))
    connection = op.get_bind()
    for identifier in connection.scalars(IDS).all():
        row = connection.execute(CONTENT, {"id": identifier}).one()
        file_id = move_out(connection, "notifications", row.filename, row.media_type, row.content)
        connection.execute(MOVED, {"file_id": file_id, "id": row.id})
    for column in ("file_id", "owner", "sha256"):
        op.alter_column("attachment", column, nullable=False)
    op.drop_column("attachment", "content")


def downgrade() -> None:
    """Brings back the bytes that were moved; attachments that refer to another service's file are left out."""
    op.add_column("attachment", sa.Column("content", sa.LargeBinary(), nullable=True))
    op.execute("DELETE FROM attachment WHERE owner <> 'notifications'")
    connection = op.get_bind()
    for row in connection.execute(FILES).all():
        _, content = move_back(connection, "notifications", row.file_id)
        connection.execute(MOVED_BACK, {"content": content, "id": row.id})
    op.alter_column("attachment", "content", nullable=False)
    for column in ("file_id", "owner", "sha256"):
        op.drop_column("attachment", column)
    op.drop_table("file")
