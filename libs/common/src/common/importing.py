"""Imports as tasks: the file waits in the file store, and one transaction imports all of it or nothing."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from marshmallow import Schema
from sqlalchemy import select

from common.blobs import files
from common.dumping import dumper
from common.errors import Conflict, DomainError, NotFound, Recorded
from common.roles import MANAGERS
from common.tables import task
from common.tasks.declaring import CANCELLED, FAILED, Task
from common.tasks.execution import Execution
from common.tasks.progress import Report, reporting_to
from common.uow import UnitOfWork

WAITS = timedelta(days=7)
"""How long a file waits for its task, or to be retried."""
SHOWN_EVERY = timedelta(seconds=0.5)
GONE = "The file is no longer stored. Import it again."

Run = Callable[[UnitOfWork, bytes, dict[str, Any]], Any]
"""Imports the bytes, as its query says, and returns the report. Raises a domain error if nothing was imported."""


def task_of(name: str, title: str, run: Run, returns: Schema, roles: frozenset[str]) -> Task:
    """Returns the task that imports a file. Beside the person who started it, managers with one of `roles` see it,
    because a report names rows that others may not see."""

    def perform(execution: Execution, *, file_id: str, query: dict[str, Any]) -> Any:
        file = execution.transact(partial(_file, file_id=UUID(file_id)))
        data = b"".join(files.read(execution.app.settings, file))
        with reporting_to(_shown(execution)):
            return execution.transact(partial(import_once, execution, data, file.id, query))

    def import_once(execution: Execution, data: bytes, file_id: UUID, query: dict[str, Any], work: UnitOfWork) -> Any:
        report = run(work, data, query)
        work.flush()
        execution.advance(work, 0)
        files.release(work, [file_id])
        return dumper(returns, execution.actor.role)(report)

    return Task(name=name, title=title, run=perform, roles=roles & MANAGERS, attempts=3)


def enqueue(work: UnitOfWork, declared: Task, data: bytes, media_type: str, query: dict[str, Any]) -> UUID:
    saved = files.save(work, [data], name=declared.title, media_type=media_type)
    files.keep_until(work, saved.id, work.now + WAITS)
    return work.enqueue(declared, file_id=saved.id, query=query)


def result_of(work: UnitOfWork, task_id: UUID) -> Any:
    """Returns the report of a finished import. Raises the error that it failed with."""
    row = work.session.execute(select(task.c.status, task.c.result, task.c.error).where(task.c.id == task_id)).one()
    if row.status == CANCELLED:
        raise Conflict("The import was cancelled. Nothing was imported.")
    if row.status == FAILED:
        raise Recorded(row.result) if row.result else Broken(f"The import failed. Nothing was imported: {row.error}.")
    return row.result


def has_failed(work: UnitOfWork, task_id: UUID) -> bool:
    status = work.session.scalar(select(task.c.status).where(task.c.id == task_id))
    return status in (FAILED, CANCELLED, None)


class Broken(DomainError):
    status, title = 500, "Internal error"


def _file(work: UnitOfWork, *, file_id: UUID) -> files.File:
    try:
        return files.find(work, file_id)
    except NotFound as error:
        raise NotFound(GONE) from error


def _shown(execution: Execution) -> Report:
    """Returns what writes the progress, at most every half second and at the end."""
    due = execution.now()

    def show(done: int, total: int) -> None:
        nonlocal due
        if execution.now() < due and done < total:
            return
        due = execution.now() + SHOWN_EVERY
        execution.show(done, total)

    return show
