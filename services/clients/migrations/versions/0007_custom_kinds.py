"""The kind of custom services: labor, as all were taken for, or one that takes no time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("client_service", sa.Column("kind", sa.String(), nullable=True))
    op.execute("UPDATE client_service SET kind = 'labor' WHERE is_custom")


def downgrade() -> None:
    op.drop_column("client_service", "kind")
