"""Routes of the audit log, which is read-only."""

from typing import Any
from uuid import UUID

from common.http.routes import Routes
from common.organisation import stored
from common.pages import Page
from common.roles import ADMINS, BILLING_READERS, MANAGERS
from common.uow import UnitOfWork
from gateway.audit import activity, existing, queries
from gateway.audit.schemas import ACTIVITY, ACTIVITY_FILTERS, ENTITY_TYPES, ENTRY, FILTERS
from gateway.audit.summaries import NOUNS

routes = Routes("audit-log", "Audit log: who changed what, when, with old and new values")


@routes.list("/audit-log", "listAuditLog", returns=ENTRY, filters=FILTERS, roles=ADMINS)
def list_audit_log(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_entries(work, page)


@routes.get("/audit-log/entity-types", "listAuditedEntityTypes", returns=ENTITY_TYPES, roles=ADMINS)
def list_audited_entity_types(work: UnitOfWork) -> dict[str, Any]:
    """Lists the entity types in the audit log with their display names."""
    return {"items": [{"type": name, "name": noun} for name, noun in NOUNS.items()]}


@routes.list(
    "/clients/<uuid:client_id>/activity",
    "listClientActivity",
    returns=ACTIVITY,
    filters=ACTIVITY_FILTERS,
    roles=MANAGERS,
)
def list_client_activity(work: UnitOfWork, page: Page, client_id: UUID) -> dict[str, Any]:
    """Lists the activity of a client and its entities in all services."""
    existing.require(work, existing.CLIENT, client_id)
    return activity.of_client(work, client_id, page)


@routes.list(
    "/agreements/<uuid:agreement_id>/activity",
    "listAgreementActivity",
    returns=ACTIVITY,
    filters=ACTIVITY_FILTERS,
    roles=MANAGERS,
)
def list_agreement_activity(work: UnitOfWork, page: Page, agreement_id: UUID) -> dict[str, Any]:
    """Lists the activity of an agreement, such as status changes with their reasons and changes to its services."""
    existing.require(work, existing.AGREEMENT, agreement_id)
    return activity.of_subject(work, agreement_id, page)


@routes.list(
    "/services/<uuid:service_id>/activity",
    "listServiceActivity",
    returns=ACTIVITY,
    filters=ACTIVITY_FILTERS,
    roles=MANAGERS,
)
def list_service_activity(work: UnitOfWork, page: Page, service_id: UUID) -> dict[str, Any]:
    """Lists the activity of a catalog service."""
    existing.require(work, existing.SERVICE, service_id)
    return activity.of_subject(work, service_id, page)


@routes.list(
    "/invoices/<uuid:invoice_id>/activity",
    "listInvoiceActivity",
    returns=ACTIVITY,
    filters=ACTIVITY_FILTERS,
    roles=BILLING_READERS,
)
def list_invoice_activity(work: UnitOfWork, page: Page, invoice_id: UUID) -> dict[str, Any]:
    """Lists the activity of an invoice, such as issuing, sending and voiding, with actors and times."""
    existing.require(work, existing.INVOICE, invoice_id)
    return activity.of_subject(work, invoice_id, page)


@routes.list(
    "/work-orders/<uuid:work_order_id>/activity",
    "listWorkOrderActivity",
    returns=ACTIVITY,
    filters=ACTIVITY_FILTERS,
    roles=MANAGERS,
)
def list_work_order_activity(work: UnitOfWork, page: Page, work_order_id: UUID) -> dict[str, Any]:
    """Lists the activity of a work order: edits and changes of status, with actors and times."""
    existing.require(work, existing.WORK_ORDER, work_order_id)
    return activity.of_subject(work, work_order_id, page)


@routes.list("/settings/history", "listSettingsHistory", returns=ACTIVITY, filters=ACTIVITY_FILTERS, roles=ADMINS)
def list_settings_history(work: UnitOfWork, page: Page) -> dict[str, Any]:
    """Who changed which setting of the organisation, when, with old and new values."""
    return activity.of_subject(work, stored.ID, page)
