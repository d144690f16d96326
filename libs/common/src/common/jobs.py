"""Jobs that people, schedulers and ticks run by name: tasks with a day and a dry run, each recorded as a run."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import JSONB

from common import fields as own
from common.commands import CommandSchema
from common.errors import NotFound
from common.http.routes import Routes
from common.pages import Page, paginate
from common.tables import task
from common.tasks import queries
from common.tasks.declaring import STATUSES, Task
from common.tasks.execution import Execution
from common.uow import UnitOfWork

SORTS = {"started_at": task.c.created_at}
COUNTS = func.jsonb_build_object("counts", task.c.result["counts"], "detail", None, type_=JSONB)


def job(name: str, title: str, roles: frozenset[str], run: Callable[..., None], counts: Sequence[str]) -> Task:
    """Declares a job: `run(execution, as_of, dry_run)` works in portions, each with a `part` made by `outcome`.

    `counts` are the names of the numbers in its result, which are sums over all portions.
    """

    def perform(execution: Execution, *, as_of: str, dry_run: bool, **more: Any) -> None:
        run(execution, date.fromisoformat(as_of), dry_run, **more)

    def result_of(parts: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "counts": {name: sum(part["counts"].get(name, 0) for part in parts) for name in counts},
            "detail": _together(part["detail"] for part in parts if part["detail"]),
        }

    return Task(name=name, title=title, run=perform, result_of=result_of, roles=roles, attempts=3, kept=None)


def outcome(counts: Mapping[str, int], detail: Mapping[str, list[Any]] | None = None) -> dict[str, Any]:
    """Returns what one portion adds to a run's result: `detail` has lists, to which other portions append."""
    return {"counts": dict(counts), "detail": detail}


def _together(details: Iterable[Mapping[str, list[Any]]]) -> dict[str, list[Any]] | None:
    together: dict[str, list[Any]] = {}
    for detail in details:
        for name, entries in detail.items():
            together.setdefault(name, []).extend(entries)
    return together or None


@dataclass(frozen=True, kw_only=True, slots=True)
class JobStart:
    """A run of a job, as of today unless `as_of` says otherwise."""

    as_of: date | None = None
    dry_run: bool = False


class RunBody(CommandSchema):
    command = JobStart

    as_of = own.day(load_default=None, allow_none=True)
    dry_run = fields.Boolean(load_default=False)


class RunProgress(Schema):
    done = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True)


class JobRun(Schema):
    run_id = fields.UUID(attribute="id", required=True)
    name = fields.String(required=True)
    as_of = fields.Date(required=True)
    dry_run = fields.Boolean(required=True)
    status = own.one_of(*STATUSES, required=True)
    progress = fields.Nested(RunProgress(), required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    detail = fields.Raw(allow_none=True, required=True)
    error = fields.String(allow_none=True, required=True)
    actor = fields.String(required=True)
    started_at = fields.DateTime(required=True)
    finished_at = fields.DateTime(allow_none=True, required=True)


RUN_BODY, JOB_RUN = RunBody(), JobRun()


def start(work: UnitOfWork, job: Task, *, as_of: date | None = None, dry_run: bool = False, **more: Any) -> UUID:
    """Enqueues a run of the job, as of today unless told otherwise."""
    return work.enqueue(job, as_of=as_of or work.today, dry_run=dry_run, **more)


def run_of(work: UnitOfWork, job: Task, run_id: UUID) -> dict[str, Any]:
    found = queries.rows(work.session, [run_id])
    if not found or found[0]["name"] != job.name:
        raise NotFound("Run not found.")
    return shown(found[0])


def page_of_runs(work: UnitOfWork, job: Task, page: Page, *, summary: bool = False) -> dict[str, Any]:
    """Returns a page of the job's runs; of a summary, `detail` is not read."""
    statement = select(task.c.id).where(task.c.name == job.name)
    if status := page.filters.get("status"):
        statement = statement.where(status == queries.STATUS)
    if (dry_run := page.filters.get("dry_run")) is not None:
        statement = statement.where(task.c.args["dry_run"].as_boolean() == dry_run)
    found = paginate(work.session, statement, page, sorts=SORTS, default="-started_at", key=task.c.id)
    items = queries.rows(work.session, found["items"], result=COUNTS if summary else task.c.result)
    return {**found, "items": [shown(row) for row in items]}


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """Returns a task's row as a run."""
    made = {"counts": None, "detail": None} | (row["result"] or {})
    return {
        **{name: row[name] for name in ("id", "name", "status", "error", "actor", "finished_at")},
        "as_of": date.fromisoformat(row["args"]["as_of"]),
        "dry_run": row["args"]["dry_run"],
        "progress": {"done": row["done"], "total": row["total"]},
        "counts": made["counts"] or {},
        "detail": made["detail"],
        "started_at": row["started_at"] or row["created_at"],
    }


def job_routes(jobs: Sequence[Task]) -> Routes:
    """Returns the routes `POST /jobs/{name}/run` and `GET /jobs/{name}/runs` of each job."""
    routes = Routes("jobs", "Jobs that run on schedule, on demand or as a dry run")
    for each in jobs:
        _add(routes, each)
    return routes


def _add(routes: Routes, job: Task) -> None:
    operation = "".join(part.capitalize() for part in job.name.split("_"))

    @routes.start(
        f"/jobs/{job.name}/run",
        f"run{operation}",
        body=RUN_BODY,
        returns=JOB_RUN,
        roles=job.roles,
        show=lambda work, run_id: run_of(work, job, run_id),
    )
    def run(work: UnitOfWork, body: JobStart) -> UUID:
        return start(work, job, as_of=body.as_of, dry_run=body.dry_run)

    @routes.list(f"/jobs/{job.name}/runs", f"list{operation}Runs", returns=JOB_RUN, roles=job.roles)
    def runs(work: UnitOfWork, page: Page) -> dict[str, Any]:
        return page_of_runs(work, job, page)
