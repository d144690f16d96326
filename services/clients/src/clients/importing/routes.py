"""Routes of imports and exports."""

from collections.abc import Iterator
from typing import Any

from clients.client.schemas import CLIENT
from clients.client.schemas import FILTERS as CLIENT_FILTERS
from clients.contact.schemas import ALL_FILTERS as CONTACT_FILTERS
from clients.contact.schemas import CONTACT
from clients.importing import client_table, contact_table
from clients.importing.itflow import running
from clients.importing.itflow.running import DUMP_REPORT, MOST_BYTES
from common.http.routes import Routes
from common.imports import IMPORT_QUERY, IMPORT_REPORT, TABLE_QUERY, perform
from common.pages import Page
from common.roles import ADMINS, BILLING_READERS, MANAGERS
from common.uow import UnitOfWork

routes = Routes("client-tables", "Clients and contacts as CSV files; clients from an ITFlow database dump")


@routes.imports(
    "/clients/import",
    "importClients",
    task="import_clients",
    title="Import of clients",
    query=TABLE_QUERY,
    returns=IMPORT_REPORT,
    roles=MANAGERS,
)
def import_clients(work: UnitOfWork, data: bytes, query: dict[str, Any]) -> dict[str, Any]:
    """Imports clients with their primary contact and location: all rows or none, or with `rows=good`
    only the rows without errors.

    Runs as a dry run unless `dry_run=false`. A row matches an existing client by `id` or, without an `id`, by name.
    """
    return perform(work, client_table.read(data), client_table.run, **query)


@routes.export(
    "/clients/export",
    "exportClients",
    shows=CLIENT,
    filters=CLIENT_FILTERS,
    roles=BILLING_READERS,
    filename="clients.csv",
)
def export_clients(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Exports all fields of the clients that match the filters. Importing the file unchanged has no effect."""
    return client_table.table(work, page)


@routes.imports(
    "/clients/import/itflow",
    "importItflow",
    task="import_itflow",
    title="Import of an ITFlow database",
    query=IMPORT_QUERY,
    returns=DUMP_REPORT,
    roles=ADMINS,
    media_types=("application/sql", "application/gzip", "application/x-gzip", "text/plain"),
    most_bytes=MOST_BYTES,
)
def import_itflow(work: UnitOfWork, data: bytes, query: dict[str, Any]) -> dict[str, Any]:
    """Imports clients, contacts, locations, services, domains and assets from an ITFlow database dump: all or nothing.

    The body is the output of `mysqldump`, optionally gzipped. Runs as a dry run unless `dry_run=false`.
    """
    return running.run(work, data, **query)


@routes.imports(
    "/contacts/import",
    "importContacts",
    task="import_contacts",
    title="Import of contacts",
    query=TABLE_QUERY,
    returns=IMPORT_REPORT,
    roles=MANAGERS,
)
def import_contacts(work: UnitOfWork, data: bytes, query: dict[str, Any]) -> dict[str, Any]:
    """Imports contacts of existing clients: all rows or none, or with `rows=good` only the rows without errors.
    Runs as a dry run unless `dry_run=false`."""
    return perform(work, contact_table.read(data), contact_table.run, **query)


@routes.export(
    "/contacts/export",
    "exportContacts",
    shows=CONTACT,
    filters=CONTACT_FILTERS,
    roles=BILLING_READERS,
    filename="contacts.csv",
)
def export_contacts(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Exports all contacts that match the filters, archived ones too. Importing the file unchanged has no effect."""
    return contact_table.table(work, page)
