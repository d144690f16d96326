"""Adds the rates that an agreement's amendments replaced; they price work of the days before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_FOLLOW = """
    IF EXISTS (SELECT 1 FROM jsonb_object_keys(NEW.COLUMN) AS row_id JOIN successor ON id = row_id::uuid) THEN
        NEW.COLUMN := (
            SELECT jsonb_object_agg(coalesce(successor_id::text, row_id), terms)
            FROM jsonb_each(NEW.COLUMN) AS covered(row_id, terms) LEFT JOIN successor ON id = row_id::uuid
        );
    END IF;"""


def follows(*columns: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION agreement_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE later uuid;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('successors', 0));
    SELECT successor_id INTO later FROM successor WHERE id = NEW.client_id;
    IF FOUND THEN NEW.client_id := later; END IF;
{"".join(_FOLLOW.replace("COLUMN", column) for column in columns)}
    RETURN NEW;
END
$$
"""


def trigger(*columns: str) -> None:
    op.execute("DROP TRIGGER agreement_follows ON agreement")
    op.execute(
        f"CREATE TRIGGER agreement_follows BEFORE INSERT OR UPDATE OF {', '.join(columns)} ON agreement"
        " FOR EACH ROW EXECUTE FUNCTION agreement_follows()"
    )


def upgrade() -> None:
    for name, empty in (("earlier_rates", "{}"), ("earlier_overage_rates", "[]")):
        op.add_column("agreement", sa.Column(name, postgresql.JSONB(), nullable=False, server_default=empty))
    op.execute(follows("services", "earlier_rates"))
    trigger("client_id", "services", "earlier_rates")


def downgrade() -> None:
    trigger("client_id", "services")
    op.execute(follows("services"))
    op.drop_column("agreement", "earlier_overage_rates")
    op.drop_column("agreement", "earlier_rates")
