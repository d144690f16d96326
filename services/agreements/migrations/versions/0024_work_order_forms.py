"""Forms for work orders, and their answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from common import successors

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLE, ANSWERS = "work_order_form", "work_order_form_answers"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("description", sa.String()),
        sa.Column("client_id", sa.Uuid()),
        sa.Column("service_id", sa.Uuid()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("questions", postgresql.JSONB(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_order_form")),
    )
    op.create_index("uq_work_order_form_name", TABLE, [sa.text("lower(name)")], unique=True)
    op.create_index("ix_work_order_form_client_id", TABLE, ["client_id"])
    for statement in successors.follow(TABLE, "client_id"):
        op.execute(statement)
    op.create_table(
        ANSWERS,
        sa.Column("work_order_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("form_name", sa.String(), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("answers", postgresql.JSONB(), nullable=False),
        sa.Column("answered_by_name", sa.String(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["work_order_id"],
            ["work_order.id"],
            name=op.f("fk_work_order_form_answers_work_order_id_work_order"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["work_order_form.id"], name=op.f("fk_work_order_form_answers_form_id_work_order_form")
        ),
        sa.PrimaryKeyConstraint("work_order_id", name=op.f("pk_work_order_form_answers")),
    )
    op.create_index("ix_work_order_form_answers_form_id", ANSWERS, ["form_id"])


def downgrade() -> None:
    op.drop_table(ANSWERS)
    for statement in successors.unfollow(TABLE):
        op.execute(statement)
    op.drop_table(TABLE)
