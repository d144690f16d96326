"""HTTP routes for invoice runs: as a job, and as a resource limited to some clients."""

from datetime import date
from typing import Any
from uuid import UUID

from billing import plausible
from billing.run.commands import NewRun
from billing.run.running import COUNTED, require_clients, run
from billing.run.schemas import INVOICE_RUN, RUN_BODY, RUN_FILTERS, RUN_SUMMARY
from common.http.routes import Routes
from common.jobs import JOB_RUN, JobStart, job, page_of_runs, run_of, start
from common.jobs import RUN_BODY as JOB_BODY
from common.pages import Page
from common.roles import BILLERS, BILLING_READERS
from common.uow import UnitOfWork

INVOICE_RUNS = job("invoice_run", "Invoice run", BILLERS, run, COUNTED)

jobs = Routes("jobs", "Jobs that run on schedule, on demand or as a dry run")
"""Like `common.jobs.job_routes`, but more roles may read runs than start them."""
routes = Routes("invoice-runs", "Invoice runs: bill all open items up to a date, one invoice per client")


def _shown(work: UnitOfWork, run_id: UUID) -> dict[str, Any]:
    return run_of(work, INVOICE_RUNS, run_id)


@routes.start("/invoice-runs", "createInvoiceRun", body=RUN_BODY, returns=INVOICE_RUN, roles=BILLERS, show=_shown)
def create_run(work: UnitOfWork, body: NewRun) -> UUID:
    excluded = body.exclude_client_ids or ()
    require_clients(work, body.client_ids or (), "client_ids")
    require_clients(work, excluded, "exclude_client_ids")
    _check_day(work, body.as_of)
    limits = {"client_ids": body.client_ids, "exclude_client_ids": excluded}
    return start(work, INVOICE_RUNS, as_of=body.as_of, dry_run=body.dry_run, **limits)


@jobs.start("/jobs/invoice_run/run", "runInvoiceRun", body=JOB_BODY, returns=JOB_RUN, roles=BILLERS, show=_shown)
def run_job(work: UnitOfWork, body: JobStart) -> UUID:
    _check_day(work, body.as_of)
    return start(work, INVOICE_RUNS, as_of=body.as_of, dry_run=body.dry_run)


def _check_day(work: UnitOfWork, as_of: date | None) -> None:
    if as_of:
        plausible.as_of(as_of, work.today)


@routes.get("/invoice-runs/<uuid:run_id>", "getInvoiceRun", returns=INVOICE_RUN, roles=BILLING_READERS)
def get_run(work: UnitOfWork, run_id: UUID) -> dict[str, Any]:
    return _shown(work, run_id)


@jobs.list(
    "/jobs/invoice_run/runs", "listInvoiceRunRuns", filters=RUN_FILTERS, returns=RUN_SUMMARY, roles=BILLING_READERS
)
@routes.list("/invoice-runs", "listInvoiceRuns", filters=RUN_FILTERS, returns=RUN_SUMMARY, roles=BILLING_READERS)
def list_runs(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Returns runs without their details, which can list thousands of clients."""
    return page_of_runs(work, INVOICE_RUNS, page, summary=True)
