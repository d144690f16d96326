"""The services as a table, in and out."""

from collections.abc import Iterator
from typing import Any

from catalog.importing import exporting, running
from catalog.service.schemas import FILTERS
from common.http.auth import ADMINS, BILLING_READERS
from common.http.pagination import Page
from common.http.routes import Routes
from common.imports import IMPORT_REPORT, TABLE_QUERY, perform
from common.uow import UnitOfWork

routes = Routes("services-tables", "The master service catalog as a CSV file")


@routes.upload("/services/import", "importServices", query=TABLE_QUERY, returns=IMPORT_REPORT, roles=ADMINS)
def import_services(work: UnitOfWork, data: bytes, query: dict[str, Any]) -> dict[str, Any]:
    """Adds and changes services as the table says, all rows or none, or with `rows=good`
    those without a mistake. A dry run, unless `dry_run=false`.

    A row is an existing service by its `id` or, without one, by its name. A column that is left out changes nothing;
    an empty cell means what a new service would have.
    """
    return perform(work, running.read(data), running.run, **query)


@routes.export("/services/export", "exportServices", filters=FILTERS, roles=BILLING_READERS, filename="services.csv")
def export_services(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Every field of every service that the filters find; importing it again changes nothing."""
    return exporting.table(work, page)
