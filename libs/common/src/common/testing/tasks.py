"""Working off the task queue inside a test, without a worker process."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from common import clock, jobs
from common.app import App
from common.context import Context
from common.housekeeping import tasks_of
from common.tasks.declaring import Task
from common.tasks.performing import Again, perform

FETCH = text("SELECT id, task_name, args FROM procrastinate_fetch_job_v2(NULL, NULL)")
FINISH = text("SELECT procrastinate_finish_job_v1(:id, 'succeeded', true)")
RETRY = text("SELECT procrastinate_retry_job_v2(:id, :at, NULL, NULL, NULL)")


def work_off(app: App, now: Callable[[], datetime] = clock.now) -> int:
    """Runs the tasks that are due, in the calling thread; one that failed waits for its next attempt. Returns
    their number."""
    number = 0
    while True:
        with app.database.engine.begin() as connection:
            job = connection.execute(FETCH).one()
        if job.id is None:
            return number
        number += 1
        try:
            perform(app, tasks_of(app)[job.task_name], UUID(job.args["task_id"]), now=now)
            statement, values = FINISH, {"id": job.id}
        except Again as again:
            statement, values = RETRY, {"id": job.id, "at": again.at}
        with app.database.engine.begin() as connection:
            connection.execute(statement, values)


@dataclass
class Ran:
    """What a run of a job made."""

    status: str
    counts: dict[str, int]
    detail: Any
    error: str | None


def run_job(
    app: App, job: Task, as_of: date, dry_run: bool = False, context: Context | None = None, **args: Any
) -> Ran:
    """Enqueues a run of the job and performs it in the calling thread, at the context's time."""
    context = context or Context()
    task_id = app.transact(context, lambda work: jobs.start(work, job, as_of=as_of, dry_run=dry_run, **args))
    with app.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM procrastinate_jobs WHERE args ->> 'task_id' = :id"), {"id": str(task_id)})
    perform(app, job, task_id, now=lambda: context.now)
    row = app.transact(context, lambda work: jobs.run_of(work, job, task_id))
    return Ran(row["status"], row["counts"], row["detail"], row["error"])
