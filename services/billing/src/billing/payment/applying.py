"""Putting parts of payments on invoices: balances and statuses move, and it is announced."""

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
    """Unpaid invoices, the one due first first. The clients' accounts are locked already."""
    statement = select(Invoice).where(Invoice.client_id.in_(list(client_ids)), Invoice.status.in_(UNPAID))
    if currency:
        statement = statement.where(Invoice.currency == currency)
    ordered = statement.order_by(Invoice.due_on, Invoice.number_order, Invoice.id)
    return list(work.session.scalars(ordered.with_for_update()))


def apply(
    work: UnitOfWork, payment: Payment, shares: Sequence[Share], invoices: dict[UUID, Invoice], *, not_before: date
) -> None:
    """The shares fit: nobody may take more of a payment or an invoice than is left.

    `not_before`: the day the payment was received when it is recorded, today when its credit is used later.
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
        work.session.add(allocation)
        work.emit(events.CHANGED, invoice)


def _freed_on(work: UnitOfWork, invoice_ids: Sequence[UUID]) -> dict[UUID, date]:
    """The last day a payment was taken off each invoice: up to that day it was paid by that payment."""
    latest = func.max(PaymentAllocation.reversed_at)
    statement = select(PaymentAllocation.invoice_id, latest).where(
        PaymentAllocation.invoice_id.in_(invoice_ids), PaymentAllocation.reversed_at.is_not(None)
    )
    rows = work.session.execute(statement.group_by(PaymentAllocation.invoice_id))
    return {invoice_id: date_in(work.settings.time_zone, instant) for invoice_id, instant in rows if instant}
