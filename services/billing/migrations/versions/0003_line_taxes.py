"""Adds several taxes per tax code, chosen for each line."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSONB = postgresql.JSONB(astext_type=sa.Text())
LINE = (("tax_code_id", sa.Uuid()), ("taxes", JSONB), ("tax_exempt_reason", sa.String()))


def upgrade() -> None:
    for name, kind in LINE:
        op.add_column("invoice_line", sa.Column(name, kind, nullable=True))
    op.add_column("invoice_tax", sa.Column("compound", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("tax_code", sa.Column("exempt", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("tax_code", sa.Column("exempt_reason", sa.String(), nullable=True))
    op.add_column("tax_code", sa.Column("components", JSONB, nullable=False, server_default="[]"))
    op.add_column("catalog_service", sa.Column("tax_code_id", sa.Uuid(), nullable=True))
    op.add_column(
        "catalog_service", sa.Column("priced_in_steps", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    # Services' tax codes were not stored before; republished events of the same version set them.
    op.execute("UPDATE catalog_service SET sequence = sequence - 1")


def downgrade() -> None:
    op.drop_column("catalog_service", "priced_in_steps")
    op.drop_column("catalog_service", "tax_code_id")
    for name in ("components", "exempt_reason", "exempt"):
        op.drop_column("tax_code", name)
    op.drop_column("invoice_tax", "compound")
    for name, _ in LINE:
        op.drop_column("invoice_line", name)
