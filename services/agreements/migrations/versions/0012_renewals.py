"""The next term of an agreement, and the last reminder of its end."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agreement", sa.Column("renewed_from_id", sa.Uuid()))
    op.add_column("agreement", sa.Column("reminded_days", sa.Integer()))
    op.create_foreign_key(
        op.f("fk_agreement_renewed_from_id_agreement"), "agreement", "agreement", ["renewed_from_id"], ["id"]
    )
    op.create_index("ix_agreement_renewed_from_id", "agreement", ["renewed_from_id"])


def downgrade() -> None:
    op.drop_index("ix_agreement_renewed_from_id", "agreement")
    op.drop_constraint(op.f("fk_agreement_renewed_from_id_agreement"), "agreement")
    op.drop_column("agreement", "reminded_days")
    op.drop_column("agreement", "renewed_from_id")
