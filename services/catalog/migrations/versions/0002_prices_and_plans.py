"""Prices in several currencies and from a day on, price models, plans; who uses a service is counted as it changes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from common.successors import follow, unfollow

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COUNT_USES = """
CREATE FUNCTION count_service_uses() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changes CONSTANT text := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT service_id, kind, 1 AS step FROM now_so WHERE in_use'
        WHEN 'DELETE' THEN 'SELECT service_id, kind, -1 AS step FROM was_so WHERE in_use'
        ELSE 'SELECT service_id, kind, 1 AS step FROM now_so WHERE in_use'
             ' UNION ALL SELECT service_id, kind, -1 FROM was_so WHERE in_use'
    END;
BEGIN
    -- Who writes uses holds their services beforehand, in one order.
    EXECUTE 'UPDATE service SET client_count = client_count + clients, agreement_count = agreement_count + agreements
             FROM (SELECT service_id,
                          coalesce(sum(step) FILTER (WHERE kind = ''client''), 0) AS clients,
                          coalesce(sum(step) FILTER (WHERE kind = ''agreement''), 0) AS agreements
                   FROM (' || changes || ') AS change GROUP BY service_id) AS news
             WHERE id = service_id AND (clients <> 0 OR agreements <> 0)';
    RETURN NULL;
END $$
"""
BY_THREE_LETTERS = {"postgresql_using": "gin", "postgresql_ops": {"search_text": "gin_trgm_ops"}}
TRIGGERS = {
    "INSERT": "REFERENCING NEW TABLE AS now_so",
    "DELETE": "REFERENCING OLD TABLE AS was_so",
    "UPDATE": "REFERENCING OLD TABLE AS was_so NEW TABLE AS now_so",
}
COUNT_PRESENT_USES = """
UPDATE service SET client_count = clients, agreement_count = agreements
FROM (SELECT service_id,
             count(*) FILTER (WHERE kind = 'client') AS clients,
             count(*) FILTER (WHERE kind = 'agreement') AS agreements
      FROM service_use GROUP BY service_id) AS uses
WHERE id = service_id
"""
OPEN_PRESENT_PRICES = """
INSERT INTO service_price (id, version, created_at, updated_at, service_id, currency, default_rate, setup_fee, cost,
                           valid_from, state, created_by, created_by_name, applied_at)
SELECT id, 1, created_at, updated_at, id, currency, default_rate, setup_fee, cost,
       updated_at::date, 'current', 'system', 'Evergreen', updated_at
