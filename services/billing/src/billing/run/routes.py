"""HTTP routes for invoice runs: as a job, and as a resource limited to some clients."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select

from billing import plausible
from billing.run.running import require_clients, run
from billing.run.schemas import INVOICE_RUN, RUN_BODY, RUN_FILTERS, RUN_SUMMARY
from common.app import App
from common.context import Context
from common.errors import NotFound
from common.http.routes import Routes
from common.jobs import JOB_RUN, Job, perform
from common.jobs import RUN_BODY as JOB_BODY
from common.pages import Page, paginate
from common.roles import BILLERS, BILLING_READERS
from common.tables import job_run
from common.uow import UnitOfWork

NAME = "invoice_run"

JOB = Job(NAME, BILLERS, run)

jobs = Routes("jobs", "Jobs that run on schedule, on demand or as a dry run")
"""Like `common.jobs.job_routes`, but more roles may read runs than start them."""
routes = Routes("invoice-runs", "Invoice runs: bill all open items up to a date, one invoice per client")


@routes.post("/invoice-runs", "createInvoiceRun", body=RUN_BODY, returns=INVOICE_RUN, roles=BILLERS, transaction=False)
def create_run(app: App, context: Context, body: dict[str, Any]) -> dict[str, Any]:
    only, without = body["client_ids"], body["exclude_client_ids"] or []
    require_clients(app, context, only or [], "client_ids")
    require_clients(app, context, without, "exclude_client_ids")
    return _perform(app, context, replace(JOB, run=partial(run, client_ids=only, without=without)), body)


@jobs.post(
    f"/jobs/{NAME}/run",
    "runInvoiceRun",
    body=JOB_BODY,
    returns=JOB_RUN,
    roles=BILLERS,
    status=200,
    transaction=False,
)
def run_job(app: App, context: Context, body: dict[str, Any]) -> dict[str, Any]:
    return _perform(app, context, JOB, body)


def _perform(app: App, context: Context, job: Job, body: dict[str, Any]) -> dict[str, Any]:
    if body["as_of"]:
        with app.work(context) as work:
            plausible.as_of(body["as_of"], work.today)
    return perform(app, context, job, body["as_of"], dry_run=body["dry_run"])


@routes.get("/invoice-runs/<uuid:run_id>", "getInvoiceRun", returns=INVOICE_RUN, roles=BILLING_READERS)
def get_run(work: UnitOfWork, run_id: UUID) -> dict[str, Any]:
    statement = select(job_run).where(job_run.c.id == run_id, job_run.c.name == NAME)
    row = work.session.execute(statement).mappings().one_or_none()
    if row is None:
        raise NotFound("Invoice run not found.")
    return dict(row)


@jobs.list(f"/jobs/{NAME}/runs", "listInvoiceRunRuns", filters=RUN_FILTERS, returns=RUN_SUMMARY, roles=BILLING_READERS)
@routes.list("/invoice-runs", "listInvoiceRuns", filters=RUN_FILTERS, returns=RUN_SUMMARY, roles=BILLING_READERS)
def list_runs(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns runs without their details, which can list thousands of clients."""
    statement = select(job_run.c.id).where(job_run.c.name == NAME)
    statement = statement.where(*(job_run.c[name] == value for name, value in page.filters.items()))
    sorts = {"started_at": job_run.c.started_at}
    found = paginate(work.session, statement, page, sorts=sorts, default="-started_at", key=job_run.c.id)
    columns = [column for column in job_run.c if column.name != "detail"]
    rows = work.session.execute(select(*columns).where(job_run.c.id.in_(found["items"]))).mappings()
    by_id = {row["id"]: dict(row) for row in rows}
    return {**found, "items": [by_id[key] for key in found["items"]]}
