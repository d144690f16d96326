"""Creates billing's first tables, and the triggers that protect issued invoices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from common.migrations import create_common_tables, drop_common_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The columns of an issued invoice that may still change; the triggers protect all others, later ones too.
FINAL = (
    """
    CREATE FUNCTION invoice_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE moves constant text[] := ARRAY['status', 'balance', 'version', 'updated_at', 'voided_at'];
    BEGIN
        IF OLD.status = 'draft' THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION 'invoice % is issued and cannot be deleted', OLD.number USING ERRCODE = '23001';
        END IF;
        IF NEW.status = 'draft' OR (OLD.status = 'void' AND NEW.status <> 'void')
           OR to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves THEN
            RAISE EXCEPTION 'invoice % is issued and cannot be changed', OLD.number USING ERRCODE = '23001';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION invoice_part_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE owner uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.invoice_id ELSE OLD.invoice_id END;
    BEGIN
        IF EXISTS (SELECT 1 FROM invoice WHERE id = owner AND status <> 'draft') THEN
            RAISE EXCEPTION 'the lines and taxes of an issued invoice cannot be changed' USING ERRCODE = '23001';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION invoice_document_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'an invoice document is kept as it is' USING ERRCODE = '23001';
    END $$
    """,
    """
    CREATE TRIGGER invoice_is_final BEFORE UPDATE OR DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION invoice_is_final()
    """,
    """
    CREATE TRIGGER invoice_line_is_final BEFORE INSERT OR UPDATE OR DELETE ON invoice_line
    FOR EACH ROW EXECUTE FUNCTION invoice_part_is_final()
    """,
    """
    CREATE TRIGGER invoice_tax_is_final BEFORE INSERT OR UPDATE OR DELETE ON invoice_tax
    FOR EACH ROW EXECUTE FUNCTION invoice_part_is_final()
    """,
    """
    CREATE TRIGGER invoice_line_item_is_final BEFORE DELETE ON invoice_line_item
    FOR EACH ROW EXECUTE FUNCTION invoice_part_is_final()
    """,
    """
    CREATE TRIGGER invoice_document_is_final BEFORE UPDATE OR DELETE ON invoice_document
    FOR EACH ROW EXECUTE FUNCTION invoice_document_is_final()
    """,
)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_account")),
    )
    op.create_table(
        "agreement",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("coverage", sa.String(), nullable=False),
        sa.Column("overage_rate", sa.Numeric(), nullable=True),
        sa.Column("services", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_index("ix_agreement_client_id", "agreement", ["client_id"], unique=False)
    op.create_table(
        "billable_item",
        sa.Column("source_type", sa.String(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("source_sequence", sa.Integer(), nullable=False),
        sa.Column("adjusted", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("client_service_id", sa.Uuid(), nullable=True),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("service_name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("unit_rate", sa.Numeric(), nullable=True),
        sa.Column("rate_source", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("overage", sa.Boolean(), nullable=False),
        sa.Column("work_order_number", sa.String(), nullable=True),
        sa.Column("technician_name", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("parked_cause", sa.String(), nullable=True),
        sa.Column("invoice_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(status = 'invoiced') = (invoice_id IS NOT NULL)", name=op.f("ck_billable_item_invoiced_has_invoice")
        ),
        sa.CheckConstraint("status IN ('open', 'invoiced', 'parked', 'closed')", name=op.f("ck_billable_item_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_billable_item")),
    )
    op.create_index(
        "ix_billable_item_client_id_dated_on_id", "billable_item", ["client_id", "dated_on", "id"], unique=False
    )
    op.create_index("ix_billable_item_dated_on_id", "billable_item", ["dated_on", "id"], unique=False)
    op.create_index(
        "ix_billable_item_invoice_id",
        "billable_item",
        ["invoice_id"],
        unique=False,
        postgresql_where=sa.text("invoice_id IS NOT NULL"),
    )
    op.create_index(
        "ix_billable_item_waiting",
        "billable_item",
        ["client_id", "dated_on"],
        unique=False,
        postgresql_where=sa.text("status IN ('open', 'parked')"),
    )
    op.create_index("uq_billable_item_source", "billable_item", ["source_id", "source_type", "part"], unique=True)
    op.create_table(
        "catalog_service",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("default_rate", sa.Numeric(), nullable=False),
        sa.Column("default_unit", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
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
        sa.Column("tax_id", sa.String(), nullable=True),
        sa.Column("tax_code_id", sa.Uuid(), nullable=True),
        sa.Column("hourly_rate", sa.Numeric(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("billing_contact_name", sa.String(), nullable=True),
        sa.Column("invoice_email", sa.String(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_table(
        "client_service",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("default_rate", sa.Numeric(), nullable=True),
        sa.Column("custom_rate", sa.Numeric(), nullable=True),
        sa.Column("effective_rate", sa.Numeric(), nullable=True),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("is_custom", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_service")),
    )
    op.create_index(
        "ix_client_service_client_id_service_id", "client_service", ["client_id", "service_id"], unique=False
    )
    op.create_table(
        "invoice",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("number_order", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("client_name", sa.String(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("net_terms", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("subtotal", sa.Numeric(), nullable=False),
        sa.Column("tax_total", sa.Numeric(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=False),
        sa.Column("balance", sa.Numeric(), nullable=False),
        sa.Column("tax_rounding", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("bill_to", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("time_entry_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("warnings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status = 'draft' OR (balance >= 0 AND balance <= total)", name=op.f("ck_invoice_balance_in_range")
        ),
        sa.CheckConstraint(
            "status = 'draft' OR (number IS NOT NULL AND issued_on IS NOT NULL)",
            name=op.f("ck_invoice_issued_has_number"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'issued', 'partially_paid', 'paid', 'void')", name=op.f("ck_invoice_status")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
    )
    op.create_index("ix_invoice_balance_id", "invoice", ["balance", "id"], unique=False)
    op.create_index("ix_invoice_client_id_status", "invoice", ["client_id", "status"], unique=False)
    op.create_index("ix_invoice_client_name_id", "invoice", ["client_name", "id"], unique=False)
    op.create_index("ix_invoice_created_at_id", "invoice", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_invoice_due_on_id",
        "invoice",
        [sa.literal_column("COALESCE(due_on, '9999-12-31'::date)"), "id"],
        unique=False,
    )
    op.create_index(
        "ix_invoice_issued_on_id",
        "invoice",
        [sa.literal_column("COALESCE(issued_on, '9999-12-31'::date)"), "id"],
        unique=False,
    )
    op.create_index("ix_invoice_number_order_id", "invoice", ["number_order", "id"], unique=False)
    op.create_index("ix_invoice_status_id", "invoice", ["status", "id"], unique=False)
    op.create_index("ix_invoice_total_id", "invoice", ["total", "id"], unique=False)
    op.create_index(
        "ix_invoice_unpaid_due_on",
        "invoice",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("status IN ('issued', 'partially_paid')"),
    )
    op.create_index("uq_invoice_number", "invoice", ["number"], unique=True)
    op.create_table(
        "number_series",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "payment",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("unallocated", sa.Numeric(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_amount_positive")),
        sa.CheckConstraint("unallocated >= 0 AND unallocated <= amount", name=op.f("ck_payment_unallocated_in_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    op.create_index("ix_payment_amount_id", "payment", ["amount", "id"], unique=False)
    op.create_index("ix_payment_client_id_received_on_id", "payment", ["client_id", "received_on", "id"], unique=False)
    op.create_index("ix_payment_created_at_id", "payment", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_payment_credit", "payment", ["client_id"], unique=False, postgresql_where=sa.text("unallocated > 0")
    )
    op.create_index("ix_payment_received_on_id", "payment", ["received_on", "id"], unique=False)
    op.create_table(
        "tax_code",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rate_percent", sa.Numeric(), nullable=False),
        sa.Column("inclusive", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_code")),
    )
    op.create_table(
        "document_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["invoice.id"],
            name=op.f("fk_document_task_invoice_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_task")),
    )
    op.create_table(
        "invoice_document",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_invoice_document_invoice_id")),
        sa.PrimaryKeyConstraint("invoice_id", name=op.f("pk_invoice_document")),
    )
    op.create_table(
        "invoice_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("client_service_id", sa.Uuid(), nullable=True),
        sa.Column("service_name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_rate", sa.Numeric(), nullable=False),
        sa.Column("rate_source", sa.String(), nullable=False),
        sa.Column("overridden", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("work_orders", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("warning", sa.String(), nullable=True),
        sa.Column("in_agreement", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["invoice.id"],
            name=op.f("fk_invoice_line_invoice_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_line")),
    )
    op.create_index("ix_invoice_line_invoice_id_position", "invoice_line", ["invoice_id", "position"], unique=True)
    op.create_index("ix_invoice_line_service_id", "invoice_line", ["service_id"], unique=False)
    op.create_table(
        "invoice_tax",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tax_code_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rate_percent", sa.Numeric(), nullable=False),
        sa.Column("inclusive", sa.Boolean(), nullable=False),
        sa.Column("base", sa.Numeric(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["invoice.id"],
            name=op.f("fk_invoice_tax_invoice_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("invoice_id", "position", name=op.f("pk_invoice_tax")),
    )
    op.create_table(
        "payment_allocation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.Numeric(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_allocation_amount_positive")),
        sa.ForeignKeyConstraint(["invoice_id"], ["invoice.id"], name=op.f("fk_payment_allocation_invoice_id")),
        sa.ForeignKeyConstraint(["payment_id"], ["payment.id"], name=op.f("fk_payment_allocation_payment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_allocation")),
    )
    op.create_index("ix_payment_allocation_invoice_id", "payment_allocation", ["invoice_id"], unique=False)
    op.create_index("ix_payment_allocation_payment_id", "payment_allocation", ["payment_id"], unique=False)
    op.create_table(
        "invoice_line_item",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["invoice_line.id"],
            name=op.f("fk_invoice_line_item_line_id"),
            ondelete="CASCADE",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("line_id", "item_id", name=op.f("pk_invoice_line_item")),
    )
    op.create_index("ix_invoice_line_item_invoice_id", "invoice_line_item", ["invoice_id"], unique=False)
    op.create_index(
        "uq_invoice_line_item_live", "invoice_line_item", ["item_id"], unique=True, postgresql_where=sa.text("live")
    )
    for statement in FINAL:
        op.execute(statement)
    create_common_tables(op)


def downgrade() -> None:
    drop_common_tables(op)
    op.drop_table("invoice_line_item")
    op.drop_table("payment_allocation")
    op.drop_table("invoice_tax")
    op.drop_table("invoice_line")
    op.drop_table("invoice_document")
    op.drop_table("document_task")
    op.drop_table("tax_code")
    op.drop_table("payment")
    op.drop_table("number_series")
    op.drop_table("invoice")
    op.drop_table("client_service")
    op.drop_table("client")
    op.drop_table("catalog_service")
    op.drop_table("billable_item")
    op.drop_table("agreement")
    op.drop_table("account")
    op.execute("DROP FUNCTION invoice_is_final")
    op.execute("DROP FUNCTION invoice_part_is_final")
    op.execute("DROP FUNCTION invoice_document_is_final")
