"""Adds billed hours beside worked hours, and the catalog data that billing time needs."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Processes of the previous release do not know the column; they bill the worked hours.
AS_WORKED = """
CREATE FUNCTION bill_as_worked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.billed_hours := CASE WHEN NEW.billable THEN NEW.hours ELSE 0 END;
    RETURN NEW;
END
$$
"""


def upgrade() -> None:
    op.add_column("catalog_service", sa.Column("kind", sa.String(), nullable=True))
    op.add_column("catalog_service", sa.Column("minimum_hours", sa.Numeric(), nullable=True))
    op.add_column("client_service", sa.Column("kind", sa.String(), nullable=True))
    # So that republished services update their replicas and older events do not.
    op.execute("UPDATE catalog_service SET sequence = sequence - 1")
    op.add_column("time_entry", sa.Column("billed_hours", sa.Numeric(), nullable=True))
    # Time logged before there were increments and minimums was billed as worked.
    op.execute("UPDATE time_entry SET billed_hours = CASE WHEN billable THEN hours ELSE 0 END")
    op.alter_column("time_entry", "billed_hours", nullable=False)
    op.execute(AS_WORKED)
    op.execute(
        "CREATE TRIGGER bill_as_worked BEFORE INSERT ON time_entry FOR EACH ROW WHEN (NEW.billed_hours IS NULL)"
        " EXECUTE FUNCTION bill_as_worked()"
    )
    op.create_check_constraint(op.f("ck_time_entry_billed_hours_not_negative"), "time_entry", "billed_hours >= 0")
    op.create_index(
        "ix_time_entry_technician_name",
        "time_entry",
        ["technician_name", "worked_on"],
        postgresql_where=sa.text("technician_id IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_time_entry_technician_name", table_name="time_entry")
    op.execute("DROP TRIGGER bill_as_worked ON time_entry")
    op.execute("DROP FUNCTION bill_as_worked()")
    op.drop_column("time_entry", "billed_hours")
    op.drop_column("client_service", "kind")
    op.drop_column("catalog_service", "minimum_hours")
    op.drop_column("catalog_service", "kind")
