"""An index for workers that claim the documents that are due longest."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_document_task_not_before", "document_task", ["not_before", "id"])


def downgrade() -> None:
    op.drop_index("ix_document_task_not_before", "document_task")
