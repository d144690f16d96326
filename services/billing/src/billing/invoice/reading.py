"""Reading one invoice that the actor may see."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, true

from billing.invoice.models import DRAFT, Invoice
from common.errors import NotFound
from common.roles import CLIENT_USERS
from common.uow import UnitOfWork


def visible(work: UnitOfWork) -> ColumnElement[bool]:
    """Returns the clause: client users see their own client's issued invoices, other roles see all."""
    if work.actor.role not in CLIENT_USERS:
        return true()
    return and_(Invoice.client_id == work.actor.client_id, Invoice.status != DRAFT)


def get(work: UnitOfWork, invoice_id: UUID, *, lock: bool = False) -> Invoice:
    statement: Any = select(Invoice).where(Invoice.id == invoice_id, visible(work))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    invoice: Invoice | None = work.session.scalars(statement).one_or_none()
    if invoice is None:
        raise NotFound("Invoice not found.")
    return invoice
