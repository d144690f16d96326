"""Adds the default agreement of a client."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    column = sa.Column("is_default", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("agreement", column)
    only = sa.text("is_default")
    op.create_index("uq_agreement_default_of_client", "agreement", ["client_id"], unique=True, postgresql_where=only)


def downgrade() -> None:
    op.drop_index("uq_agreement_default_of_client", "agreement")
    op.drop_column("agreement", "is_default")
