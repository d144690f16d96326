"""Replicas of other services' rows: accept only newer states, and wait briefly for rows that are new."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from functools import lru_cache
from time import monotonic, sleep
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.orm.util import identity_key
from sqlalchemy.sql.dml import ReturningInsert

from common.clock import now
from common.ids import born_at
from common.uow import UnitOfWork

T = TypeVar("T")
M = TypeVar("M", bound="Replica")
YOUNG = timedelta(seconds=15)
PATIENCE = 2.0
STEP = 0.02


class Replica:
    """A mixin with the owner's id and the version of the newest event."""

    id: Mapped[UUID] = mapped_column(primary_key=True)
    sequence: Mapped[int] = mapped_column(nullable=False)


def upsert(session: Session, model: type[Any], rows: Sequence[dict[str, Any]]) -> list[UUID]:
    """Writes the rows that are newer than the stored ones, in one statement; returns the ids that changed.

    All rows have the same keys, including `id` and `sequence`. Of two rows with the same id, the newer wins.
    """
    newest: dict[UUID, dict[str, Any]] = {}
    for row in rows:
        if row["id"] not in newest or newest[row["id"]]["sequence"] < row["sequence"]:
            newest[row["id"]] = row
    if not newest:
        return []
    ordered = [newest[key] for key in sorted(newest)]
    changed = list(session.connection().execute(_statement(model.__table__, tuple(ordered[0])), ordered).scalars())
    for identifier in changed:
        known = session.identity_map.get(identity_key(model, identifier))
        if known is not None:
            session.expire(known)
    return changed


@lru_cache(maxsize=256)
def _statement(table: Table, columns: tuple[str, ...]) -> ReturningInsert[Any]:
    """Returns the statement of a replica, cached so that it is compiled once for any number of rows."""
    statement = insert(table)
    replaced = {name: statement.excluded[name] for name in columns if name != "id"}
    newer = table.c.sequence < statement.excluded.sequence
    return statement.on_conflict_do_update(index_elements=["id"], set_=replaced, where=newer).returning(table.c.id)


def find(work: UnitOfWork, model: type[Any], identifier: UUID) -> Any | None:
    """Returns the replica's row or None. Waits up to two seconds for the event of an id created seconds ago."""
    return patiently(lambda: work.session.get(model, identifier), lambda row: [identifier] if row is None else [])


def find_all(work: UnitOfWork, model: type[M], ids: Collection[UUID]) -> dict[UUID, M]:
    """Returns the replica's rows by id, in one query; waits as `find` does for missing rows that are new."""
    wanted = set(ids)

    def read() -> dict[UUID, M]:
        return {row.id: row for row in work.session.scalars(select(model).where(model.id.in_(wanted)))}

    return patiently(read, lambda found: wanted - found.keys()) if wanted else {}


def patiently(read: Callable[[], T], missing: Callable[[T], Iterable[UUID]]) -> T:
    """Returns the result of `read`; reads again for up to two seconds while a missing id is new."""
    result = read()
    deadline = monotonic() + PATIENCE
    while any(_is_young(identifier) for identifier in missing(result)) and monotonic() < deadline:
        sleep(STEP)
        result = read()
    return result


def _is_young(identifier: UUID) -> bool:
    born = born_at(identifier)
    return born is not None and abs(now() - born) < YOUNG
