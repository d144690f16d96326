"""Reading payments that the actor may see."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import joinedload, selectinload

from billing.payment import events
from billing.payment.models import Payment, PaymentAllocation
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.roles import CLIENT_USERS
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
        raise NotFound("Payment not found.")
    return payment


def page_of_payments(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = matching(work, page).options(selectinload(Payment.allocations), joinedload(Payment.client))
    return paginate(work.session, statement, page, sorts=SORTS, default="-received_on", key=Payment.id)


def detail(work: UnitOfWork, payment_id: UUID) -> Payment:
    """Returns one payment with its current and past invoices."""
    history = selectinload(Payment.history).joinedload(PaymentAllocation.invoice)
    statement = select(Payment).where(Payment.id == payment_id, visible(work))
    payment = work.session.scalars(statement.options(history, joinedload(Payment.client))).one_or_none()
    if payment is None:
        raise NotFound("Payment not found.")
    return payment


def matching(work: UnitOfWork, page: Page) -> Select[Payment]:
    known: dict[str, Any] = {
        "currency": lambda value: Payment.currency == value,
        "has_credit": lambda value: Payment.unallocated > 0 if value else Payment.unallocated == 0,
        "client_id": lambda value: Payment.client_id == value,
        "method": lambda value: Payment.method == value,
        "received_on_gte": lambda value: Payment.received_on >= value,
        "received_on_lte": lambda value: Payment.received_on <= value,
    }
    conditions = [visible(work), *(known[name](value) for name, value in page.filters.items())]
    if page.q:
        searching.plan_each_anew(work.session)
        conditions.append(searching.matching(Payment.search_text, page.q))
    return select(Payment).where(*conditions)


def payments_of(work: UnitOfWork, invoice_id: UUID) -> list[Any]:
    statement = (
        select(
            Payment.id.label("payment_id"),
            PaymentAllocation.amount,
            Payment.method,
            Payment.reference,
            Payment.received_on,
        )
        .join(Payment, Payment.id == PaymentAllocation.payment_id)
        .where(PaymentAllocation.invoice_id == invoice_id, PaymentAllocation.reversed_at.is_(None))
        .order_by(Payment.received_on, PaymentAllocation.id)
    )
    return list(work.session.execute(statement).all())


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes every payment again, one portion at a time."""
    payments = select(Payment).options(selectinload(Payment.allocations))
    for portion in keyset(work.session, payments, Payment.id):
        for payment in portion:
            work.emit(events.CHANGED, payment)
        yield
