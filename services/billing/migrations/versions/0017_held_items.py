"""Adds whether an item's time waits for approval."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # With a default for processes of the previous release, which do not know the column.
    op.add_column("billable_item", sa.Column("held", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("billable_item", "held")
