"""Puts tasks into the queue in the caller's transaction: a rollback takes them back."""

from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from common.context import Context
from common.ids import new_id
from common.tasks.declaring import Task

ENQUEUE = text("""
    WITH job AS (
        SELECT unnest(procrastinate_defer_jobs_v1(CAST(ARRAY[ROW(
            'default', CAST(:name AS text), 0, CAST(:lock AS text), NULL,
            jsonb_build_object('task_id', CAST(:id AS text)), CAST(:run_at AS timestamptz)
        )] AS procrastinate_job_to_defer_v1[]))) AS id
    )
    INSERT INTO task (id, name, key, args, actor, actor_name, correlation_id, causation_id, status, job_id, run_at,
                      created_at)
    SELECT :id, :name, :key, CAST(:args AS jsonb), :actor, :actor_name, :correlation_id, :causation_id, 'waiting',
           job.id, coalesce(CAST(:run_at AS timestamptz), :now), :now
    FROM job
""")
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('task ' || :lock, 0))")
# The job's row stays locked until the caller commits, so that no worker takes it before it can see the caller's change.
JOIN_WAITING = text("""
    WITH waiting AS (
        SELECT task.id, job.id AS job_id
        FROM task JOIN procrastinate_jobs AS job ON job.id = task.job_id
        WHERE task.name = :name AND task.key = :key AND task.status = 'waiting' AND job.status = 'todo'
        ORDER BY job.id LIMIT 1 FOR UPDATE OF job
    ), sooner AS (
        UPDATE procrastinate_jobs AS job SET scheduled_at = CAST(:run_at AS timestamptz)
        FROM waiting WHERE job.id = waiting.job_id AND job.scheduled_at > coalesce(CAST(:run_at AS timestamptz), now())
    )
    SELECT id FROM waiting
""")


def enqueue(
    session: Session, context: Context, task: Task, *, key: str | None, run_at: datetime | None, args: dict[str, Any]
) -> UUID:
    """Returns the id of the task, which a worker begins once the transaction is committed and `run_at` has come.

    Tasks with one `key` run one after the other, and a second one joins the first while that is waiting.
    """
    lock = None if key is None else f"{task.name} {key}"
    values: dict[str, Any] = {"name": task.name, "key": key, "run_at": run_at}
    if lock is not None:
        session.execute(ONE_AT_A_TIME, {"lock": lock})
        waiting: UUID | None = session.scalar(JOIN_WAITING, values)
        if waiting is not None:
            return waiting
    task_id = new_id()
    written = {
        **values,
        "id": task_id,
        "lock": lock,
        "args": orjson.dumps(args, default=str).decode(),
        "actor": str(context.actor),
        "actor_name": context.actor.name,
        "correlation_id": context.correlation_id,
        "causation_id": context.causation_id,
        "now": context.now,
    }
    session.execute(ENQUEUE, written)
    return task_id
