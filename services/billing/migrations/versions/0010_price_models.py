"""Adds services' price models, prices before a contained tax is removed, and drafts' client data."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

JSONB = postgresql.JSONB(astext_type=sa.Text())


def upgrade() -> None:
    op.add_column("catalog_service", sa.Column("kind", sa.String(), nullable=True))
    op.add_column("catalog_service", sa.Column("price_model", JSONB, nullable=True))
    op.add_column("catalog_service", sa.Column("prices", JSONB, nullable=False, server_default="[]"))
    # Price models were not stored before; republished events of the same version set them.
    op.execute("UPDATE catalog_service SET sequence = sequence - 1")
    op.add_column("invoice_line", sa.Column("price_with_tax", sa.Numeric(), nullable=True))
    op.add_column("invoice", sa.Column("drafted_for", JSONB, nullable=True))


def downgrade() -> None:
    op.drop_column("invoice", "drafted_for")
    op.drop_column("invoice_line", "price_with_tax")
    for name in ("prices", "price_model", "kind"):
        op.drop_column("catalog_service", name)
