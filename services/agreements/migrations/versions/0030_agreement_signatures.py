"""Requests for signatures on documents of agreements."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLE = "agreement_signature"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("document_sha256", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("signer_name", sa.String(), nullable=False),
        sa.Column("signer_email", sa.String(), nullable=False),
        sa.Column("message", sa.String()),
        sa.Column("activates", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("requested_by_id", sa.String(), nullable=False),
        sa.Column("requested_by_name", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("signed_name", sa.String()),
        sa.Column("address", sa.String()),
        sa.Column("reason", sa.String()),
        sa.Column("signed_document_id", sa.Uuid()),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('sent', 'signed', 'declined', 'expired', 'revoked')",
            name=op.f("ck_agreement_signature_status_known"),
        ),
        sa.CheckConstraint(
            "status <> 'signed' OR (signed_name IS NOT NULL AND signed_document_id IS NOT NULL)",
            name=op.f("ck_agreement_signature_signed_with_name_and_document"),
        ),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_signature_agreement_id_agreement")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["agreement_document.id"],
            name=op.f("fk_agreement_signature_document_id_agreement_document"),
        ),
        sa.ForeignKeyConstraint(
            ["signed_document_id"],
            ["agreement_document.id"],
            name=op.f("fk_agreement_signature_signed_document_id_agreement_document"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_signature")),
    )
    op.create_index("ix_agreement_signature_agreement_id", TABLE, ["agreement_id", "created_at", "id"])
    op.create_index("ix_agreement_signature_document_id", TABLE, ["document_id"])
    op.create_index("ix_agreement_signature_signed_document_id", TABLE, ["signed_document_id"])
    op.create_index(
        "uq_agreement_signature_open", TABLE, ["document_id"], unique=True, postgresql_where=sa.text("status = 'sent'")
    )


def downgrade() -> None:
    op.drop_table(TABLE)
