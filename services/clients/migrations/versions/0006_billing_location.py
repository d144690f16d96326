"""The location whose address a client's invoices carry."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client", sa.Column("billing_location_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("client", "billing_location_id")
