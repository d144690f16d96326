"""Adds the invoice or agreement number to deliveries, for lists."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_delivery_reference_id", "delivery", ["reference_id", "created_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_delivery_reference_id", table_name="delivery")
