"""Which client went into which, what follows it here, and what others hold of clients."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from common import successors

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FOLLOWING = {
    "note": ("client_id",),
    "asset": ("client_id",),
    "holding": ("client_id",),
    "worked_time": ("client_id", "client_service_id"),
}
"""What may be written without holding the client: told by others, or added by somebody who saw it unmerged."""

LEGAL_FORMS = (
    "inc|incorporated|llc|ltd|limited|corp|corporation|co|company|gmbh|mbh|ag|kg|sa|sas|sarl|bv|nv|plc|pty|llp|lp|pllc"
    "|pc|srl|spa|oy|ab|as|aps"
)
# "The Acme Co. Ltd." and "ACME, Inc." are both "acme". Kept by the database, since it takes long to work out for all.
MATCH_KEY = (
    r"btrim(regexp_replace(regexp_replace(regexp_replace(name_key, '[.'']', '', 'g'), '[\W_]+', ' ', 'g'),"
    rf" '^the | +(and )?({LEGAL_FORMS})( ({LEGAL_FORMS}))* *$', '', 'g'))"
)


def upgrade() -> None:
    op.add_column("client", sa.Column("match_key", sa.String(), sa.Computed(MATCH_KEY, persisted=True), nullable=False))
    op.add_column("client", sa.Column("merged_into_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_client_merged_into_id"), "client", "client", ["merged_into_id"], ["id"])
    op.create_table(
        "client_merge",
        sa.Column("merged_id", sa.Uuid(), nullable=False),
        sa.Column("survivor_id", sa.Uuid(), nullable=False),
        sa.Column("client_services", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.String(), nullable=False),
        sa.Column("merged_by_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["merged_id"], ["client.id"], name=op.f("fk_client_merge_merged_id")),
        sa.ForeignKeyConstraint(["survivor_id"], ["client.id"], name=op.f("fk_client_merge_survivor_id")),
        sa.PrimaryKeyConstraint("merged_id", name=op.f("pk_client_merge")),
    )
    op.create_index("ix_client_merge_survivor_id", "client_merge", ["survivor_id"])
    op.create_table(
        "successor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("successor_id <> id", name=op.f("ck_successor_not_itself")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_successor")),
    )
    op.create_index("ix_successor_successor_id", "successor", ["successor_id"])
    op.create_table(
        "holding",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("amount", sa.Numeric(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holding")),
    )
    op.create_index("ix_holding_client_id_kind", "holding", ["client_id", "kind"])
    for table, columns in FOLLOWING.items():
        for statement in successors.follow(table, *columns):
            op.execute(statement)


def downgrade() -> None:
    for table in FOLLOWING:
        for statement in successors.unfollow(table):
            op.execute(statement)
    op.drop_table("holding")
    op.drop_table("successor")
    op.drop_table("client_merge")
    op.drop_constraint(op.f("fk_client_merged_into_id"), "client", type_="foreignkey")
    op.drop_column("client", "merged_into_id")
    op.drop_column("client", "match_key")
