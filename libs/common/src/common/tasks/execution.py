"""What a running task works with: units of work as the person who started it, its progress, what it has done so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from common import clock
from common.app import App
from common.context import Actor, Context
from common.tables import task, task_part
from common.tasks.declaring import RUNNING, Cancelled, Interrupted
from common.uow import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True)
class Execution:
    """One attempt at a task."""

    app: App
    task_id: UUID
    attempt: int
    actor: Actor
    correlation_id: str
    causation_id: str | None
    stopping: Event
    """Set once the worker wants to end."""
    now: Callable[[], Any] = clock.now

    @property
    def context(self) -> Context:
        return Context(self.actor, self.correlation_id, self.causation_id, self.now())

    def transact(self, run: Callable[[UnitOfWork], T]) -> T:
        """Returns what `run` returns in a unit of work of its own; runs it again after a deadlock."""
        return self.app.transact(self.context, run)

    def expect(self, work: UnitOfWork, number: int, *, afresh: bool = False) -> int:
        """Says how much there is still to be done, so that the progress has a total. Returns how much was done by
        earlier attempts; `afresh` forgets that, for a task that only reads."""
        done = 0 if afresh else task.c.done
        begin = update(task).where(*self._ours).values(done=done, total=done + number).returning(task.c.done)
        before: int = work.session.scalar(begin) or 0
        if not before:
            work.session.execute(delete(task_part).where(task_part.c.task_id == self.task_id))
        return before

    def advance(self, work: UnitOfWork, done: int, part: Any = None) -> None:
        """Adds `done` to the progress, and `part` to the parts of the result, in the portion's own transaction.

        Raises Cancelled or Interrupted, which takes the portion back, if the task must not go on.
        """
        progress = update(task).where(*self._ours).values(done=task.c.done + done)
        self._go_on(work.session.execute(progress.returning(task.c.cancel_requested)).one_or_none())
        if part is not None:
            number = select(func.count()).where(task_part.c.task_id == self.task_id).scalar_subquery()
            values = {"task_id": self.task_id, "number": number, "data": part}
            work.session.execute(insert(task_part).values(**values))

    def show(self, done: int, total: int) -> None:
        """Writes the progress of a task that does everything in one transaction, in a transaction of its own.

        Raises Cancelled or Interrupted like `advance`.
        """
        self.transact(lambda work: self._show(work, done, total))

    def _show(self, work: UnitOfWork, done: int, total: int) -> None:
        progress = update(task).where(*self._ours).values(done=done, total=total)
        self._go_on(work.session.execute(progress.returning(task.c.cancel_requested)).one_or_none())

    def _go_on(self, state: Any) -> None:
        if state is None or self.stopping.is_set():
            raise Interrupted
        if state.cancel_requested:
            raise Cancelled

    @property
    def _ours(self) -> tuple[ColumnElement[bool], ...]:
        """Returns the conditions of the running attempt. A worker that was declared dead matches no row."""
        return task.c.id == self.task_id, task.c.attempts == self.attempt, task.c.status == RUNNING


def of_row(app: App, row: Mapping[str, Any], stopping: Event, now: Callable[[], Any]) -> Execution:
    actor = Actor.parse(row["actor"])
    who = Actor(actor.id, row["actor_name"], actor.role)
    return Execution(app, row["id"], row["attempts"], who, row["correlation_id"], row["causation_id"], stopping, now)
