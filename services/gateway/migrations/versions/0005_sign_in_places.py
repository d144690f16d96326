"""Browsers and addresses that users have signed in from; those of present sessions are known."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sign_in_place",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sign_in_place_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "place", name=op.f("pk_sign_in_place")),
    )
    op.create_index("ix_sign_in_place_last_used_at", "sign_in_place", ["last_used_at"])
    op.execute(
        """
        INSERT INTO sign_in_place (user_id, place, last_used_at)
        SELECT user_id,
               'address ' || address,
               max(last_seen_at)
        FROM session WHERE address NOT LIKE '%:%' GROUP BY 1, 2
        """
    )


def downgrade() -> None:
    op.drop_table("sign_in_place")
