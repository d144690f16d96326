"""What lists are searched by: texts folded by the database, so that "lodz" finds "Łódź"."""

from alembic import op

from common import searching

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    searching.install(op)


def downgrade() -> None:
    searching.uninstall(op)
