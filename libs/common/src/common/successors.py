"""Ids that went up in others: what was one thing's is another's from then on, also in facts that arrive late.

A service that keeps such ids has a table of successors, and triggers (`follow`) that put the successor in the place
of an id whenever a row naming it is written: by a request, by an event published before, by an import, in bulk.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import CheckConstraint, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

# Who writes a row naming an id holds it shared, until commit; so no row can slip in beside those that are moved.
_LOCK = "hashtextextended('successors', 0)"
_HOLD = text(f"SELECT pg_advisory_xact_lock({_LOCK})")
# A went up in B, and B in C: then A's successor is C, whichever of the two was heard of first.
_SHORTEN = text("UPDATE successor a SET successor_id = b.successor_id FROM successor b WHERE a.successor_id = b.id")

_LOOK_UP = """
    SELECT successor_id INTO later FROM successor WHERE id = NEW.COLUMN;
    IF FOUND THEN NEW.COLUMN := later; END IF;"""


class Successor:
    """Mixin of a service's own table: `class Successor(successors.Successor, Base)`."""

    __tablename__ = "successor"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    successor_id: Mapped[UUID] = mapped_column(index=True)

    @declared_attr.directive
    def __table_args__(cls) -> tuple[CheckConstraint, ...]:  # noqa: N805 - SQLAlchemy hands over the class
        return (CheckConstraint("successor_id <> id", name="not_itself"),)


def remember(session: Session, model: type[Successor], successors: Mapping[UUID, UUID]) -> None:
    """Holds writers of rows with such ids until commit; the rows written before are the caller's to move.

    Call it after locking those, so that who has one of them and is about to write another is waited for here.
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
    """The id that stands for this one now: mostly itself."""
    found = session.scalar(select(model.successor_id).where(model.id == identifier))
    return found or identifier


def among(session: Session, model: type[Successor], ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Returns the ids among these that others stand for now, with those."""
    found = session.execute(select(model.id, model.successor_id).where(model.id.in_(list(ids))))
    return {row.id: row.successor_id for row in found}


def follow(table: str, *columns: str) -> Sequence[str]:
    """For a migration: what makes these columns of a table follow successors, from the next write on."""
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
    """Calls `<table>_follows` for every row that names one of the columns."""
    return (
        f"CREATE TRIGGER {table}_follows BEFORE INSERT OR UPDATE OF {', '.join(columns)} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {table}_follows()"
    )


def unfollow(table: str) -> Sequence[str]:
    return f"DROP TRIGGER {table}_follows ON {table}", f"DROP FUNCTION {table}_follows()"
