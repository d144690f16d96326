"""The reason of an agreement's status, and informational quantities and amounts of its services."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agreement", sa.Column("status_reason", sa.String()))
    op.add_column("agreement_service", sa.Column("negotiated_quantity", sa.Numeric()))
    op.add_column("agreement_service", sa.Column("recurring_share", sa.Numeric()))
    for name in ("negotiated_quantity", "recurring_share"):
        op.create_check_constraint(
            op.f(f"ck_agreement_service_{name}_not_negative"), "agreement_service", f"{name} >= 0"
        )


def downgrade() -> None:
    for name in ("recurring_share", "negotiated_quantity"):
        op.drop_constraint(op.f(f"ck_agreement_service_{name}_not_negative"), "agreement_service")
        op.drop_column("agreement_service", name)
    op.drop_column("agreement", "status_reason")
