"""Files attached to work orders and their notes."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "work_attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid()),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("visible", sa.Boolean(), nullable=False),
        sa.Column("by_client", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=False),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["work_order_id"], ["work_order.id"], name=op.f("fk_work_attachment_work_order_id_work_order")
        ),
        sa.ForeignKeyConstraint(["note_id"], ["work_note.id"], name=op.f("fk_work_attachment_note_id_work_note")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_attachment")),
    )
    op.create_index("ix_work_attachment_work_order_id", "work_attachment", ["work_order_id", "created_at", "id"])
    op.create_index("ix_work_attachment_note_id", "work_attachment", ["note_id"])


def downgrade() -> None:
    op.drop_table("work_attachment")
