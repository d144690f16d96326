"""Routes of duplicates and merges."""

from typing import Any
from uuid import UUID

from clients.merging import duplicates, joining
from clients.merging.schemas import DUPLICATES, DUPLICATES_QUERY, MERGE, MERGE_BODY
from common.http.routes import Routes
from common.roles import MANAGERS
from common.uow import UnitOfWork

routes = Routes("merging", "Duplicate clients")


@routes.get("/clients/duplicates", "listDuplicateClients", query=DUPLICATES_QUERY, returns=DUPLICATES, roles=MANAGERS)
def list_duplicates(work: UnitOfWork, query: dict[str, Any]) -> dict[str, Any]:
    return duplicates.candidates(work, **query)


@routes.post(
    "/clients/<uuid:client_id>/merge", "mergeClient", body=MERGE_BODY, returns=MERGE, roles=MANAGERS, status=200
)
def merge_client(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> dict[str, Any]:
    """Moves everything of `duplicate_id` to this client. Where both have a value, this client's is kept."""
    return joining.merge(work, client_id, **body)
