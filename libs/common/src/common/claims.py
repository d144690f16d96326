"""Claims rows that wait in a table by the thousand: in batches, each row by one worker, for a lease.

A claim is committed before the work begins. If the worker dies, the lease ends and another worker claims the rows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Column, ColumnElement, ColumnExpressionArgument, Select, Table, select, update
from sqlalchemy.orm import DeclarativeBase

from common.backoff import Backoff
from common.context import SYSTEM, Actor, Context
from common.error_texts import explain
from common.uow import UnitOfWork

FOREVER = Backoff(timedelta(seconds=2), timedelta(hours=1))
LONGEST_ERROR = 500


@dataclass(frozen=True)
class Claim:
    """One row that a worker has for itself until the lease ends."""

    key: UUID
    until: datetime
    attempt: int
    context: Context
    """The person and the correlation id that the row was written with."""


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Says which columns of a table a claim reads and writes. The table's key is `id`.

    A row without a due time waits for nothing. A claim moves the due time to the end of the lease, which tells the
    claim from later ones.
    """

    of: type[DeclarativeBase] | Table
    due: str
    lease: timedelta
    """Longer than a batch takes, unless the worker locks each row (`held`) while it works on it."""
    attempts: str | None = None
    error: str | None = None
    actor: str | None = None
    correlation_id: str | None = None
    causation_id: str | None = None
    backoff: Backoff = FOREVER

    @cached_property
    def table(self) -> Table:
        return self.of if isinstance(self.of, Table) else cast("Table", self.of.__table__)

    def claim(
        self,
        work: UnitOfWork,
        *where: ColumnExpressionArgument[bool],
        limit: int = 1,
        at: datetime | None = None,
        **changes: Any,
    ) -> list[Claim]:
        """Claims the rows that are due longest, and sets `changes` on them. Rows that another transaction has locked
        are left out. `at` replaces the unit's time.

        A row that was claimed before is claimed alone: it may have killed its worker.
        """
        at = at or work.now
        rows = work.session.execute(self._due(at, *where).limit(limit)).mappings().all()
        if self.attempts:
            fresh = next((n for n, row in enumerate(rows) if row[self.attempts]), len(rows))
            rows = rows[: max(fresh, 1)]
        if not rows:
            return []
        values = {self.due: at + self.lease, **changes}
        if self.attempts:
            values[self.attempts] = self.table.c[self.attempts] + 1
        ids = [row["id"] for row in rows]
        work.session.execute(update(self.table).where(self.table.c.id.in_(ids)).values(values))
        return [self._claimed(row, at) for row in rows]

    def held(self, claim: Claim) -> tuple[ColumnElement[bool], ...]:
        """Returns the conditions under which the row is still claimed: no row if the lease was lost."""
        return self.table.c.id == claim.key, self.table.c[self.due] == claim.until

    def put_off(self, work: UnitOfWork, *, claim: Claim, error: Exception) -> None:
        """Ends a claim that failed: the row is due again after the back-off's pause, or never after the last."""
        pause = self.backoff.pause_after(claim.attempt)
        values: dict[str, Any] = {self.due: None if pause is None else work.now + pause}
        if self.error:
            values[self.error] = explain(error)[:LONGEST_ERROR]
        work.session.execute(update(self.table).where(*self.held(claim)).values(values))

    def _due(self, at: datetime, *where: ColumnExpressionArgument[bool]) -> Select[Any]:
        due = self.table.c[self.due]
        statement = select(*self._read).where(due <= at, *where).order_by(due, self.table.c.id)
        return statement.with_for_update(skip_locked=True)

    @property
    def _read(self) -> list[Column[Any]]:
        names = (self.attempts, self.actor, self.correlation_id, self.causation_id)
        return [self.table.c.id, *(self.table.c[name] for name in names if name)]

    def _claimed(self, row: Any, at: datetime) -> Claim:
        ids: dict[str, Any] = {}
        if self.correlation_id:
            ids["correlation_id"] = row[self.correlation_id]
        if self.causation_id and row[self.causation_id] is not None:
            ids["causation_id"] = str(row[self.causation_id])
        actor = Actor.parse(row[self.actor]) if self.actor else SYSTEM
        attempt = row[self.attempts] + 1 if self.attempts else 1
        return Claim(row["id"], at + self.lease, attempt, Context(actor=actor, now=at, **ids))
