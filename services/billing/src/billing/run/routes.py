"""Invoice runs over HTTP: as a job, and as a resource that can be narrowed to some clients."""

from functools import partial
from typing import Any

from sqlalchemy import select

from billing.run.running import run
from billing.run.schemas import INVOICE_RUN, RUN_BODY
from common.context import Context
from common.http.auth import BILLERS, BILLING_READERS
from common.http.pagination import Page, paginate
from common.http.routes import Routes
from common.jobs import Job, job_routes, perform
from common.service import Service
from common.tables import job_run
from common.uow import UnitOfWork

NAME = "invoice_run"

jobs = job_routes([Job(NAME, BILLERS, run)])
routes = Routes("invoice-runs", "Billing every open item up to a day: one invoice per client")


@routes.post("/invoice-runs", "createInvoiceRun", body=RUN_BODY, returns=INVOICE_RUN, roles=BILLERS, transaction=False)
def create_run(service: Service, context: Context, body: dict[str, Any]) -> dict[str, Any]:
    job = Job(NAME, BILLERS, partial(run, client_ids=body["client_ids"]))
    return perform(service, context, job, body["as_of"], dry_run=body["dry_run"])


@routes.list("/invoice-runs", "listInvoiceRuns", returns=INVOICE_RUN, roles=BILLING_READERS)
def list_runs(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(job_run.c.id).where(job_run.c.name == NAME)
    sorts = {"started_at": job_run.c.started_at}
    found = paginate(work.session, statement, page, sorts=sorts, default="-started_at", key=job_run.c.id)
    rows = work.session.execute(select(job_run).where(job_run.c.id.in_(found["items"]))).mappings()
    by_id = {row["id"]: dict(row) for row in rows}
    return {**found, "items": [by_id[key] for key in found["items"]]}
