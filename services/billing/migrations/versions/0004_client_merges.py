"""Adds merged clients: rows follow a merge, and of an issued invoice only the client may change."""

import sqlalchemy as sa
from alembic import op

from common import successors

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FOLLOWING = {
    "billable_item": ("client_id", "client_service_id"),
    "invoice": ("client_id",),
    "payment": ("client_id",),
}

# Covered services are keyed by rate card row; a late agreement event may name rows that a merge replaced.
AGREEMENT_FOLLOWS = """
CREATE FUNCTION agreement_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE later uuid;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('successors', 0));
    SELECT successor_id INTO later FROM successor WHERE id = NEW.client_id;
    IF FOUND THEN NEW.client_id := later; END IF;
    IF EXISTS (SELECT 1 FROM jsonb_object_keys(NEW.services) AS row_id JOIN successor ON id = row_id::uuid) THEN
        NEW.services := (
            SELECT jsonb_object_agg(coalesce(successor_id::text, row_id), terms)
            FROM jsonb_each(NEW.services) AS covered(row_id, terms) LEFT JOIN successor ON id = row_id::uuid
        );
    END IF;
    RETURN NEW;
END
$$
"""

FINAL = """
CREATE OR REPLACE FUNCTION invoice_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves text[] := ARRAY['status', 'balance', 'version', 'updated_at', 'voided_at'];
BEGIN
    IF OLD.status = 'draft' THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'invoice % is issued and cannot be deleted', OLD.number USING ERRCODE = '23001';
    END IF;
    IF EXISTS (SELECT 1 FROM successor WHERE id = OLD.client_id AND successor_id = NEW.client_id) THEN
        moves := array_append(moves, 'client_id');
    END IF;
    IF NEW.status = 'draft' OR (OLD.status = 'void' AND NEW.status <> 'void')
       OR to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves THEN
        RAISE EXCEPTION 'invoice % is issued and cannot be changed', OLD.number USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$
"""
FORMER_FINAL = """
CREATE OR REPLACE FUNCTION invoice_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moves constant text[] := ARRAY['status', 'balance', 'version', 'updated_at', 'voided_at'];
BEGIN
    IF OLD.status = 'draft' THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'invoice % is issued and cannot be deleted', OLD.number USING ERRCODE = '23001';
    END IF;
    IF NEW.status = 'draft' OR (OLD.status = 'void' AND NEW.status <> 'void')
       OR to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves THEN
        RAISE EXCEPTION 'invoice % is issued and cannot be changed', OLD.number USING ERRCODE = '23001';
    END IF;
    RETURN NEW;
END $$
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
    op.execute(AGREEMENT_FOLLOWS)
    op.execute(successors.trigger("agreement", "client_id", "services"))
    op.execute(FINAL)


def downgrade() -> None:
    op.execute(FORMER_FINAL)
    for table in (*FOLLOWING, "agreement"):
        for statement in successors.unfollow(table):
            op.execute(statement)
    op.drop_table("successor")
