"""Agreements, work orders and time entries as CSV files."""

from typing import Any

from agreements.importing import agreement_table, order_table, time_table
from agreements.work.schemas import BULK_REPORT
from common.http.routes import Routes
from common.imports import IMPORT_REPORT, TABLE_QUERY, perform
from common.roles import MANAGERS, WORKERS
from common.uow import UnitOfWork

routes = Routes("agreement-tables", "Agreements, work orders and time entries as CSV files")


@routes.imports(
    "/agreements/import",
    "importAgreements",
    task="import_agreements",
    title="Import of agreements",
    query=TABLE_QUERY,
    returns=IMPORT_REPORT,
    roles=MANAGERS,
)
def import_agreements(work: UnitOfWork, data: bytes, query: dict[str, Any]) -> dict[str, Any]:
    """Imports agreements of existing clients: all rows or none, or with `rows=good` only the rows without errors.

    Runs as a dry run unless `dry_run=false`. The column `services` lists the covered services as
    `Remote Support | 60 | 95.00; Onsite Support`: name, allocated hours and rate. A row with the client, name and
    terms of an existing agreement is unchanged.
    """
    return perform(work, agreement_table.read(data), agreement_table.run, **query)


@routes.imports(
    "/work-orders/import",
    "importWorkOrders",
    task="import_work_orders",
    title="Import of work orders",
    query=TABLE_QUERY,
    returns=IMPORT_REPORT,
    roles=WORKERS,
)
def import_work_orders(work: UnitOfWork, data: bytes, query: dict[str, Any]) -> dict[str, Any]:
    """Imports work orders: all rows or none, or with `rows=good` only the rows without errors.

    Runs as a dry run unless `dry_run=false`. A row with the number and values of an existing one is unchanged.
    """
    return perform(work, order_table.read(data), order_table.run, **query)


@routes.imports(
    "/time-entries/import",
    "importTimeEntries",
    task="import_time",
    title="Import of time entries",
    query=TABLE_QUERY,
    returns=BULK_REPORT,
    roles=WORKERS,
)
def import_time_entries(work: UnitOfWork, data: bytes, query: dict[str, Any]) -> dict[str, Any]:
    """Imports time in the order of the file, which is the order in which it draws hours: all rows or none, or with
    `rows=good` only the rows without errors.

    Runs as a dry run unless `dry_run=false`. A work order that does not exist is created. A row whose `external_ref`
    is logged with the same time is unchanged.
    """
    return time_table.run(work, time_table.read(data), dry_run=query["dry_run"], mode=query["rows"])
