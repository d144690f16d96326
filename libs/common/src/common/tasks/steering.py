"""What people do to tasks: cancel them, and have failed ones tried again."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text, update

from common.errors import Conflict
from common.tables import task, task_part
from common.tasks.declaring import CANCELLED, FAILED, FINAL, WAITING
from common.uow import UnitOfWork

QUEUE_AGAIN = text("""
    SELECT (procrastinate_defer_jobs_v1(CAST(ARRAY[ROW(
        'default', CAST(:name AS text), 0, NULL, NULL, jsonb_build_object('task_id', CAST(:id AS text)), now()
    )] AS procrastinate_job_to_defer_v1[])))[1]
""")


def cancel(work: UnitOfWork, task_id: UUID) -> None:
    """Cancels a waiting task at once and a running one at its next portion. Committed portions stay."""
    row = _locked(work, task_id)
    if row.status in FINAL:
        raise Conflict(f"The task has already {_ended(row.status)}. Nothing was cancelled.")
    values: dict[str, Any] = {"cancel_requested": True}
    if work.session.scalar(select(func.procrastinate_cancel_job_v1(row.job_id, False, True))) is not None:
        values |= {"status": CANCELLED, "finished_at": work.now}
        work.session.execute(delete(task_part).where(task_part.c.task_id == task_id))
    work.session.execute(update(task).where(task.c.id == task_id).values(values))


def retry(work: UnitOfWork, task_id: UUID) -> None:
    """Puts a failed or cancelled task into the queue again."""
    row = _locked(work, task_id)
    if row.status not in (FAILED, CANCELLED):
        raise Conflict(f"The task is {row.status}. Only failed and cancelled tasks can be retried.")
    job_id = work.session.scalar(QUEUE_AGAIN, {"name": row.name, "id": task_id})
    fresh = {"status": WAITING, "attempts": 0, "done": 0, "total": None, "cancel_requested": False}
    ended = {"error": None, "result": None, "finished_at": None, "run_at": work.now, "job_id": job_id}
    work.session.execute(update(task).where(task.c.id == task_id).values(fresh | ended))


def _locked(work: UnitOfWork, task_id: UUID) -> Any:
    return work.session.execute(select(task).where(task.c.id == task_id).with_for_update()).one()


def _ended(status: str) -> str:
    return "been cancelled" if status == CANCELLED else status
