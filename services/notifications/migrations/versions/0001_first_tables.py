"""Creates the first tables: deliveries with their content, and replicas of their recipients."""

import sqlalchemy as sa
from alembic import op

from common.migrations import create_common_tables, drop_common_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_common_tables(op)
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")  # for searching lists; the owner may
    op.create_table(
        "client",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=True),
        sa.Column("billing_contact_name", sa.String(), nullable=True),
        sa.Column("invoice_email", sa.String(), nullable=True),
        sa.Column("billing_cc_emails", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("primary_support_contact_id", sa.Uuid(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_client")),
    )
    op.create_table(
        "contact",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_table(
        "delivery",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("event_type", sa.String(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("addressee", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(length=320), nullable=False),
        sa.Column("recipient_name", sa.Text(), nullable=False),
        sa.Column("cc", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("resends", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(), nullable=True),
        sa.Column("provider_message_id", sa.String(), nullable=True),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("client_name", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("addressee IN ('billing', 'support', 'staff')", name=op.f("ck_delivery_addressee_known")),
        sa.CheckConstraint("status IN ('queued', 'sending', 'sent', 'failed')", name=op.f("ck_delivery_status_known")),
        sa.CheckConstraint("cardinality(cc) <= 10", name=op.f("ck_delivery_cc_at_most_10")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("event_id", "recipient", "channel", name="uq_delivery_event_recipient_channel"),
    )
    op.create_index("ix_delivery_client_id", "delivery", ["client_id", "created_at", "id"], unique=False)
    op.create_index("ix_delivery_created_at", "delivery", ["created_at", "id"], unique=False)
    op.create_index(
        "ix_delivery_due",
        "delivery",
        ["channel", "next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('queued', 'sending')"),
    )
    op.create_index("ix_delivery_event_type", "delivery", ["event_type", "created_at", "id"], unique=False)
    op.create_index("ix_delivery_recipient", "delivery", ["recipient", "id"], unique=False)
    op.create_index("ix_delivery_recipient_created_at", "delivery", ["recipient", "created_at", "id"], unique=False)
    op.create_index(
        "ix_delivery_search",
        "delivery",
        ["subject", "recipient", "reference"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"subject": "gin_trgm_ops", "recipient": "gin_trgm_ops", "reference": "gin_trgm_ops"},
    )
    op.create_index("ix_delivery_status", "delivery", ["status", "created_at", "id"], unique=False)
    op.create_index("ix_delivery_subject", "delivery", ["subject", "id"], unique=False)
    op.create_table(
        "technician",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_technician")),
    )
    op.create_index(
        "ix_technician_client_id", "technician", ["client_id"], unique=False, postgresql_where=sa.text("active")
    )
    op.create_table(
        "user_account",
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_account")),
    )
    op.create_index("ix_user_account_email", "user_account", [sa.literal_column("lower(email)")], unique=False)
    op.create_index("ix_user_account_role", "user_account", ["role", "status"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_attachment_delivery_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_delivery_id", "attachment", ["delivery_id"], unique=False)
    op.create_table(
        "delivery_content",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_delivery_content_delivery_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_delivery_content")),
    )


def downgrade() -> None:
    for table in ("delivery_content", "attachment", "user_account", "technician", "delivery", "contact", "client"):
        op.drop_table(table)
    drop_common_tables(op)
