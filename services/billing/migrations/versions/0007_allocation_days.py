"""Adds the day an allocation takes effect, for balances of past days; allocations are append-only."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# A payment counts from the day it was received; credit applied later, from the day it was applied.
# An invoice is paid by one payment at a time: an unapplied one counts up to that day.
BACKFILL = """
UPDATE payment_allocation AS allocation
SET applied_on = greatest(
    payment.received_on,
    invoice.issued_on,
    CASE WHEN allocation.created_at > payment.created_at + interval '1 minute' THEN allocation.created_at::date END,
    (SELECT max(former.reversed_at)::date FROM payment_allocation AS former
     WHERE former.invoice_id = allocation.invoice_id AND former.reversed_at <= allocation.created_at)
)
FROM payment, invoice
WHERE payment.id = allocation.payment_id AND invoice.id = allocation.invoice_id
"""
FINAL = """
CREATE FUNCTION payment_allocation_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.reversed_at IS NULL
       AND to_jsonb(NEW) - 'reversed_at' = to_jsonb(OLD) - 'reversed_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an allocation can only be reversed, and that once' USING ERRCODE = '23001';
END $$
"""
TRIGGER = """
CREATE TRIGGER payment_allocation_is_final BEFORE UPDATE OR DELETE ON payment_allocation
FOR EACH ROW EXECUTE FUNCTION payment_allocation_is_final()
"""


def upgrade() -> None:
    # For processes of the previous release, which set no day.
    day = sa.Column("applied_on", sa.Date(), nullable=False, server_default=sa.text("CURRENT_DATE"))
    op.add_column("payment_allocation", day)
    op.execute(BACKFILL)
    op.execute(FINAL)
    op.execute(TRIGGER)


def downgrade() -> None:
    op.execute("DROP TRIGGER payment_allocation_is_final ON payment_allocation")
    op.execute("DROP FUNCTION payment_allocation_is_final")
    op.drop_column("payment_allocation", "applied_on")
