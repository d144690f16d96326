"""The statements that return to the queue what no living worker is working on; any worker may send them."""

from typing import Final, LiteralString

STALLED: Final = 12.0
"""Seconds without a heartbeat after which a worker counts as dead."""

OURS: Final[LiteralString] = "SELECT id FROM procrastinate_jobs WHERE worker_id = %(worker_id)s AND status = 'doing'"

# A retry sends no NOTIFY of its own, so that others would only see it at their next poll.
GIVE_BACK: Final[LiteralString] = """
    WITH lost AS MATERIALIZED (
        SELECT job.id FROM procrastinate_jobs AS job
        WHERE job.status = 'doing'
          AND (job.id = ANY(%(orphans)s::bigint[]) OR NOT EXISTS (
               SELECT FROM procrastinate_workers AS worker
               WHERE worker.id = job.worker_id
                 AND worker.last_heartbeat > now() - make_interval(secs => %(stalled)s)))
        FOR UPDATE SKIP LOCKED
    )
    SELECT id, procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL),
           pg_notify('procrastinate_any_queue_v1', json_build_object('type', 'job_inserted', 'job_id', id)::text)
    FROM lost
"""
TRY_AGAIN: Final[LiteralString] = """
    WITH failed AS MATERIALIZED (
        SELECT job.id FROM procrastinate_jobs AS job JOIN task ON task.job_id = job.id
        WHERE job.status = 'failed' AND task.status IN ('waiting', 'running')
        FOR UPDATE OF job SKIP LOCKED
    )
    SELECT id, procrastinate_retry_job_v2(id, now() + interval '30 seconds', NULL, NULL, NULL) FROM failed
"""
# A worker that was given up for dead and lived on has removed the job under the hands of its successor.
QUEUE_AGAIN: Final[LiteralString] = """
    WITH lost AS MATERIALIZED (
        SELECT task.id, task.name FROM task
        WHERE task.status IN ('waiting', 'running')
          AND NOT EXISTS (SELECT FROM procrastinate_jobs AS job WHERE job.id = task.job_id)
        FOR UPDATE SKIP LOCKED
    )
    UPDATE task SET job_id = (procrastinate_defer_jobs_v1(ARRAY[ROW(
        'default', lost.name, 0, NULL, NULL, jsonb_build_object('task_id', lost.id::text), now()
    )]::procrastinate_job_to_defer_v1[]))[1]
    FROM lost WHERE task.id = lost.id
    RETURNING task.job_id AS id
"""
