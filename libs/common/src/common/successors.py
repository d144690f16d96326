"""Ids that were merged into others: rows that name a merged id name its successor, also if they arrive late.

A service that keeps such ids has a table of successors, and triggers (`follow`) that put the successor in the place
of an id whenever a row naming it is written: by a request, by an event published before, by an import, in bulk.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import CheckConstraint, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

# Writers of rows with such ids hold the lock shared until commit, so that a merge misses no row.
_LOCK = "hashtextextended('successors', 0)"
_HOLD = text(f"SELECT pg_advisory_xact_lock({_LOCK})")
# If A was merged into B and B into C, the successor of A is C, in whatever order the events arrive.
_SHORTEN = text("UPDATE successor a SET successor_id = b.successor_id FROM successor b WHERE a.successor_id = b.id")

_LOOK_UP = """
    SELECT successor_id INTO later FROM successor WHERE id = NEW.COLUMN;
    IF FOUND THEN NEW.COLUMN := later; END IF;"""


class Successor:
    """A mixin for a service's table: `class Successor(successors.Successor, Base)`."""

    __tablename__ = "successor"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    successor_id: Mapped[UUID] = mapped_column(index=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[CheckConstraint, ...]:  # noqa: N805 - SQLAlchemy hands over the class
        return (CheckConstraint("successor_id <> id", name="not_itself"),)


def remember(session: Session, model: type[Successor], successors: Mapping[UUID, UUID]) -> None:
    """Stores the successors and blocks writers of rows with such ids until commit. The caller moves existing rows.

    Call it after locking those rows, so that it waits for transactions that hold one and write another.
    """
    session.execute(_HOLD)
    if not successors:
        return
    rows = [{"id": old, "successor_id": new} for old, new in sorted(successors.items())]
    statement = insert(model)
    newest = {"successor_id": statement.excluded.successor_id}
    session.execute(statement.on_conflict_do_update(index_elements=["id"], set_=newest), rows)
    while session.connection().execute(_SHORTEN).rowcount:
        pass


def current(session: Session, model: type[Successor], identifier: UUID) -> UUID:
    """Returns the current id: the successor or, without one, the id itself."""
    successor_id = session.scalar(select(model.successor_id).where(model.id == identifier))
    return successor_id or identifier


def among(session: Session, model: type[Successor], ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Returns the successors of those ids that have one."""
    rows = session.execute(select(model.id, model.successor_id).where(model.id.in_(list(ids))))
    return {row.id: row.successor_id for row in rows}


def follow(table: str, *columns: str) -> Sequence[str]:
    """Returns the SQL that makes these columns follow successors from the next write on, for a migration."""
    looked_up = "\n".join(_LOOK_UP.replace("COLUMN", column) for column in columns)
    function = f"""
CREATE FUNCTION {table}_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE later uuid;
BEGIN
    PERFORM pg_advisory_xact_lock_shared({_LOCK});
{looked_up}
    RETURN NEW;
END
$$
"""
    return function, trigger(table, *columns)


def trigger(table: str, *columns: str) -> str:
    """Returns the SQL of the trigger that calls `<table>_follows` when one of the columns is written."""
    return (
        f"CREATE TRIGGER {table}_follows BEFORE INSERT OR UPDATE OF {', '.join(columns)} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_follows()"
    )


def unfollow(table: str) -> Sequence[str]:
    return f"DROP TRIGGER {table}_follows ON {table}", f"DROP FUNCTION {table}_follows()"
