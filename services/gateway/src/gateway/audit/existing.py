"""Checks that an entity exists, in the audit log or in the service that owns it."""

from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy import exists, select

from common.errors import NotFound, Unavailable
from common.http.routes import BASE
from common.uow import UnitOfWork
from gateway.audit.models import AuditEntry
from gateway.runtime import runtime
from gateway.session.identify import principal


@dataclass(frozen=True)
class Kind:
    aggregate: str
    """The name in the audit log."""
    path: str
    """The path in the owner's API, below /api/v1."""
    noun: str

    @property
    def owner(self) -> str:
        return self.aggregate.partition(".")[0]


CLIENT = Kind("clients.client", "clients", "client")
AGREEMENT = Kind("agreements.agreement", "agreements", "agreement")
SERVICE = Kind("catalog.service", "services", "service")
INVOICE = Kind("billing.invoice", "invoices", "invoice")
WORK_ORDER = Kind("agreements.work_order", "work-orders", "work order")


def require(work: UnitOfWork, kind: Kind, identifier: UUID) -> None:
    """Raises NotFound if the entity doesn't exist. Asks its owner too, because the log may not have it yet."""
    known = exists().where(AuditEntry.subject == str(identifier), AuditEntry.aggregate == kind.aggregate)
    if not work.session.scalar(select(known)) and not _owner_has(kind, identifier):
        raise NotFound(f"{kind.noun.capitalize()} not found.")


def _owner_has(kind: Kind, identifier: UUID) -> bool:
    """Asks the owner in the caller's name; raises Unavailable if it does not answer."""
    here, ids = runtime(), structlog.contextvars.get_contextvars()
    headers = {
        "Authorization": here.signer.authorization(principal(), kind.owner),
        "Accept": "application/json",
        "X-Request-Id": ids.get("request_id", ""),
        "X-Correlation-Id": ids.get("correlation_id", ""),
    }
    target = f"{BASE}/{kind.path}/{identifier}"
    owner = here.upstreams[kind.owner]
    response = owner.send("GET", target, headers, None, owner.ordinary)
    try:
        response.read(decode_content=False)
    finally:
        response.release_conn()
    if response.status not in {200, 404}:
        raise Unavailable(f"The {kind.owner} service did not answer. Try again shortly.")
    return response.status == 200
