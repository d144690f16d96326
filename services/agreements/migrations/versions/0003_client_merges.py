"""Adds merged clients, and lets rows and the hour ledger follow a merge."""

import sqlalchemy as sa
from alembic import op

from common import successors

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FOLLOWING = {
    "agreement": ("client_id",),
    "agreement_service": ("client_service_id",),
    "hour_entry": ("account_id", "client_service_id"),
    "work_order": ("client_id", "client_service_id"),
    "time_entry": ("client_id", "client_service_id"),
}

# Ledger rows never change, except that their account may move to the surviving rate card row.
APPEND_ONLY = """
CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE names constant text[] := ARRAY['account_id', 'client_service_id'];
BEGIN
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - names = to_jsonb(OLD) - names
       AND NOT EXISTS (
            SELECT 1 FROM (VALUES (OLD.account_id, NEW.account_id), (OLD.client_service_id, NEW.client_service_id))
            AS change(was, becomes)
            LEFT JOIN successor ON successor.id = change.was
            WHERE change.becomes IS DISTINCT FROM change.was
            AND (successor.id IS NULL OR change.becomes IS DISTINCT FROM successor.successor_id)
       ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the hour ledger is append-only: write a reversing row instead';
END
$$
"""
FORMER_APPEND_ONLY = """
CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the hour ledger is append-only: write a reversing row instead';
END
$$
"""


def upgrade() -> None:
    op.create_table(
        "successor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("successor_id <> id", name=op.f("ck_successor_not_itself")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_successor")),
    )
    op.create_index("ix_successor_successor_id", "successor", ["successor_id"])
    for table, columns in FOLLOWING.items():
        for statement in successors.follow(table, *columns):
            op.execute(statement)
    op.execute(APPEND_ONLY)


def downgrade() -> None:
    op.execute(FORMER_APPEND_ONLY)
    for table in FOLLOWING:
        for statement in successors.unfollow(table):
            op.execute(statement)
    op.drop_table("successor")
