"""Agreements, their hour ledger, work orders, time entries and replicas."""

import sqlalchemy as sa
from alembic import op

from common.migrations import create_common_tables, drop_common_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    "agreement",
    "catalog_service",
    "client",
    "client_service",
    "contact",
    "invoice",
    "technician",
    "agreement_service",
    "hour_alert",
    "hour_entry",
    "work_order",
    "time_entry",
)

APPEND_ONLY = """
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the hour ledger is append-only: write a reversing row instead';
END
$$
"""


def upgrade() -> None:
    create_common_tables(op)
    _create_replicas()
    _create_agreements()
    _create_work()
    op.execute("CREATE SEQUENCE agreement_number OWNED BY agreement.number")
    op.execute("CREATE SEQUENCE work_order_number OWNED BY work_order.number")
    op.execute(APPEND_ONLY)
    op.execute(
        "CREATE TRIGGER hour_entry_append_only BEFORE UPDATE OR DELETE ON hour_entry"
        " FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()"
    )


def _create_agreements() -> None:
    op.create_table(
        "agreement",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("scope", sa.String(), nullable=True),
        sa.Column("exclusions", sa.String(), nullable=True),
        sa.Column("internal_notes", sa.String(), nullable=True),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=False),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_terms", sa.Integer(), nullable=False),
        sa.Column("recurring_amount", sa.Numeric(), nullable=True),
        sa.Column("total_hours", sa.Numeric(), nullable=True),
        sa.Column("overage_rate", sa.Numeric(), nullable=True),
        sa.Column("rollover", sa.String(), nullable=False),
        sa.Column("coverage", sa.String(), nullable=False),
        sa.Column("allocation_policy", sa.String(), nullable=False),
        sa.Column("uncovered_policy", sa.String(), nullable=False),
        sa.Column("low_hours_threshold", sa.Numeric(), nullable=False),
        sa.Column("auto_renew", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("next_grant_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "total_hours > 0 OR type NOT IN ('block_hours_prepaid', 'block_hours_monthly')",
            name=op.f("ck_agreement_block_has_hours"),
        ),
        sa.CheckConstraint("end_date >= start_date", name=op.f("ck_agreement_ends_after_start")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        sa.UniqueConstraint("number", name=op.f("uq_agreement_number")),
    )
    op.create_index("ix_agreement_client_id_status", "agreement", ["client_id", "status"])
    op.create_index("ix_agreement_status_id", "agreement", ["status", "id"])
    op.create_index("ix_agreement_created_at_id", "agreement", ["created_at", "id"])
    op.create_index(
        "ix_agreement_end_date_id",
        "agreement",
        [sa.literal_column("COALESCE(end_date, '9999-12-31'::date)"), "id"],
    )
    op.create_index("ix_agreement_name_id", "agreement", ["name", "id"])
    op.create_index(
        "ix_agreement_next_grant_on",
        "agreement",
        ["next_grant_on"],
        postgresql_where=sa.text("next_grant_on IS NOT NULL"),
    )
    op.create_index("ix_agreement_start_date_id", "agreement", ["start_date", "id"])
    op.create_index("ix_agreement_status_created_at", "agreement", ["status", "created_at", "id"])
    op.create_index("ix_agreement_type", "agreement", ["type"])
    op.create_index("ix_agreement_updated_at_id", "agreement", ["updated_at", "id"])
    op.create_table(
        "agreement_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("client_service_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("custom_rate", sa.Numeric(), nullable=True),
        sa.Column("hours_allocated", sa.Numeric(), nullable=True),
        sa.CheckConstraint("custom_rate >= 0", name=op.f("ck_agreement_service_custom_rate_not_negative")),
        sa.CheckConstraint("hours_allocated >= 0", name=op.f("ck_agreement_service_hours_allocated_not_negative")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_service_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_service")),
        sa.UniqueConstraint(
            "agreement_id", "client_service_id", name=op.f("uq_agreement_service_agreement_id_client_service_id")
        ),
    )
    op.create_index("ix_agreement_service_client_service_id", "agreement_service", ["client_service_id"])
    op.create_table(
        "hour_alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("remaining_percent", sa.Numeric(), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_hour_alert_agreement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_alert")),
        sa.UniqueConstraint(
            "agreement_id",
            "period_start",
            "audience",
            "remaining_percent",
            name=op.f("uq_hour_alert_crossing"),
        ),
    )
    op.create_table(
        "hour_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("from_period", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("hours", sa.Numeric(), nullable=False),
        sa.Column("client_service_id", sa.Uuid(), nullable=True),
        sa.Column("time_entry_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hours <> 0", name=op.f("ck_hour_entry_hours_not_zero")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_hour_entry_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_entry")),
    )
    op.create_index("ix_hour_entry_agreement_id_created_at", "hour_entry", ["agreement_id", "created_at", "id"])
    op.create_index(
        "ix_hour_entry_agreement_id_period_start",
        "hour_entry",
        ["agreement_id", "period_start", "account_id"],
    )
    op.create_index("ix_hour_entry_time_entry_id", "hour_entry", ["time_entry_id"])


def _create_work() -> None:
    op.create_table(
        "work_order",
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("client_service_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("service_name", sa.String(), nullable=True),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("priority", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("technician_id", sa.Uuid(), nullable=True),
        sa.Column("technician_name", sa.String(), nullable=True),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_work_order_agreement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order")),
        sa.UniqueConstraint("number", name=op.f("uq_work_order_number")),
    )
    op.create_index("ix_work_order_agreement_id", "work_order", ["agreement_id"])
    op.create_index("ix_work_order_client_id_created_at", "work_order", ["client_id", "created_at", "id"])
    op.create_index("ix_work_order_status_id", "work_order", ["status", "id"])
    op.create_index("ix_work_order_created_at_id", "work_order", ["created_at", "id"])
    op.create_index("ix_work_order_priority_id", "work_order", ["priority", "id"])
    op.create_index("ix_work_order_status_created_at", "work_order", ["status", "created_at", "id"])
    op.create_index("ix_work_order_subject_id", "work_order", ["subject", "id"])
    op.create_index("ix_work_order_technician_id_created_at", "work_order", ["technician_id", "created_at", "id"])
    op.create_index("ix_work_order_updated_at_id", "work_order", ["updated_at", "id"])
    op.create_table(
        "time_entry",
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("work_order_number", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("agreement_type", sa.String(), nullable=True),
        sa.Column("client_service_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("service_name", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(), nullable=False),
        sa.Column("covered_hours", sa.Numeric(), nullable=False),
        sa.Column("overage_hours", sa.Numeric(), nullable=False),
        sa.Column("billable", sa.Boolean(), nullable=False),
        sa.Column("billable_hours", sa.Numeric(), nullable=False),
        sa.Column("technician_id", sa.Uuid(), nullable=True),
        sa.Column("technician_name", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("external_ref", sa.String(length=200), nullable=True),
        sa.Column("invoice_id", sa.Uuid(), nullable=True),
        sa.Column("invoice_number", sa.String(), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "covered_hours >= 0 AND overage_hours >= 0 AND billable_hours >= 0",
            name=op.f("ck_time_entry_hours_not_negative"),
        ),
        sa.CheckConstraint("hours > 0 AND hours <= 24", name=op.f("ck_time_entry_hours_in_a_day")),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreement.id"], name=op.f("fk_time_entry_agreement_id")),
        sa.ForeignKeyConstraint(["work_order_id"], ["work_order.id"], name=op.f("fk_time_entry_work_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_entry")),
    )
    op.create_index("ix_time_entry_agreement_id_worked_on", "time_entry", ["agreement_id", "worked_on", "id"])
    op.create_index("ix_time_entry_client_id_worked_on", "time_entry", ["client_id", "worked_on", "id"])
    op.create_index("ix_time_entry_created_at_id", "time_entry", ["created_at", "id"])
    op.create_index(
        "ix_time_entry_invoice_id",
        "time_entry",
        ["invoice_id"],
        postgresql_where=sa.text("invoice_id IS NOT NULL"),
    )
    op.create_index("ix_time_entry_technician_id", "time_entry", ["technician_id", "worked_on", "id"])
    op.create_index("ix_time_entry_work_order_id", "time_entry", ["work_order_id", "worked_on", "id"])
    op.create_index("ix_time_entry_worked_on_id", "time_entry", ["worked_on", "id"])
    op.create_index(
        "uq_time_entry_external_ref",
        "time_entry",
        ["external_ref"],
        unique=True,
        postgresql_where=sa.text("deleted_at IS NULL"),
    )


def _create_replicas() -> None:
    op.create_table(
        "catalog_service",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_service")),
    )
    op.create_table(
        "client",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_terms", sa.Integer(), nullable=False),
        sa.Column("hourly_rate", sa.Numeric(), nullable=True),
        sa.Column("primary_support_contact_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_table(
        "client_service",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("effective_rate", sa.Numeric(), nullable=True),
        sa.Column("rate_source", sa.String(), nullable=True),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_service")),
    )
    op.create_index("ix_client_service_client_id_service_id", "client_service", ["client_id", "service_id"])
    op.create_table(
        "contact",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_table(
        "invoice",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
    )
    op.create_table(
        "technician",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technician")),
    )
    op.create_index("ix_technician_user_id_client_id", "technician", ["user_id", "client_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DROP FUNCTION refuse_ledger_change()")
    drop_common_tables(op)
