"""The task queue, which takes over the runs of jobs."""

from alembic import op

from common.migrations import bring_back_job_runs, replace_job_runs

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    replace_job_runs(op)


def downgrade() -> None:
    bring_back_job_runs(op)
