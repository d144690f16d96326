"""Routes of clients."""

from typing import Any
from uuid import UUID

from clients.client import editing, queries
from clients.client.models import Client
from clients.client.schemas import CLIENT, CLIENT_CREATE, CLIENT_PATCH, FILTERS
from common.http.routes import Routes
from common.pages import Page
from common.roles import EVERYONE, MANAGERS
from common.uow import UnitOfWork

routes = Routes("clients", "Clients and their billing details")


@routes.list("/clients", "listClients", returns=CLIENT, filters=FILTERS, roles=EVERYONE)
def list_clients(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_clients(work, page)


@routes.post("/clients", "createClient", body=CLIENT_CREATE, returns=CLIENT, roles=MANAGERS)
def create_client(work: UnitOfWork, body: dict[str, Any]) -> Client:
    return editing.create(work, **body)


@routes.get("/clients/<uuid:client_id>", "getClient", returns=CLIENT, roles=EVERYONE)
def get_client(work: UnitOfWork, client_id: UUID) -> Client:
    return queries.get(work, client_id)


@routes.patch("/clients/<uuid:client_id>", "updateClient", body=CLIENT_PATCH, returns=CLIENT, roles=MANAGERS)
def update_client(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> Client:
    return editing.update(work, client_id, **body)


@routes.delete("/clients/<uuid:client_id>", "deleteClient", roles=MANAGERS)
def delete_client(work: UnitOfWork, client_id: UUID) -> None:
    """Archives the client. Its agreements and invoices are kept."""
    editing.archive(work, client_id)


@routes.post("/clients/<uuid:client_id>/archive", "archiveClient", returns=CLIENT, roles=MANAGERS, status=200)
def archive_client(work: UnitOfWork, client_id: UUID) -> Client:
    return editing.archive(work, client_id)


@routes.post("/clients/<uuid:client_id>/restore", "restoreClient", returns=CLIENT, roles=MANAGERS, status=200)
def restore_client(work: UnitOfWork, client_id: UUID) -> Client:
    return editing.restore(work, client_id)
