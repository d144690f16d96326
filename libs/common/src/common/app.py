"""A service's process as data: composed by its wiring and run as API process, worker or CLI."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import DeclarativeBase

from common.config import Settings
from common.context import Context
from common.db import Database
from common.events import EventType
from common.failures import retried
from common.handlers import Handler
from common.tasks.declaring import Task
from common.uow import UnitOfWork, unit_of_work

if TYPE_CHECKING:
    from common.http.routes import Routes

T = TypeVar("T")
Republisher = Callable[[UnitOfWork], Iterator[None]]
"""Publishes the current state in portions; the caller commits after each portion that it yields."""


def always(_: UnitOfWork) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Tick:
    """Enqueues its task every `every` if something is due: `due(work)` returns the task's arguments, or None.

    One worker at a time asks (advisory lock), and a task that is still waiting is not enqueued again.
    """

    task: Task
    every: timedelta
    due: Callable[[UnitOfWork], dict[str, Any] | None] = always


@dataclass(frozen=True)
class Loop:
    """Wakes the work on a table whose rows are claimed (`common.claims`); all other work is a task.

    `run(app)` does a portion in a thread and returns whether there may be more. It is called again at once after True,
    else when `channel` is notified or `idle` has passed. Several workers may run it at the same time.
    """

    name: str
    run: Callable[["App"], bool]
    channel: str | None = None
    idle: timedelta = timedelta(seconds=5)


@dataclass(frozen=True, kw_only=True)
class App:
    name: str
    settings: Settings
    base: type[DeclarativeBase]
    routes: Sequence["Routes"] = ()
    handlers: Sequence[Handler] = ()
    events: Sequence[EventType] = ()
    tasks: Sequence[Task] = ()
    ticks: Sequence[Tick] = ()
    loops: Sequence[Loop] = ()
    republishers: Sequence[Republisher] = ()
    on_api_start: Callable[..., None] | None = field(default=None)
    """Called with (flask_app, app) once all routes are mounted."""

    @cached_property
    def database(self) -> Database:
        """Returns the database, connected at the first use, which is after the fork in all kinds of processes."""
        return Database(self.settings.database_url, self.settings.pool_size, application=self.name)

    def work(self, context: Context) -> AbstractContextManager[UnitOfWork]:
        return unit_of_work(self.database, context, self.settings)

    def transact(self, context: Context, run: Callable[[UnitOfWork], T]) -> T:
        """Returns what `run` returns in a unit of work of its own; runs it again after a deadlock."""

        def once() -> T:
            with self.work(context) as work:
                return run(work)

        return retried(once)

    def dispose(self) -> None:
        if "database" in self.__dict__:
            self.database.dispose()
