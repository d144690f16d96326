"""Putting parts of payments on invoices: balances and statuses move, and it is announced."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import select

from billing.invoice import events
from billing.invoice.models import UNPAID, Invoice
from billing.payment.allocation import Share
from billing.payment.models import Payment, PaymentAllocation
from common.uow import UnitOfWork


def open_invoices(work: UnitOfWork, client_ids: Iterable[UUID], currency: str | None = None) -> list[Invoice]:
    """Unpaid invoices, the one due first first. The clients' accounts are locked already."""
    statement = select(Invoice).where(Invoice.client_id.in_(list(client_ids)), Invoice.status.in_(UNPAID))
    if currency:
        statement = statement.where(Invoice.currency == currency)
    ordered = statement.order_by(Invoice.due_on, Invoice.number_order, Invoice.id)
    return list(work.session.scalars(ordered.with_for_update()))


def apply(work: UnitOfWork, payment: Payment, shares: Sequence[Share], invoices: dict[UUID, Invoice]) -> None:
    """The shares fit: nobody may take more of a payment or an invoice than is left."""
    for share in shares:
        invoice = invoices[share.invoice_id]
        invoice.settle(invoice.balance - share.amount)
        payment.unallocated -= share.amount
        work.session.add(
            PaymentAllocation(payment_id=payment.id, invoice_id=invoice.id, amount=share.amount, created_at=work.now)
        )
        work.emit(events.CHANGED, invoice)
