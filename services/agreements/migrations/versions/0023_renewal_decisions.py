"""Notice days of agreements, and decisions about their next terms."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agreement", sa.Column("notice_days", sa.Integer(), nullable=False, server_default="30"))
    op.alter_column("agreement", "notice_days", server_default=None)
    # the terms recorded so far had no notice: without it, the next change would show one that nobody made
    op.execute("""UPDATE agreement_amendment SET terms = terms || '{"notice_days": 30}'""")
    op.create_table(
        "agreement_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Uuid()),
        sa.Column("snoozed_until", sa.Date()),
        sa.Column("outcome", sa.String()),
        sa.Column("note", sa.String()),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by_name", sa.String()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_decision_agreement_id_agreement")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_decision")),
        sa.UniqueConstraint("agreement_id", "ends_on", name=op.f("uq_agreement_decision_agreement_id_ends_on")),
    )


def downgrade() -> None:
    op.drop_table("agreement_decision")
    op.execute("UPDATE agreement_amendment SET terms = terms - 'notice_days'")
    op.drop_column("agreement", "notice_days")
