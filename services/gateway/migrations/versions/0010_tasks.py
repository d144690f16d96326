"""The task queue, which takes over the runs of jobs."""

from alembic import op

from common.migrations import replace_job_runs

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    replace_job_runs(op)


def downgrade() -> None:
    raise NotImplementedError("Runs recorded as tasks cannot be turned back into job runs.")
