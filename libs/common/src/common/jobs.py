"""Jobs that people, schedulers and ticks run by name: each run is recorded with what it made."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import Schema, fields
from sqlalchemy import insert, select, update

from common import fields as own
from common.app import App
from common.clock import now
from common.context import Context
from common.error_texts import explain
from common.http.routes import Routes
from common.ids import new_id
from common.pages import Page, paginate
from common.tables import job_run
from common.uow import UnitOfWork


@dataclass
class Outcome:
    """What a run made: `counts` are numbers by name, `detail` whatever a dry run wants to show."""

    counts: dict[str, int]
    detail: Any = None


@dataclass(frozen=True)
class Job:
    """`run(service, context, as_of, dry_run)` opens units of work of its own and may be run twice at any time."""

    name: str
    roles: frozenset[str]
    run: Callable[[App, Context, date, bool], Outcome]


class RunBody(Schema):
    as_of = own.day(load_default=None, allow_none=True)
    dry_run = fields.Boolean(load_default=False)


class JobRun(Schema):
    run_id = fields.UUID(attribute="id")
    name = fields.String()
    as_of = fields.Date()
    dry_run = fields.Boolean()
    status = own.one_of("running", "succeeded", "failed")
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    detail = fields.Raw(allow_none=True)
    actor = fields.String()
    started_at = fields.DateTime()
    finished_at = fields.DateTime(allow_none=True)


RUN_BODY, JOB_RUN = RunBody(), JobRun()


def perform(app: App, context: Context, job: Job, as_of: date | None, *, dry_run: bool = False) -> dict[str, Any]:
    """Runs the job now and gives its `job_run` row; a failure is recorded before it is raised again."""
    run_id = new_id()
    with app.work(context) as work:
        day = as_of or work.today
        values = {"id": run_id, "name": job.name, "as_of": day, "dry_run": dry_run, "started_at": now()}
        work.session.execute(insert(job_run).values(**values, status="running", actor=str(context.actor)))
    with _recording_failure(app, context, run_id):
        outcome = job.run(app, context, day, dry_run)
    return _finish(app, context, run_id, "succeeded", outcome)


@contextmanager
def _recording_failure(app: App, context: Context, run_id: UUID) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        _finish(app, context, run_id, "failed", Outcome({}, {"error": explain(error)}))
        raise


def _finish(app: App, context: Context, run_id: UUID, status: str, outcome: Outcome) -> dict[str, Any]:
    with app.work(context) as work:
        done = {"status": status, "counts": outcome.counts, "detail": outcome.detail, "finished_at": now()}
        statement = update(job_run).where(job_run.c.id == run_id).values(**done).returning(*job_run.c)
        return dict(work.session.execute(statement).mappings().one())


def job_routes(jobs: Sequence[Job]) -> Routes:
    """`POST /jobs/{name}/run` and `GET /jobs/{name}/runs` for each of a service's jobs."""
    routes = Routes("jobs", "Jobs that run on schedule, on demand or as a dry run")
    for job in jobs:
        _add(routes, job)
    return routes


def _add(routes: Routes, job: Job) -> None:
    operation = "".join(part.capitalize() for part in job.name.split("_"))

    @routes.post(
        f"/jobs/{job.name}/run",
        f"run{operation}",
        body=RUN_BODY,
        returns=JOB_RUN,
        roles=job.roles,
        status=200,
        transaction=False,
    )
    def run(app: App, context: Context, body: dict[str, Any]) -> dict[str, Any]:
        return perform(app, context, job, body["as_of"], dry_run=body["dry_run"])

    @routes.list(f"/jobs/{job.name}/runs", f"list{operation}Runs", returns=JOB_RUN, roles=job.roles)
    def runs(work: UnitOfWork, page: Page) -> dict[str, Any]:
        statement = select(job_run.c.id).where(job_run.c.name == job.name)
        found = paginate(
            work.session,
            statement,
            page,
            sorts={"started_at": job_run.c.started_at},
            default="-started_at",
            key=job_run.c.id,
        )
        rows = work.session.execute(select(job_run).where(job_run.c.id.in_(found["items"]))).mappings()
        by_id = {row["id"]: dict(row) for row in rows}
        return {**found, "items": [by_id[key] for key in found["items"]]}
