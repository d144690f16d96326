"""Categories, taxes of several parts, service sets, bundles."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from common.ids import new_id

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

AGGREGATE = (
    ("id", sa.Uuid()),
    ("version", sa.Integer()),
    ("created_at", sa.DateTime(timezone=True)),
    ("updated_at", sa.DateTime(timezone=True)),
)

USED = sa.text("SELECT category FROM service WHERE category IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1")
MAKE = sa.text(
    "INSERT INTO service_category (id, version, created_at, updated_at, name, sort_order, status)"
    " VALUES (:id, 1, :now, :now, :name, 0, 'active')"
)
TAKE = sa.text(
    "UPDATE service SET category_id = CAST(:id AS uuid), category = CAST(:name AS varchar),"
    " version = version + CASE WHEN category IS DISTINCT FROM CAST(:name AS varchar) THEN 1 ELSE 0 END"
    " WHERE category = ANY(:written)"
)


def upgrade() -> None:
    _categories()
    _taxes()
    _sets()
    _bundles()


def _categories() -> None:
    op.create_table(
        "service_category",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("color", sa.String(), nullable=True),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, kind, nullable=False) for name, kind in AGGREGATE),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_category")),
    )
    op.create_index("uq_service_category_name", "service_category", [sa.literal_column("lower(name)")], unique=True)
    op.create_index("ix_service_category_status_sort", "service_category", ["status", "sort_order", "name", "id"])
    op.add_column("service", sa.Column("category_id", sa.Uuid(), nullable=True))
    _fill_categories()
    op.create_foreign_key(op.f("fk_service_category_id"), "service", "service_category", ["category_id"], ["id"])
    op.create_index("ix_service_category_id", "service", ["category_id"])
    op.create_index("ix_service_tax_code_id", "service", ["tax_code_id"])


def _fill_categories() -> None:
    """One category for each name in use, whatever its spelling: the one most in use, if it is written cleanly.

    A service whose category reads differently now has a new version, so that `catalog republish` tells it."""
    connection, now = op.get_bind(), datetime.now(UTC)
    spellings: dict[str, list[str]] = {}
    for spelling in sorted(connection.scalars(USED).all(), key=lambda text: text != " ".join(text.split())):
        spellings.setdefault(" ".join(spelling.split()).lower(), []).append(spelling)
    for key, written in spellings.items():
        name = " ".join(written[0].split()) if key else None
        values = {"id": new_id() if key else None, "name": name, "now": now, "written": written}
        if key:
            connection.execute(MAKE, values)
        connection.execute(TAKE, values)


def _taxes() -> None:
    op.add_column("tax_code", sa.Column("code", sa.String(length=30), nullable=True))
    op.add_column("tax_code", sa.Column("description", sa.String(), nullable=True))
    op.add_column("tax_code", sa.Column("exempt", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("tax_code", sa.Column("exempt_reason", sa.String(), nullable=True))
    op.add_column(
        "tax_code",
        sa.Column("components", postgresql.JSONB(astext_type=sa.Text()), nullable=False, server_default="[]"),
    )
    op.create_check_constraint(
        op.f("ck_tax_code_exempt_has_reason"),
        "tax_code",
        "NOT exempt OR (rate_percent = 0 AND exempt_reason IS NOT NULL)",
    )
    op.create_index("uq_tax_code_code", "tax_code", [sa.literal_column("lower(code)")], unique=True)


def _sets() -> None:
    op.create_table(
        "service_set",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, kind, nullable=False) for name, kind in AGGREGATE),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_set")),
    )
    op.create_index("uq_service_set_name", "service_set", [sa.literal_column("lower(name)")], unique=True)
    op.create_index(
        "uq_service_set_is_default", "service_set", ["is_default"], unique=True, postgresql_where=sa.text("is_default")
    )
    op.create_table(
        "service_set_member",
        sa.Column("set_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["service_set.id"], name=op.f("fk_service_set_member_set_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_service_set_member_service_id")),
        sa.PrimaryKeyConstraint("set_id", "service_id", name=op.f("pk_service_set_member")),
    )
    op.create_index("ix_service_set_member_service_id", "service_set_member", ["service_id"])


def _bundles() -> None:
    op.create_table(
        "bundle",
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=False),
        sa.Column("pricing", sa.String(), nullable=False),
        sa.Column("fixed_price", sa.Numeric(), nullable=True),
        sa.Column("markup_percent", sa.Numeric(), nullable=True),
        sa.Column("billing_cycle", sa.String(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        *(sa.Column(name, kind, nullable=False) for name, kind in AGGREGATE),
        sa.CheckConstraint("(pricing = 'fixed') = (fixed_price IS NOT NULL)", name=op.f("ck_bundle_fixed_has_price")),
        sa.CheckConstraint(
            "(pricing = 'markup') = (markup_percent IS NOT NULL)", name=op.f("ck_bundle_markup_has_percent")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bundle")),
    )
    op.create_index("uq_bundle_name", "bundle", [sa.literal_column("lower(name)")], unique=True)
    op.create_index("ix_bundle_status_name", "bundle", ["status", "name", "id"])
    op.create_table(
        "bundle_item",
        sa.Column("bundle_id", sa.Uuid(), nullable=False),
        sa.Column("service_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Numeric(), nullable=False),
        sa.Column("unit_price", sa.Numeric(), nullable=True),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_bundle_item_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["bundle_id"], ["bundle.id"], name=op.f("fk_bundle_item_bundle_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["service_id"], ["service.id"], name=op.f("fk_bundle_item_service_id")),
        sa.PrimaryKeyConstraint("bundle_id", "service_id", name=op.f("pk_bundle_item")),
    )
    op.create_index("ix_bundle_item_service_id", "bundle_item", ["service_id"])


def downgrade() -> None:
    for table in ("bundle_item", "bundle", "service_set_member", "service_set"):
        op.drop_table(table)
    op.drop_index("uq_tax_code_code", table_name="tax_code")
    op.drop_constraint("ck_tax_code_exempt_has_reason", "tax_code")
    for column in ("components", "exempt_reason", "exempt", "description", "code"):
        op.drop_column("tax_code", column)
    op.drop_index("ix_service_tax_code_id", table_name="service")
    op.drop_constraint("fk_service_category_id", "service")
    op.drop_column("service", "category_id")
    op.drop_table("service_category")
