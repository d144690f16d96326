"""What the catalog bills at least of a service, for whoever agrees a rate for it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("catalog_service", sa.Column("minimum_hours", sa.Numeric(), nullable=True))
    # So that what the catalog says again of its present state (republish) is news, and what is older stays old.
    op.execute("UPDATE catalog_service SET sequence = sequence - 1")


def downgrade() -> None:
    op.drop_column("catalog_service", "minimum_hours")
