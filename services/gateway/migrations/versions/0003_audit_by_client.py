"""Indexes for the audit log of one client and of one subject by time, built beside running processes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CLIENT = "COALESCE(data ->> 'client_id', subject)"
INDEXES = {
    "ix_audit_entry_subject_occurred_at": ["subject", "occurred_at", "id"],
    "ix_audit_entry_client": [sa.text(CLIENT), "occurred_at", "id"],
}


def upgrade() -> None:
    with op.get_context().autocommit_block():
        for name, columns in INDEXES.items():
            # One that was broken off is there, but no good.
            op.drop_index(name, table_name="audit_entry", postgresql_concurrently=True, if_exists=True)
            op.create_index(name, "audit_entry", columns, postgresql_concurrently=True)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="audit_entry")
