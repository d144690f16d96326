"""Prices by currency, service sets, scheduled rates, bulk changes, and the hours that say what a rate change is worth."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ON_CUSTOM_RATE = "included AND NOT is_custom AND custom_rate IS NOT NULL"


def upgrade() -> None:
    op.add_column("catalog_service", sa.Column("currency", sa.String(), nullable=True))
    op.add_column(
        "catalog_service", sa.Column("prices", postgresql.JSONB(), server_default=sa.text("'{}'"), nullable=False)
    )
    op.add_column("client", sa.Column("service_set_id", sa.Uuid(), nullable=True))
    op.add_column("client_rate_history", sa.Column("reason", sa.String(), nullable=True))
    _replicas()
    _card()
    _scheduled_rates()
    _bulk_changes()


def _replicas() -> None:
    op.create_table(
        "service_set",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("service_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_set")),
    )
    op.create_index("ix_service_set_service_ids", "service_set", ["service_ids"], postgresql_using="gin")
    op.create_table(
        "worked_time",
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("client_service_id", sa.Uuid(), nullable=True),
        sa.Column("worked_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Numeric(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worked_time")),
    )
    op.create_index(
        "ix_worked_time_client_service_id",
        "worked_time",
        ["client_service_id", "worked_on"],
        postgresql_include=["hours"],
    )
    op.create_table(
        "catalog_news",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("visited", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.String(), nullable=False),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("causation_id", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_catalog_news")),
    )


def _card() -> None:
    for name in ("custom_rate_valid_from", "custom_rate_valid_until", "next_rate_from"):
        op.add_column("client_service", sa.Column(name, sa.Date(), nullable=True))
    op.add_column("client_service", sa.Column("next_custom_rate", sa.Numeric(), nullable=True))
    op.drop_index("ix_client_service_service_id", "client_service")
    op.create_index(
        "ix_client_service_service_id",
        "client_service",
        ["service_id", "client_id"],
        postgresql_include=["included", "is_custom", "custom_rate", "rate_review"],
    )
    for name, columns in {
        "name_key": [sa.text("lower(coalesce(custom_name, name))"), "id"],
        "rate": [sa.text("coalesce(custom_rate, default_rate, 0)"), "id"],
        "service_id_name_key": ["service_id", sa.text("lower(coalesce(custom_name, name))"), "id"],
        "service_id_rate": ["service_id", sa.text("coalesce(custom_rate, default_rate, 0)"), "id"],
        "service_id_updated_at": ["service_id", "updated_at", "id"],
        "difference": [sa.text("coalesce(custom_rate - default_rate, 0)"), "id"],
        "updated_at": ["updated_at", "id"],
        "category": ["category", "id"],
    }.items():
        op.create_index(f"ix_client_service_{name}", "client_service", columns)
    op.create_index(
        "ix_client_service_own_name",
        "client_service",
        [sa.text("coalesce(custom_name, name) gin_trgm_ops")],
        postgresql_using="gin",
        postgresql_where=sa.text("custom_name IS NOT NULL OR is_custom"),
    )
    for name, part_columns, condition in (
        ("custom_rate", ["service_id", "client_id"], ON_CUSTOM_RATE),
        ("review_client_id", ["client_id"], "rate_review"),
        ("not_included", ["client_id", "id"], "NOT included"),
        ("next_rate", ["next_rate_from"], "next_rate_from IS NOT NULL"),
        ("rate_ends", ["custom_rate_valid_until"], "custom_rate_valid_until IS NOT NULL"),
    ):
        op.create_index(
            f"ix_client_service_{name}", "client_service", part_columns, postgresql_where=sa.text(condition)
        )

    # A catalog rate that is followed touches nearly every page; counts by index alone need them vacuumed soon.
    op.execute("ALTER TABLE client_service SET (autovacuum_vacuum_scale_factor = 0.01)")


def _scheduled_rates() -> None:
    op.create_table(
        "scheduled_rate",
        sa.Column("client_service_id", sa.Uuid(), nullable=False),
        sa.Column("custom_rate", sa.Numeric(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("former_rate", sa.Numeric(), nullable=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("custom_rate >= 0", name=op.f("ck_scheduled_rate_custom_rate_not_negative")),
        sa.CheckConstraint("valid_until > valid_from", name=op.f("ck_scheduled_rate_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["client_service_id"],
            ["client_service.id"],
            name=op.f("fk_scheduled_rate_client_service_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_rate")),
    )
    op.create_index("ix_scheduled_rate_client_service_id", "scheduled_rate", ["client_service_id", "valid_from", "id"])
    op.create_index(
        "uq_scheduled_rate_client_service_id_valid_from",
        "scheduled_rate",
        ["client_service_id", "valid_from"],
        unique=True,
        postgresql_where=sa.text("status = 'scheduled'"),
    )


def _bulk_changes() -> None:
    op.create_table(
        "bulk_change",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("change", postgresql.JSONB(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_by_name", sa.String(), nullable=False),
        sa.Column("created_by_role", sa.String(), nullable=False),
        sa.Column("correlation_id", sa.String(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_change")),
    )
    op.create_index("ix_bulk_change_running", "bulk_change", ["id"], postgresql_where=sa.text("status = 'running'"))
    op.create_index("ix_bulk_change_created_at", "bulk_change", ["created_at", "id"])
    op.create_table(
        "bulk_change_row",
        sa.Column("bulk_change_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("client_service_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=True),
        sa.Column("client_name", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("before", sa.Numeric(), nullable=True),
        sa.Column("after", sa.Numeric(), nullable=True),
        sa.Column("hours_last_12_months", sa.Numeric(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["bulk_change_id"],
            ["bulk_change.id"],
            name=op.f("fk_bulk_change_row_bulk_change_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("bulk_change_id", "position", name=op.f("pk_bulk_change_row")),
    )
    op.create_index(
        "ix_bulk_change_row_pending",
        "bulk_change_row",
        ["bulk_change_id", "client_service_id"],
        postgresql_where=sa.text("status = 'pending'"),
    )


def downgrade() -> None:
    op.drop_table("bulk_change_row")
    op.drop_table("bulk_change")
    op.drop_table("scheduled_rate")
    for name in ("own_name", "rate_ends", "next_rate", "not_included", "review_client_id", "custom_rate"):
        op.drop_index(f"ix_client_service_{name}", "client_service")
    by_service = ("service_id_updated_at", "service_id_rate", "service_id_name_key", "service_id")
    for name in ("category", "updated_at", "difference", *by_service, "rate", "name_key"):
        op.drop_index(f"ix_client_service_{name}", "client_service")
    op.create_index("ix_client_service_service_id", "client_service", ["service_id"])
    op.execute("ALTER TABLE client_service RESET (autovacuum_vacuum_scale_factor)")
    for name in ("next_custom_rate", "next_rate_from", "custom_rate_valid_until", "custom_rate_valid_from"):
        op.drop_column("client_service", name)
    op.drop_table("catalog_news")
    op.drop_table("worked_time")
    op.drop_table("service_set")
    op.drop_column("client_rate_history", "reason")
    op.drop_column("client", "service_set_id")
    op.drop_column("catalog_service", "prices")
    op.drop_column("catalog_service", "currency")
