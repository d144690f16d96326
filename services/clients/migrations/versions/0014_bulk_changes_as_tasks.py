"""Bulk changes that an earlier release left unfinished become tasks; a worker finds them without a job and queues them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        sa.text("""
            INSERT INTO task (id, name, args, actor, actor_name, correlation_id, status, run_at, created_at)
            SELECT gen_random_uuid(), 'bulk_change', jsonb_build_object('bulk_change_id', id),
                   created_by_role || ':' || created_by, created_by_name, correlation_id, 'waiting', now(), created_at
            FROM bulk_change WHERE status = 'running'
        """)
    )


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM task WHERE name = 'bulk_change'"))
