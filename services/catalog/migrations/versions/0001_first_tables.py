"""The catalog's first tables."""

import sqlalchemy as sa
from alembic import op

from common.migrations import create_common_tables, drop_common_tables

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_use",
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", "kind", "user_id", name=op.f("pk_service_use")),
    )
    op.create_table(
        "tax_code",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("rate_percent", sa.Numeric(), nullable=False),
        sa.Column("inclusive", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("rate_percent >= 0 AND rate_percent <= 100", name=op.f("ck_tax_code_rate_percent_in_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_code")),
    )
    op.create_index("uq_tax_code_name", "tax_code", [sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "service",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("default_rate", sa.Numeric(), nullable=False),
        sa.Column("default_unit", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("tax_code_id", sa.Uuid(), nullable=True),
        sa.Column("minimum_hours", sa.Numeric(), nullable=True),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.Column("internal_notes", sa.String(), nullable=True),
        sa.Column("billing_cycle", sa.String(), nullable=True),
        sa.Column("setup_fee", sa.Numeric(), nullable=True),
        sa.Column("cost", sa.Numeric(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("default_rate > 0", name=op.f("ck_service_default_rate_positive")),
        sa.ForeignKeyConstraint(["tax_code_id"], ["tax_code.id"], name=op.f("fk_service_tax_code_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service")),
    )
    op.create_index("ix_service_category", "service", ["category"], unique=False)
    op.create_index("ix_service_status_sort", "service", ["status", "sort_order", "name", "id"], unique=False)
    op.create_index("uq_service_name", "service", [sa.literal_column("lower(name)")], unique=True)
    op.create_table(
        "rate_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("old_rate", sa.Numeric(), nullable=True),
        sa.Column("new_rate", sa.Numeric(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["service_id"], ["service.id"], name=op.f("fk_rate_change_service_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rate_change")),
    )
    op.create_index("ix_rate_change_service_id_id", "rate_change", ["service_id", "id"], unique=False)
    create_common_tables(op)


def downgrade() -> None:
    drop_common_tables(op)
    op.drop_index("ix_rate_change_service_id_id", table_name="rate_change")
    op.drop_table("rate_change")
    op.drop_index("uq_service_name", table_name="service")
    op.drop_index("ix_service_status_sort", table_name="service")
    op.drop_index("ix_service_category", table_name="service")
    op.drop_table("service")
    op.drop_index("uq_tax_code_name", table_name="tax_code")
    op.drop_table("tax_code")
    op.drop_table("service_use")
