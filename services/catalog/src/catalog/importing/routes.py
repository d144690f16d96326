"""Routes of the import and export of services."""

from collections.abc import Iterator
from typing import Any

from catalog.importing import exporting, running
from catalog.service.schemas import FILTERS, SERVICE
from common.http.routes import Routes
from common.imports import IMPORT_REPORT, TABLE_QUERY, perform
from common.pages import Page
from common.roles import ADMINS, BILLING_READERS
from common.uow import UnitOfWork

routes = Routes("services-tables", "The master service catalog as a CSV file")


@routes.imports(
    "/services/import",
    "importServices",
    task="import_services",
    title="Import of services",
    query=TABLE_QUERY,
    returns=IMPORT_REPORT,
    roles=ADMINS,
)
def import_services(work: UnitOfWork, data: bytes, query: dict[str, Any]) -> dict[str, Any]:
    """Imports services: all rows or none, or with `rows=good` only the rows without errors.
    Runs as a dry run unless `dry_run=false`.

    A row matches an existing service by `id` or, if the `id` is empty, by name. A missing column changes nothing.
    An empty cell resets the field to its default.
    """
    return perform(work, running.read(data), running.run, **query)


@routes.export(
    "/services/export", "exportServices", shows=SERVICE, filters=FILTERS, roles=BILLING_READERS, filename="services.csv"
)
def export_services(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Exports all fields of the services that match the filters. Importing the file unchanged has no effect."""
    return exporting.table(work, page)
