"""Installs the queue's tables: procrastinate's own, as its release has them, and ours beside them."""

from typing import Any

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

from common.tables import COMMON, task, task_part

PREFIX = "procrastinate_"

OLD_RUNS = text("""
    INSERT INTO task (id, name, args, actor, actor_name, correlation_id, status, attempts, result, error, run_at,
                      created_at, started_at, finished_at)
    SELECT id, name, jsonb_build_object('as_of', as_of, 'dry_run', dry_run), actor, '', CAST(gen_random_uuid() AS text),
           CASE WHEN status = 'running' THEN 'failed' ELSE status END, 1,
           jsonb_build_object('counts', counts, 'detail', detail),
           CASE WHEN status = 'running' THEN 'The process ended before the run was finished.'
                ELSE detail ->> 'error' END,
           started_at, started_at, started_at, coalesce(finished_at, now())
    FROM job_run
""")


EARLIER_RUNS = (
    text("""
        CREATE TABLE job_run (
            id uuid NOT NULL CONSTRAINT pk_job_run PRIMARY KEY, name text NOT NULL, as_of date NOT NULL,
            dry_run boolean NOT NULL, status text NOT NULL, counts jsonb NOT NULL DEFAULT '{}', detail jsonb,
            actor text NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz)
    """),
    text("CREATE INDEX ix_job_run_name_started_at ON job_run (name, started_at)"),
    text("""
        INSERT INTO job_run
        SELECT id, name, CAST(args ->> 'as_of' AS date), CAST(args ->> 'dry_run' AS boolean),
               CASE WHEN status = 'succeeded' THEN status ELSE 'failed' END, coalesce(result -> 'counts', '{}'),
               result -> 'detail', actor, coalesce(started_at, created_at), finished_at
        FROM task WHERE args ? 'as_of' AND finished_at IS NOT NULL
    """),
)


def install(connection: Connection) -> None:
    """Creates what is missing. Safe to run again."""
    COMMON.create_all(connection, checkfirst=True)
    if connection.scalar(text("SELECT to_regclass('procrastinate_jobs')")) is None:
        # As one simple query: SQLAlchemy would read its percent signs as parameters.
        driver: Any = connection.connection
        with driver.cursor() as cursor:
            cursor.execute(SchemaManager.get_schema())


UNINSTALL = text(
    """
    DO $$ DECLARE item record; BEGIN
        FOR item IN SELECT format('DROP TABLE %s CASCADE', oid::regclass) AS command FROM pg_class
                    WHERE relname LIKE 'procrastinate\\_%' AND relkind = 'r'
        LOOP EXECUTE item.command; END LOOP;
        FOR item IN SELECT format('DROP FUNCTION %s', oid::regprocedure) AS command FROM pg_proc
                    WHERE proname LIKE 'procrastinate\\_%'
        LOOP EXECUTE item.command; END LOOP;
        FOR item IN SELECT format('DROP TYPE %s', oid::regtype) AS command FROM pg_type
                    WHERE typname LIKE 'procrastinate\\_%' AND typtype IN ('c', 'e')
        LOOP EXECUTE item.command; END LOOP;
    END $$
""".replace(":", r"\:")
)


def uninstall(connection: Connection) -> None:
    COMMON.drop_all(connection, checkfirst=True)
    connection.execute(UNINSTALL)


def replace_job_runs(connection: Connection) -> None:
    """Turns the runs recorded by earlier releases into finished tasks; one still "running" has failed."""
    if connection.scalar(text("SELECT to_regclass('job_run')")) is not None:
        connection.execute(OLD_RUNS)
        connection.execute(text("DROP TABLE job_run"))


def bring_back_job_runs(connection: Connection) -> None:
    """Undoes `replace_job_runs`: finished runs are kept, everything else in the queue is lost."""
    for statement in EARLIER_RUNS:
        connection.execute(statement)
    task_part.drop(connection)
    task.drop(connection)
    connection.execute(UNINSTALL)


def is_ours(name: str | None) -> bool:
    """Returns whether Alembic compares the table. Procrastinate's tables are not in our models."""
    return name is None or not name.startswith(PREFIX)
