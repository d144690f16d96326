"""Routes of rate cards and rate reviews."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from clients.rate_card import across, copying, editing, queries, sets, whole_card
from clients.rate_card.models import ClientService
from clients.rate_card.schemas import (
    ACROSS,
    ACROSS_FILTERS,
    APPLIED_SET,
    CARD,
    CLIENT_SERVICE,
    CLIENT_SERVICE_CREATE,
    CLIENT_SERVICE_PATCH,
    COPIED_CARD,
    COPY_CARD,
    FILTERS,
    OF_SERVICE_FILTERS,
    RATE_CHANGE,
    RATE_REVIEW,
    REVIEW_FILTERS,
    REVIEW_SUMMARY,
    SET_CHOICE,
    SUMMARY_QUERY,
    WHOLE_CARD,
)
from common.http.routes import Answer, Routes
from common.pages import Page
from common.roles import BILLING_READERS, EVERYONE, MANAGERS, MONEY_READERS
from common.uow import UnitOfWork

routes = Routes("client-services", "A client's rate card: its services and rates")
reviews = Routes("rate-reviews", "Default rates that differ from the catalog after a price change")

ALL = "/clients/<uuid:client_id>/services"
ONE = f"{ALL}/<uuid:client_service_id>"


@routes.list(ALL, "listClientServices", returns=CLIENT_SERVICE, filters=FILTERS, roles=EVERYONE)
def list_client_services(work: UnitOfWork, page: Page, client_id: UUID) -> dict[str, Any]:
    return queries.page_of_services(work, client_id, page)


@routes.post(
    ALL, "createClientService", body=CLIENT_SERVICE_CREATE, returns=CLIENT_SERVICE, roles=MANAGERS, also=(200,)
)
def create_client_service(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> ClientService | Answer:
    """Includes or overrides a catalog service, or adds a custom one. Returns 200 if nothing changes."""
    if body.pop("is_custom"):
        return editing.add_custom(work, client_id, **body)
    row = editing.choose(work, client_id, **body)
    return row if work.has_events else Answer(row, 200)


@routes.put(f"{ALL}/bulk", "replaceClientServices", body=WHOLE_CARD, returns=CARD, roles=MANAGERS)
def replace_client_services(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> dict[str, Any]:
    """Saves the whole card. Rows left out are no longer included."""
    rows = whole_card.replace(work, client_id, **body)
    return {"items": rows, "next_cursor": None, "total": len(rows)}


@routes.get(ONE, "getClientService", returns=CLIENT_SERVICE, roles=EVERYONE)
def get_client_service(work: UnitOfWork, client_id: UUID, client_service_id: UUID) -> ClientService:
    return queries.one(work, client_id, client_service_id)


@routes.patch(ONE, "updateClientService", body=CLIENT_SERVICE_PATCH, returns=CLIENT_SERVICE, roles=MANAGERS)
def update_client_service(
    work: UnitOfWork, body: dict[str, Any], client_id: UUID, client_service_id: UUID
) -> ClientService:
    """Changes a row of the card. `custom_rate: null` resets it to the default rate."""
    return editing.update(work, client_id, client_service_id, **body)


@routes.delete(ONE, "deleteClientService", roles=MANAGERS)
def delete_client_service(work: UnitOfWork, client_id: UUID, client_service_id: UUID) -> None:
    """Removes the service from the card. Its rate history is kept."""
    editing.remove(work, client_id, client_service_id)


@routes.list(f"{ONE}/rate-history", "listClientRateHistory", returns=RATE_CHANGE, roles=MONEY_READERS)
def list_client_rate_history(work: UnitOfWork, page: Page, client_id: UUID, client_service_id: UUID) -> dict[str, Any]:
    return queries.rate_history(work, client_id, client_service_id, page)


@routes.post(f"{ALL}/apply-set", "applyServiceSet", body=SET_CHOICE, returns=APPLIED_SET, roles=MANAGERS, status=200)
def apply_service_set(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> dict[str, Any]:
    """Includes the set's services that are not on the card yet. Nothing is removed."""
    return sets.apply_set(work, client_id, **body)


@routes.post(f"{ALL}/copy", "copyClientServices", body=COPY_CARD, returns=COPIED_CARD, roles=MANAGERS, status=200)
def copy_client_services(work: UnitOfWork, body: dict[str, Any], client_id: UUID) -> dict[str, Any]:
    """Copies the custom rates or the whole card of another client with the same currency."""
    return copying.copy(work, client_id, **body)


@routes.list("/client-services", "listAllClientServices", returns=ACROSS, filters=ACROSS_FILTERS, roles=BILLING_READERS)
def list_all_client_services(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Lists the rate card rows of all clients, with the revenue impact of custom rates."""
    return across.page_of_rows(work, page)


@routes.list(
    "/services/<uuid:service_id>/clients",
    "listServiceClients",
    returns=ACROSS,
    filters=OF_SERVICE_FILTERS,
    roles=BILLING_READERS,
)
def list_service_clients(work: UnitOfWork, page: Page, service_id: UUID) -> dict[str, Any]:
    """Lists the clients that have this service on their rate card."""
    queries.require_service(work, service_id)
    return across.page_of_rows(work, replace(page, filters={**page.filters, "service_id": service_id}))


@reviews.list("/rate-reviews", "listRateReviews", returns=RATE_REVIEW, filters=REVIEW_FILTERS, roles=BILLING_READERS)
def list_rate_reviews(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return across.page_of_reviews(work, page)


@reviews.get(
    "/rate-reviews/summary",
    "summarizeRateReviews",
    returns=REVIEW_SUMMARY,
    query=SUMMARY_QUERY,
    roles=BILLING_READERS,
)
def summarize_rate_reviews(work: UnitOfWork, query: dict[str, Any]) -> dict[str, Any]:
    """Sums the revenue impact of accepting all matching reviews, by currency."""
    return across.review_totals(work, query)
