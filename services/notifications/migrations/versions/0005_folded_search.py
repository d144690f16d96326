"""Adds the search columns, folded by the database so that "lodz" finds "Łódź"."""

import sqlalchemy as sa
from alembic import op

from common import searching

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SEARCHED = {"delivery": ("subject", "recipient", "reference")}
BY_THREE_LETTERS = {"postgresql_using": "gin", "postgresql_ops": {"search_text": "gin_trgm_ops"}}


def upgrade() -> None:
    searching.install(op)
    for table, columns in SEARCHED.items():
        stored = sa.Computed(searching.stored(*columns), persisted=True)
        op.add_column(table, sa.Column("search_text", sa.String(), stored, nullable=False))
        op.create_index(f"ix_{table}_search_text", table, ["search_text"], **BY_THREE_LETTERS)
    op.drop_index("ix_delivery_search", "delivery")


def downgrade() -> None:
    for table in SEARCHED:
        op.drop_column(table, "search_text")
    columns = ["subject", "recipient", "reference"]
    ops = dict.fromkeys(columns, "gin_trgm_ops")
    op.create_index("ix_delivery_search", "delivery", columns, postgresql_using="gin", postgresql_ops=ops)
    searching.uninstall(op)
