"""Emails to people who sign a document."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME = "ck_delivery_addressee_known"


def upgrade() -> None:
    op.drop_constraint(op.f(NAME), "delivery")
    op.create_check_constraint(op.f(NAME), "delivery", "addressee IN ('billing', 'support', 'staff', 'signer')")


def downgrade() -> None:
    op.drop_constraint(op.f(NAME), "delivery")
    op.create_check_constraint(op.f(NAME), "delivery", "addressee IN ('billing', 'support', 'staff')")
