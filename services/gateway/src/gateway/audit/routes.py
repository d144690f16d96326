"""The audit log over HTTP: to be read, never written."""

from typing import Any

from common.http.auth import ADMINS
from common.http.pagination import Page
from common.http.routes import Routes
from common.uow import UnitOfWork
from gateway.audit import queries
from gateway.audit.schemas import ENTRY, FILTERS

routes = Routes("audit-log", "Who changed what, when, from what to what")


@routes.list("/audit-log", "listAuditLog", returns=ENTRY, filters=FILTERS, roles=ADMINS)
def list_audit_log(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_entries(work, page)
