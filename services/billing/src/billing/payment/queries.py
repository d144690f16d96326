"""Reading payments, as far as the one who asks may see them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import selectinload

from billing.payment import events
from billing.payment.models import Payment
from common.errors import NotFound
from common.http.auth import CLIENT_USERS
from common.http.pagination import Page, paginate
from common.republish import keyset
from common.uow import UnitOfWork

SORTS = {"received_on": Payment.received_on, "created_at": Payment.created_at, "amount": Payment.amount}


def visible(work: UnitOfWork) -> ColumnElement[bool]:
    return Payment.client_id == work.actor.client_id if work.actor.role in CLIENT_USERS else true()


def get(work: UnitOfWork, payment_id: UUID, *, lock: bool = False) -> Payment:
    statement: Any = select(Payment).where(Payment.id == payment_id, visible(work))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    payment: Payment | None = work.session.scalars(statement).one_or_none()
    if payment is None:
        raise NotFound("There is no such payment.")
    return payment


def page_of_payments(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(Payment).where(visible(work)).options(selectinload(Payment.allocations))
    known: dict[str, Any] = {
        "client_id": lambda value: Payment.client_id == value,
        "method": lambda value: Payment.method == value,
        "received_on_gte": lambda value: Payment.received_on >= value,
        "received_on_lte": lambda value: Payment.received_on <= value,
    }
    statement = statement.where(*(known[name](value) for name, value in page.filters.items()))
    if page.q:
        statement = statement.where(Payment.reference.icontains(page.q, autoescape=True))
    return paginate(work.session, statement, page, sorts=SORTS, default="-received_on", key=Payment.id)


def republish(work: UnitOfWork) -> Iterator[None]:
    """Says the state of every payment again, a portion at a time."""
    payments = select(Payment).options(selectinload(Payment.allocations))
    for portion in keyset(work.session, payments, Payment.id):
        for payment in portion:
            work.emit(events.CHANGED, payment)
        yield
