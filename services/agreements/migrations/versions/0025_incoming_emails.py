"""Emails that come in. Contacts get their addresses when the clients service publishes them again."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
EMAIL = "incoming_email"


def upgrade() -> None:
    op.add_column("contact", sa.Column("email_key", sa.String()))
    op.create_index("ix_contact_email_key", "contact", ["email_key"])
    op.create_table(
        EMAIL,
        sa.Column("identity", sa.String(64), nullable=False),
        sa.Column("message_id", sa.String()),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("sender_name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.Uuid()),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("work_order_id", sa.Uuid()),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["work_order_id"],
            ["work_order.id"],
            name=op.f("fk_incoming_email_work_order_id_work_order"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_email")),
        sa.UniqueConstraint("identity", name=op.f("uq_incoming_email_identity")),
    )
    op.create_index("ix_incoming_email_created_at_id", EMAIL, ["created_at", "id"])
    op.create_index("ix_incoming_email_status", EMAIL, ["status", "created_at", "id"])
    op.create_index("ix_incoming_email_work_order_id", EMAIL, ["work_order_id"])
    answered = sa.text("work_order_id IS NOT NULL")
    op.create_index("ix_incoming_email_message_id", EMAIL, ["message_id"], postgresql_where=answered)
    op.create_table(
        "mailbox_state",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("polled_at", INSTANT),
        sa.Column("error", sa.String()),
        sa.Column("failing_since", INSTANT),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mailbox_state")),
    )


def downgrade() -> None:
    op.drop_table("mailbox_state")
    op.drop_table(EMAIL)
    op.drop_index("ix_contact_email_key", "contact")
    op.drop_column("contact", "email_key")
