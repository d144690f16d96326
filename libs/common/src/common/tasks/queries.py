"""Tasks as people see them: a task says it runs only while a living worker runs it."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, column, exists, func, null, or_, select, table, text
from sqlalchemy.orm import Session

from common.errors import NotFound
from common.pages import Page, cursor_of, paginate
from common.tables import task
from common.tasks.declaring import RUNNING, WAITING, Task
from common.tasks.recovering import STALLED
from common.uow import UnitOfWork

_job = table("procrastinate_jobs", column("id"), column("worker_id"), column("status"))
_worker = table("procrastinate_workers", column("id"), column("last_heartbeat"))
_alive = exists().where(
    _job.c.id == task.c.job_id,
    _job.c.status == text("'doing'"),
    _worker.c.id == _job.c.worker_id,
    _worker.c.last_heartbeat > func.now() - text(f"interval '{STALLED} seconds'"),
)
STATUS: ColumnElement[str] = case((and_(task.c.status == RUNNING, ~_alive), WAITING), else_=task.c.status)
SORTS = {"created_at": task.c.created_at}
DEFAULT = "-created_at"


def rows(session: Session, ids: Sequence[UUID], *, result: ColumnElement[Any] = task.c.result) -> list[dict[str, Any]]:
    """Returns the tasks in the given order, `status` as it is now; unknown ids are left out.

    `result` is what lists need of the results, which can be large.
    """
    replaced = {"status": STATUS.label("status"), "result": result.label("result")}
    columns = [replaced.get(each.name, each) for each in task.c]
    found = session.execute(select(*columns).where(task.c.id.in_(ids))).mappings()
    by_id = {row["id"]: dict(row) for row in found}
    return [by_id[key] for key in ids if key in by_id]


def visible(work: UnitOfWork, tasks: Sequence[Task]) -> Select[UUID]:
    """Selects the ids of the tasks that the actor started or whose kind the actor's role sees."""
    names = [each.name for each in tasks if work.actor.role in each.roles]
    return select(task.c.id).where(or_(task.c.name.in_(names), task.c.actor == str(work.actor)))


def get(work: UnitOfWork, tasks: Sequence[Task], task_id: UUID) -> dict[str, Any]:
    known = work.session.scalar(visible(work, tasks).where(task.c.id == task_id))
    if known is None:
        raise NotFound("Task not found.")
    return rows(work.session, [task_id])[0]


def page_of_tasks(work: UnitOfWork, tasks: Sequence[Task], page: Page) -> dict[str, Any]:
    statement = visible(work, tasks)
    filters = dict(page.filters)
    if status := filters.pop("status", None):
        statement = statement.where(status == STATUS)
    statement = statement.where(*(task.c[{"kind": "name"}.get(k, k)] == value for k, value in filters.items()))
    found = paginate(work.session, statement, page, sorts=SORTS, default=DEFAULT, key=task.c.id)
    return {**found, "items": rows(work.session, found["items"], result=null())}


def cursor_after(shown: Mapping[str, Any], sort: str | None) -> str:
    """Returns the cursor behind a task as the public sees it. It fits the list of every service alike."""
    return cursor_of(sort or DEFAULT, SORTS, task.c.id, [shown["created_at"], shown["id"]])
