"""The order in which time draws an agreement's hours. Agreements in force keep the order they have had."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("agreement", sa.Column("draw_order", sa.String(), nullable=False, server_default="logged"))
    op.execute("UPDATE agreement SET draw_order = 'worked_on' WHERE status = 'draft'")
    op.execute("""UPDATE agreement_amendment SET terms = terms || '{"draw_order": "logged"}'""")


def downgrade() -> None:
    op.execute("UPDATE agreement_amendment SET terms = terms - 'draw_order'")
    op.drop_column("agreement", "draw_order")
