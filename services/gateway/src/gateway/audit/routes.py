"""The audit log over HTTP: to be read, never written."""

from typing import Any
from uuid import UUID

from common.http.auth import ADMINS, MANAGERS
from common.http.pagination import Page
from common.http.routes import Routes
from common.uow import UnitOfWork
from gateway.audit import activity, queries
from gateway.audit.schemas import ACTIVITY, ACTIVITY_FILTERS, ENTRY, FILTERS

routes = Routes("audit-log", "Who changed what, when, from what to what")


@routes.list("/audit-log", "listAuditLog", returns=ENTRY, filters=FILTERS, roles=ADMINS)
def list_audit_log(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_entries(work, page)


@routes.list(
    "/clients/<uuid:client_id>/activity",
    "listClientActivity",
    returns=ACTIVITY,
    filters=ACTIVITY_FILTERS,
    roles=MANAGERS,
)
def list_client_activity(work: UnitOfWork, page: Page, client_id: UUID) -> dict[str, Any]:
    """What happened to a client and to everything it has, in every service."""
    return activity.of_client(work, client_id, page)


@routes.list(
    "/services/<uuid:service_id>/activity",
    "listServiceActivity",
    returns=ACTIVITY,
    filters=ACTIVITY_FILTERS,
    roles=MANAGERS,
)
def list_service_activity(work: UnitOfWork, page: Page, service_id: UUID) -> dict[str, Any]:
    """What happened to a service of the catalog."""
    return activity.of_service(work, service_id, page)
