"""Adds the history of an agreement's terms. Agreements in force begin theirs with their present terms."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from common import successors

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PRESENT_TERMS = """
INSERT INTO agreement_amendment (id, agreement_id, number, from_day, terms, actor, actor_name, created_at)
SELECT id, id, 1, start_date, jsonb_build_object(
    'name', name, 'scope', scope, 'exclusions', exclusions, 'type', type, 'frequency', frequency,
    'start_date', start_date::text, 'end_date', end_date::text, 'net_terms', net_terms,
    'recurring_amount', trim_scale(recurring_amount)::text, 'total_hours', trim_scale(total_hours)::text,
    'overage_rate', trim_scale(overage_rate)::text, 'rollover', rollover, 'coverage', coverage,
    'allocation_policy', allocation_policy, 'uncovered_policy', uncovered_policy,
    'low_hours_threshold', trim_scale(low_hours_threshold)::text, 'auto_renew', auto_renew
), 'system', 'Evergreen', COALESCE(activated_at, created_at)
FROM agreement WHERE status <> 'draft'
"""
PRESENT_SERVICES = """
INSERT INTO agreement_amendment_service
    (id, amendment_id, position, client_service_id, service_id, custom_rate, hours_allocated, negotiated_quantity,
     recurring_share)
SELECT row.id, agreement_id, position, client_service_id, service_id, custom_rate, hours_allocated,
       negotiated_quantity, recurring_share
FROM agreement_service row JOIN agreement ON agreement.id = agreement_id WHERE status <> 'draft'
"""


def upgrade() -> None:
    op.add_column("agreement", sa.Column("terms_from", sa.Date()))
    op.execute("UPDATE agreement SET terms_from = start_date WHERE status <> 'draft'")
    op.create_table(
        "agreement_amendment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agreement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("terms", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("actor_name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name="fk_agreement_amendment_agreement_id_agreement"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_amendment"),
        sa.UniqueConstraint("agreement_id", "number", name="uq_agreement_amendment_agreement_id_number"),
    )
    op.create_table(
        "agreement_amendment_service",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("amendment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("client_service_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid()),
        sa.Column("custom_rate", sa.Numeric()),
        sa.Column("hours_allocated", sa.Numeric()),
        sa.Column("negotiated_quantity", sa.Numeric()),
        sa.Column("recurring_share", sa.Numeric()),
        sa.ForeignKeyConstraint(
            ["amendment_id"],
            ["agreement_amendment.id"],
            name="fk_agreement_amendment_service_amendment_id_agreement_amendment",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreement_amendment_service"),
    )
    for column in ("amendment_id", "client_service_id"):
        name = f"ix_agreement_amendment_service_{column}"
        op.create_index(name, "agreement_amendment_service", [column])
    op.execute(PRESENT_TERMS)
    op.execute(PRESENT_SERVICES)
    for statement in successors.follow("agreement_amendment_service", "client_service_id"):
        op.execute(statement)


def downgrade() -> None:
    for statement in successors.unfollow("agreement_amendment_service"):
        op.execute(statement)
    op.drop_table("agreement_amendment_service")
    op.drop_table("agreement_amendment")
    op.drop_column("agreement", "terms_from")
