"""Applies payments to invoices, updates balances and statuses, and emits the events."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from billing.invoice import events
from billing.invoice.models import UNPAID, Invoice
from billing.payment.allocation import Share
from billing.payment.models import Payment, PaymentAllocation
from common.clock import date_in
from common.uow import UnitOfWork


def open_invoices(work: UnitOfWork, client_ids: Iterable[UUID], currency: str | None = None) -> list[Invoice]:
    """Returns unpaid invoices by due date. The caller has locked the clients' accounts."""
    statement = select(Invoice).where(Invoice.client_id.in_(list(client_ids)), Invoice.status.in_(UNPAID))
    if currency:
        statement = statement.where(Invoice.currency == currency)
    ordered = statement.order_by(Invoice.due_on, Invoice.number_order, Invoice.id)
    return list(work.session.scalars(ordered.with_for_update()))


def apply(
    work: UnitOfWork, payment: Payment, shares: Sequence[Share], invoices: dict[UUID, Invoice], *, not_before: date
) -> None:
    """Applies the shares, which must not exceed the payment's or an invoice's remaining amount.

    `not_before` is the day the payment was received, or today if its credit is applied later.
    """
    freed = _freed_on(work, [share.invoice_id for share in shares])
    for share in shares:
        invoice = invoices[share.invoice_id]
        assert invoice.issued_on is not None
        days = [not_before, payment.received_on, invoice.issued_on, freed.get(invoice.id, not_before)]
        invoice.settle(invoice.balance - share.amount)
        payment.unallocated -= share.amount
        allocation = PaymentAllocation(payment_id=payment.id, invoice_id=invoice.id, amount=share.amount)
        allocation.applied_on, allocation.created_at = max(days), work.now
        payment.allocations.append(allocation)
        work.emit(events.CHANGED, invoice)


def _freed_on(work: UnitOfWork, invoice_ids: Sequence[UUID]) -> dict[UUID, date]:
    """Returns the last day a payment was unapplied from each invoice, up to which it was paid."""
    latest = func.max(PaymentAllocation.reversed_at)
    statement = select(PaymentAllocation.invoice_id, latest).where(
        PaymentAllocation.invoice_id.in_(invoice_ids), PaymentAllocation.reversed_at.is_not(None)
    )
    rows = work.session.execute(statement.group_by(PaymentAllocation.invoice_id))
    return {invoice_id: date_in(work.organisation.time_zone, instant) for invoice_id, instant in rows if instant}
