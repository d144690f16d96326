"""Clients, contacts, technicians, rate cards and what is kept of the catalog."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from common.migrations import create_common_tables, drop_common_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# PostgreSQL 15 makes no UUIDv7. The instant is given, since the application's clock is the only one.
UUID_V7 = """
CREATE OR REPLACE FUNCTION uuid_v7(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
    SELECT encode(
        set_bit(set_bit(overlay(
            uuid_send(gen_random_uuid())
            PLACING substring(int8send((extract(epoch FROM at) * 1000)::bigint) FROM 3) FROM 1 FOR 6
        ), 52, 1), 53, 1), 'hex')::uuid
$$
"""


def upgrade() -> None:
    create_common_tables(op)
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute(UUID_V7)
    op.create_table(
        "catalog_service",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("default_rate", sa.Numeric(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_service")),
    )
    op.create_index(
        "ix_catalog_service_status_sort_order", "catalog_service", ["status", "sort_order", "name"], unique=False
    )
    op.create_table(
        "client",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("net_terms", sa.Integer(), nullable=False),
        sa.Column("tax_id", sa.String(), nullable=True),
        sa.Column("tax_code_id", sa.Uuid(), nullable=True),
        sa.Column("hourly_rate", sa.Numeric(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("billing_contact_name", sa.String(), nullable=True),
        sa.Column("billing_email", sa.String(), nullable=True),
        sa.Column("billing_cc_emails", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("inherits_services", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cardinality(billing_cc_emails) <= 10", name=op.f("ck_client_at_most_ten_cc")),
        sa.CheckConstraint("hourly_rate >= 0", name=op.f("ck_client_hourly_rate_not_negative")),
        sa.CheckConstraint("net_terms BETWEEN 0 AND 365", name=op.f("ck_client_net_terms_in_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_index(
        "ix_client_billing_email_words",
        "client",
        ["billing_email"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"billing_email": "gin_trgm_ops"},
    )
    op.create_index("ix_client_country_name_key", "client", ["country", "name_key", "id"], unique=False)
    op.create_index("ix_client_created_at", "client", ["created_at", "id"], unique=False)
    op.create_index("ix_client_currency_name_key", "client", ["currency", "name_key", "id"], unique=False)
    op.create_index(
        "ix_client_name_words",
        "client",
        ["name"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.create_index("ix_client_status_name_key", "client", ["status", "name_key", "id"], unique=False)
    op.create_index("ix_client_updated_at", "client", ["updated_at", "id"], unique=False)
    op.create_index("uq_client_name_key", "client", ["name_key"], unique=True)
    op.create_table(
        "tax_code",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rate_percent", sa.Numeric(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_code")),
    )
    op.create_table(
        "client_service",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("custom_name", sa.String(length=200), nullable=True),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("default_rate", sa.Numeric(), nullable=True),
        sa.Column("custom_rate", sa.Numeric(), nullable=True),
        sa.Column("included", sa.Boolean(), nullable=False),
        sa.Column("is_custom", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("importance", sa.String(), nullable=False),
        sa.Column("rate_review", sa.Boolean(), nullable=False),
        sa.Column("review_rate", sa.Numeric(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("NOT is_custom OR custom_rate IS NOT NULL", name=op.f("ck_client_service_custom_has_rate")),
        sa.CheckConstraint(
            "NOT rate_review OR review_rate IS NOT NULL", name=op.f("ck_client_service_review_of_a_rate")
        ),
        sa.CheckConstraint("custom_rate >= 0", name=op.f("ck_client_service_custom_rate_not_negative")),
        sa.CheckConstraint("is_custom = (default_rate IS NULL)", name=op.f("ck_client_service_default_from_catalog")),
        sa.CheckConstraint("is_custom = (service_id IS NULL)", name=op.f("ck_client_service_custom_or_from_catalog")),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_service_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_service")),
    )
    op.create_index(
        "ix_client_service_rate_review",
        "client_service",
        ["service_id", "client_id"],
        unique=False,
        postgresql_where=sa.text("rate_review"),
    )
    op.create_index("ix_client_service_service_id", "client_service", ["service_id"], unique=False)
    op.create_index(
        "uq_client_service_client_id_service_id", "client_service", ["client_id", "service_id"], unique=True
    )
    op.create_index(
        "uq_client_service_custom_name",
        "client_service",
        ["client_id", sa.literal_column("lower(name)")],
        unique=True,
        postgresql_where=sa.text("is_custom"),
    )
    op.create_table(
        "client_technician",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_client_technician_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_technician")),
    )
    op.create_index(
        "ix_client_technician_user_id",
        "client_technician",
        ["user_id", "client_id"],
        unique=False,
        postgresql_where=sa.text("active"),
    )
    op.create_index(
        "uq_client_technician_client_id_user_id", "client_technician", ["client_id", "user_id"], unique=True
    )
    op.create_table(
        "contact",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("is_primary_support", sa.Boolean(), nullable=False),
        sa.Column("is_technical_support", sa.Boolean(), nullable=False),
        sa.Column("is_billing", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["client.id"], name=op.f("fk_contact_client_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_index("ix_contact_client_id_status", "contact", ["client_id", "status", "name", "id"], unique=False)
    op.create_index(
        "ix_contact_email_words",
        "contact",
        ["email"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"email": "gin_trgm_ops"},
    )
    op.create_index(
        "ix_contact_name_words",
        "contact",
        ["name"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"name": "gin_trgm_ops"},
    )
    op.create_index(
        "uq_contact_primary_support",
        "contact",
        ["client_id"],
        unique=True,
        postgresql_where=sa.text("is_primary_support"),
    )
    op.create_table(
        "client_rate_history",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("client_service_id", sa.Uuid(), nullable=False),
        sa.Column("old_rate", sa.Numeric(), nullable=True),
        sa.Column("new_rate", sa.Numeric(), nullable=True),
        sa.Column("rate_source", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["client_service_id"],
            ["client_service.id"],
            name=op.f("fk_client_rate_history_client_service_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client_rate_history")),
    )
    op.create_index(
        "ix_client_rate_history_row", "client_rate_history", ["client_service_id", "changed_at", "id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("ix_client_rate_history_row", table_name="client_rate_history")
    op.drop_table("client_rate_history")
    op.drop_index("uq_contact_primary_support", table_name="contact", postgresql_where=sa.text("is_primary_support"))
    op.drop_index(
        "ix_contact_name_words", table_name="contact", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}
    )
    op.drop_index(
        "ix_contact_email_words", table_name="contact", postgresql_using="gin", postgresql_ops={"email": "gin_trgm_ops"}
    )
    op.drop_index("ix_contact_client_id_status", table_name="contact")
    op.drop_table("contact")
    op.drop_index("uq_client_technician_client_id_user_id", table_name="client_technician")
    op.drop_index("ix_client_technician_user_id", table_name="client_technician", postgresql_where=sa.text("active"))
    op.drop_table("client_technician")
    op.drop_index("uq_client_service_custom_name", table_name="client_service", postgresql_where=sa.text("is_custom"))
    op.drop_index("uq_client_service_client_id_service_id", table_name="client_service")
    op.drop_index("ix_client_service_service_id", table_name="client_service")
    op.drop_index("ix_client_service_rate_review", table_name="client_service", postgresql_where=sa.text("rate_review"))
    op.drop_table("client_service")
    op.drop_table("tax_code")
    op.drop_index("uq_client_name_key", table_name="client")
    op.drop_index("ix_client_updated_at", table_name="client")
    op.drop_index("ix_client_status_name_key", table_name="client")
    op.drop_index(
        "ix_client_name_words", table_name="client", postgresql_using="gin", postgresql_ops={"name": "gin_trgm_ops"}
    )
    op.drop_index("ix_client_currency_name_key", table_name="client")
    op.drop_index("ix_client_created_at", table_name="client")
    op.drop_index("ix_client_country_name_key", table_name="client")
    op.drop_index(
        "ix_client_billing_email_words",
        table_name="client",
        postgresql_using="gin",
        postgresql_ops={"billing_email": "gin_trgm_ops"},
    )
    op.drop_table("client")
    op.drop_index("ix_catalog_service_status_sort_order", table_name="catalog_service")
    op.drop_table("catalog_service")
    drop_common_tables(op)
    op.execute("DROP FUNCTION uuid_v7(timestamptz)")
