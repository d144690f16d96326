"""One attempt at a task, from claiming its record to writing its outcome. Synchronous, so tests call it too."""

from collections.abc import Callable
from datetime import datetime
from threading import Event
from typing import Any
from uuid import UUID

import orjson
import structlog
from sqlalchemy import delete, or_, select, update
from structlog.contextvars import bound_contextvars

from common import clock, metrics
from common.app import App
from common.context import Context
from common.error_texts import explain
from common.errors import DomainError
from common.tables import task, task_part
from common.tasks.declaring import CANCELLED, FAILED, RUNNING, SUCCEEDED, WAITING, Cancelled, Interrupted, Task
from common.tasks.execution import Execution, of_row

log = structlog.get_logger(__name__)

ENDED = "The process ended during each of {} attempts."


class Again(Exception):
    """Raised for a task that is to be run again at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at


def perform(
    app: App, declared: Task, task_id: UUID, stopping: Event | None = None, now: Callable[[], datetime] = clock.now
) -> None:
    """Runs one attempt and writes its outcome. Raises Again if there is to be another; does nothing if it is over."""
    row = _begin(app, declared, task_id, now())
    if row is None:
        return
    execution = of_row(app, row, stopping or Event(), now)
    ids = {"task_id": str(task_id), "correlation_id": row["correlation_id"], "actor": row["actor"]}
    with bound_contextvars(**ids), metrics.TASK_SECONDS.labels(declared.name).time():
        log.info("task_started", task=declared.name, attempt=execution.attempt)
        _run(execution, declared, row["args"])


def _begin(app: App, declared: Task, task_id: UUID, at: datetime) -> dict[str, Any] | None:
    """Returns the record with the attempt counted; None if the task is over, which ends one that is cancelled or whose
    processes ended too often."""
    open_ = task.c.status.in_((WAITING, RUNNING))
    started = {"status": RUNNING, "attempts": task.c.attempts + 1, "started_at": at}
    begin = update(task).where(task.c.id == task_id, open_).values(started).returning(*task.c)

    def begin_in(work: Any) -> dict[str, Any] | None:
        row = work.session.execute(begin).mappings().one_or_none()
        if row is None:
            return None
        if row["cancel_requested"]:
            work.session.execute(_closed(task_id, CANCELLED, at))
        elif row["attempts"] > declared.attempts:
            error = row["error"] or ENDED.format(declared.attempts)
            work.session.execute(_closed(task_id, FAILED, at, error=error))
        else:
            return dict(row)
        return None

    return app.transact(Context(), begin_in)


def _run(execution: Execution, declared: Task, args: dict[str, Any]) -> None:
    try:
        result = declared.run(execution, **args)
    except Interrupted:
        log.info("task_interrupted", task=declared.name)
        _postpone(execution, execution.now(), None)
    except Cancelled:
        _finish(execution, declared, CANCELLED)
    except Exception as error:
        pause = None if isinstance(error, DomainError) else declared.backoff.pause_after(execution.attempt)
        log.exception("task_failed", task=declared.name, attempt=execution.attempt, last=pause is None)
        metrics.TASK_FAILURES.labels(declared.name).inc()
        if pause is None:
            problem = _plain(error.as_problem()) if isinstance(error, DomainError) else None
            _finish(execution, declared, FAILED, error=explain(error), result=problem)
        else:
            _postpone(execution, execution.now() + pause, error)
    else:
        _finish(execution, declared, SUCCEEDED, result=_plain(result))


def _plain(value: Any) -> Any:
    """Returns the value as JSON has it."""
    return orjson.loads(orjson.dumps(value, default=str))


def _postpone(execution: Execution, at: datetime, error: Exception | None) -> None:
    values: dict[str, Any] = {"status": WAITING, "run_at": at}
    if error is None:
        values["attempts"] = task.c.attempts - 1  # being interrupted is not the task's failure
    else:
        values["error"] = explain(error)
    ours = (task.c.id == execution.task_id, task.c.attempts == execution.attempt, task.c.status == RUNNING)
    postpone = update(task).where(*ours).values(values).returning(task.c.id)
    if execution.transact(lambda work: work.session.scalar(postpone)) is not None:
        raise Again(at)


def _finish(execution: Execution, declared: Task, status: str, **outcome: Any) -> None:
    at = execution.now()

    def finish(work: Any) -> None:
        if declared.result_of is not None:
            outcome["result"] = declared.result_of(list(work.session.scalars(_parts(execution.task_id))))
        closing = _closed(execution.task_id, status, at, **outcome).where(task.c.attempts == execution.attempt)
        if work.session.execute(closing.returning(task.c.id)).one_or_none() is None:
            return  # another worker has taken it over
        work.session.execute(delete(task_part).where(task_part.c.task_id == execution.task_id))
        if status == SUCCEEDED and declared.kept is not None and not declared.kept:
            work.session.execute(delete(task).where(task.c.id == execution.task_id))

    execution.transact(finish)
    log.info("task_finished", task=declared.name, status=status, attempts=execution.attempt)


def _parts(task_id: UUID) -> Any:
    return select(task_part.c.data).where(task_part.c.task_id == task_id).order_by(task_part.c.number)


def _closed(task_id: UUID, status: str, at: datetime, **outcome: Any) -> Any:
    is_open = or_(task.c.status == RUNNING, task.c.status == WAITING)
    values = {"error": None, **outcome, "status": status, "finished_at": at}
    return update(task).where(task.c.id == task_id, is_open).values(values)