FROM service
"""


def upgrade() -> None:
    _widen_service()
    op.add_column("rate_change", sa.Column("currency", sa.String(), nullable=True))
    op.execute("UPDATE rate_change SET currency = service.currency FROM service WHERE service.id = service_id")
    _create_prices()
    _count_uses()
    _follow_merged_clients()


def _widen_service() -> None:
    op.add_column("service", sa.Column("price_model", JSONB(none_as_null=True), nullable=True))
    op.add_column("service", sa.Column("subscription_category", sa.String(), nullable=True))
    op.add_column("service", sa.Column("term_months", sa.Integer(), nullable=True))
    for name, empty in (("provisioning_checklist", "'[]'"), ("attribute_defaults", "'{}'")):
        op.add_column("service", sa.Column(name, JSONB(), server_default=sa.text(empty), nullable=False))
    for name in ("client_count", "agreement_count"):
        op.add_column("service", sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.create_check_constraint(
        op.f("ck_service_counts_not_negative"), "service", "client_count >= 0 AND agreement_count >= 0"
    )
    for column in ("kind", "subscription_category", "currency", "default_rate"):
        op.create_index(f"ix_service_{column}", "service", [column], unique=False)
    op.create_index("ix_service_sort", "service", ["sort_order", "name", "id"])
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    # Room beside each row, so that counting its uses again and again touches no index.
    op.execute("ALTER TABLE service SET (fillfactor = 70)")
    text = sa.Computed("lower(name || ' ' || description)", persisted=True)
    op.add_column("service", sa.Column("search_text", sa.String(), text, nullable=False))
    op.create_index("ix_service_search_text", "service", ["search_text"], **BY_THREE_LETTERS)


def _create_prices() -> None:
    op.create_table(
        "service_price",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("default_rate", sa.Numeric(), nullable=False),
        sa.Column("setup_fee", sa.Numeric(), nullable=True),
        sa.Column("cost", sa.Numeric(), nullable=True),
        sa.Column("price_model", JSONB(none_as_null=True), nullable=True),
        sa.Column("keeps", JSONB(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("default_rate > 0", name=op.f("ck_service_price_default_rate_positive")),
        sa.CheckConstraint(
            "(state = 'past') = (valid_until IS NOT NULL)", name=op.f("ck_service_price_past_has_ended")
        ),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_service_price_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_price")),
    )
    current, scheduled = sa.text("state = 'current'"), sa.text("state = 'scheduled'")
    in_currency = ["service_id", "currency"]
    op.create_index("uq_service_price_current", "service_price", in_currency, unique=True, postgresql_where=current)
    op.create_index(
        "uq_service_price_scheduled",
        "service_price",
        [*in_currency, "valid_from"],
        unique=True,
        postgresql_where=scheduled,
    )
    op.create_index("ix_service_price_service_id_valid_from", "service_price", [*in_currency, "valid_from", "id"])
    op.create_index(
        "ix_service_price_open", "service_price", ["service_id"], postgresql_where=sa.text("state <> 'past'")
    )
    op.create_index("ix_service_price_currency", "service_price", ["currency", "service_id"], postgresql_where=current)
    op.create_index("ix_service_price_due", "service_price", ["valid_from"], postgresql_where=scheduled)
    op.execute(OPEN_PRESENT_PRICES)


def _count_uses() -> None:
    op.execute("LOCK TABLE service_use IN SHARE ROW EXCLUSIVE MODE")  # nobody adds one between counting and triggers
    op.add_column("service_use", sa.Column("in_use", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.add_column("service_use", sa.Column("sequence", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_service_use_user_id", "service_use", ["user_id", "kind"], unique=False)
    op.execute(COUNT_PRESENT_USES)
    op.execute(COUNT_USES)
    for event, tables in TRIGGERS.items():
        op.execute(
            f"CREATE TRIGGER service_use_counted_on_{event.lower()} AFTER {event} ON service_use {tables} "
            "FOR EACH STATEMENT EXECUTE FUNCTION count_service_uses()"
        )


def _follow_merged_clients() -> None:
    op.create_table(
        "successor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("successor_id <> id", name=op.f("ck_successor_not_itself")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_successor")),
    )
    op.create_index("ix_successor_successor_id", "successor", ["successor_id"], unique=False)
    for statement in follow("service_use", "user_id"):
        op.execute(statement)


def downgrade() -> None:
    op.execute("ALTER TABLE service RESET (fillfactor)")
    for statement in unfollow("service_use"):
        op.execute(statement)
    op.drop_table("successor")
    for event in TRIGGERS:
        op.execute(f"DROP TRIGGER service_use_counted_on_{event.lower()} ON service_use")
    op.execute("DROP FUNCTION count_service_uses()")
    op.drop_index("ix_service_use_user_id", table_name="service_use")
    op.drop_column("service_use", "sequence")
    op.drop_column("service_use", "in_use")
    op.drop_table("service_price")
    op.drop_column("rate_change", "currency")
    for column in ("kind", "subscription_category", "currency", "default_rate", "sort"):
        op.drop_index(f"ix_service_{column}", table_name="service")
    for column in (
        *("search_text", "agreement_count", "client_count", "attribute_defaults", "provisioning_checklist"),
        *("term_months", "subscription_category", "price_model"),
    ):
        op.drop_column("service", column)
