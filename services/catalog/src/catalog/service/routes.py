"""Routes of services."""

from typing import Any
from uuid import UUID

from catalog.service import bulk, editing, queries
from catalog.service.models import CatalogService
from catalog.service.schemas import (
    BULK,
    CLONE,
    FILTERS,
    RATE_CHANGE,
    RATE_HISTORY_FILTERS,
    SERVICE,
    SERVICE_BODY,
    SERVICE_CREATE,
    SERVICE_PATCH,
)
from common.bulk import RESULTS
from common.http.routes import Routes
from common.pages import Page
from common.roles import ADMINS, BILLING_READERS, STAFF
from common.uow import UnitOfWork

routes = Routes("services", "The services the MSP sells, with their default rates")


@routes.list("/services", "listServices", returns=SERVICE, filters=FILTERS, roles=STAFF)
def list_services(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_services(work, page)


@routes.post("/services", "createService", body=SERVICE_CREATE, returns=SERVICE, roles=ADMINS)
def create_service(work: UnitOfWork, body: dict[str, Any]) -> CatalogService:
    return editing.create(work, **body)


@routes.get("/services/<uuid:service_id>", "getService", returns=SERVICE, roles=STAFF)
def get_service(work: UnitOfWork, service_id: UUID) -> CatalogService:
    return queries.get(work, service_id)


@routes.put("/services/<uuid:service_id>", "replaceService", body=SERVICE_BODY, returns=SERVICE, roles=ADMINS)
def replace_service(work: UnitOfWork, body: dict[str, Any], service_id: UUID) -> CatalogService:
    """Replaces all fields. Fields left out are reset to their defaults. The currency can't be changed."""
    return editing.replace(work, service_id, **body)


@routes.patch("/services/<uuid:service_id>", "updateService", body=SERVICE_PATCH, returns=SERVICE, roles=ADMINS)
def update_service(work: UnitOfWork, body: dict[str, Any], service_id: UUID) -> CatalogService:
    return editing.update(work, service_id, **body)


@routes.delete("/services/<uuid:service_id>", "deleteService", roles=ADMINS)
def delete_service(work: UnitOfWork, service_id: UUID) -> None:
    editing.delete(work, service_id)


@routes.post("/services/<uuid:service_id>/archive", "archiveService", returns=SERVICE, roles=ADMINS, status=200)
def archive_service(work: UnitOfWork, service_id: UUID) -> CatalogService:
    return editing.archive(work, service_id)


@routes.post("/services/<uuid:service_id>/restore", "restoreService", returns=SERVICE, roles=ADMINS, status=200)
def restore_service(work: UnitOfWork, service_id: UUID) -> CatalogService:
    return editing.restore(work, service_id)


@routes.post("/services/bulk/archive", "archiveServices", body=BULK, returns=RESULTS, roles=ADMINS, status=200)
def archive_services(work: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
    """Archives active services, by `ids` or by `filter`. Returns a result for each."""
    return bulk.archive(work, **body)


@routes.post("/services/bulk/restore", "restoreServices", body=BULK, returns=RESULTS, roles=ADMINS, status=200)
def restore_services(work: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
    """Restores archived services, by `ids` or by `filter`. Returns a result for each."""
    return bulk.restore(work, **body)


@routes.post("/services/<uuid:service_id>/clone", "cloneService", body=CLONE, returns=SERVICE, roles=ADMINS)
def clone_service(work: UnitOfWork, body: dict[str, Any], service_id: UUID) -> CatalogService:
    return editing.clone(work, service_id, **body)


@routes.list(
    "/services/<uuid:service_id>/rate-history",
    "listRateHistory",
    returns=RATE_CHANGE,
    filters=RATE_HISTORY_FILTERS,
    roles=BILLING_READERS,
)
def list_rate_history(work: UnitOfWork, page: Page, service_id: UUID) -> dict[str, Any]:
    """Lists every rate the service had, in all its currencies, and who set it."""
    return queries.rate_history(work, queries.get(work, service_id), page)
