"""The unit of work: one transaction in which state, outbox, inbox and idempotency key commit together or not at all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from common import outbox
from common.clock import date_in
from common.config import Settings
from common.context import Actor, Context
from common.db import Aggregate, Database
from common.dumping import dumper
from common.errors import Stale
from common.events import Envelope, EventType
from common.ids import new_id
from common.organisation import stored
from common.organisation.settings import Organisation
from common.tasks.declaring import Task
from common.tasks.enqueueing import enqueue


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


class UnitOfWork:
    """What a use case works with. It never commits: whoever opened the unit does."""

    def __init__(self, session: Session, context: Context, settings: Settings) -> None:
        self.session = session
        self.context = context
        self.settings = settings
        self._pending: list[tuple[EventType, Any, dict[str, Any]]] = []

    @property
    def now(self) -> datetime:
        return self.context.now

    @property
    def today(self) -> date:
        """Returns the MSP's calendar date."""
        return date_in(self.organisation.time_zone, self.context.now)

    @cached_property
    def organisation(self) -> Organisation:
        """Returns the organisation's settings, read once for each unit of work."""
        return stored.read(self.session).settings

    @property
    def actor(self) -> Actor:
        return self.context.actor

    def emit(self, event: EventType, subject: Any, **extra: Any) -> None:
        """Announces `subject` (an aggregate, or a mapping with `id` and `version`) as it will stand at commit.

        `extra` is added to what the event's schema finds on the subject.
        """
        self._pending.append((event, subject, extra))

    def emit_deleted(self, event: EventType, aggregate: Aggregate, **extra: Any) -> None:
        """Announces the last state of `aggregate` with the version after its last one, and deletes its row.

        `event` is a `….deleted.v1`. No later event about the aggregate may follow.
        """
        last = {**_fields(event, aggregate, {}), "id": aggregate.id, "version": aggregate.version + 1}
        self.emit(event, last, **extra)
        self.session.delete(aggregate)

    def enqueue(self, task: Task, *, key: str | None = None, run_at: datetime | None = None, **args: Any) -> UUID:
        """Returns the id of a task that a worker begins once this unit is committed and `run_at` has come.

        Tasks with one `key` run one after the other, and a second one joins the first while that is waiting.
        """
        return enqueue(self.session, self.context, task, key=key, run_at=run_at, args=args)

    @property
    def has_events(self) -> bool:
        """Returns whether events were announced since the last flush."""
        return bool(self._pending)

    def check_version(self, aggregate: Versioned) -> None:
        """Honours If-Match: raises Stale when the caller saw an older version."""
        expected = self.context.expected_version
        if expected is not None and expected != aggregate.version:
            raise Stale(
                f"You edited version {expected}; the current version is {aggregate.version}. Reload and try again."
            )

    @contextmanager
    def attempt(self, *, keep: bool = True) -> Iterator[None]:
        """Runs the block in a savepoint: undone, announcements included, if it raises or is not to be kept."""
        announced = len(self._pending)
        savepoint = self.session.begin_nested()
        try:
            yield
            if keep:
                savepoint.commit()
                return
        except BaseException:
            keep = False
            raise
        finally:
            if not keep:
                savepoint.rollback()
                del self._pending[announced:]

    def flush(self) -> None:
        """Sends pending changes and events to the database, still uncommitted."""
        self.session.flush()
        pending, self._pending = self._pending, []
        outbox.add(self.session, [self._envelope(*entry) for entry in pending])

    def _envelope(self, event: EventType, subject: Any, extra: dict[str, Any]) -> Envelope:
        state = dumper(event.schema)({**_fields(event, subject, extra), **extra})
        identifier, version = _identity(subject)
        return Envelope(
            id=new_id(),
            type=event.name,
            source=event.source,
            subject=str(identifier),
            time=self.now,
            sequence=int(version),
            correlation_id=self.context.correlation_id,
            causation_id=self.context.causation_id,
            actor=str(self.actor),
            data=state,
        )


def _fields(event: EventType, subject: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the subject's fields, without asking it for those that are given: they may take a query."""
    if isinstance(subject, dict):
        return subject
    names = {field.attribute or name for name, field in event.schema.dump_fields.items()} - given.keys()
    return {name: getattr(subject, name) for name in names if hasattr(subject, name)}


def _identity(subject: Any) -> tuple[Any, Any]:
    if isinstance(subject, dict):
        return subject["id"], subject.get("version", 0)
    return subject.id, subject.version


@contextmanager
def unit_of_work(database: Database, context: Context, settings: Settings) -> Iterator[UnitOfWork]:
    """Opens a transaction, yields the unit, commits on a clean exit and rolls back on any exception."""
    with database.sessions() as session, session.begin():
        work = UnitOfWork(session, context, settings)
        yield work
        work.flush()
