"""Unapplies a payment from its invoices. The amount becomes the client's credit."""

from uuid import UUID

from sqlalchemy import select

from billing.account import locking
from billing.invoice import events
from billing.invoice.models import Invoice
from billing.payment import events as payment_events
from billing.payment.models import Payment
from billing.payment.queries import get
from common.errors import Conflict
from common.uow import UnitOfWork


def unapply(work: UnitOfWork, payment_id: UUID) -> Payment:
    locking.lock(work, [get(work, payment_id).client_id])
    payment = get(work, payment_id, lock=True)
    work.check_version(payment)
    live = list(payment.allocations)
    if not live:
        raise Conflict("This payment is not applied to any invoice.")
    ids = [allocation.invoice_id for allocation in live]
    locked = select(Invoice).where(Invoice.id.in_(ids)).order_by(Invoice.id).with_for_update()
    invoices = {invoice.id: invoice for invoice in work.session.scalars(locked)}
    for allocation in live:
        allocation.reversed_at = work.now
        invoice = invoices[allocation.invoice_id]
        invoice.settle(invoice.balance + allocation.amount)
        payment.unallocated += allocation.amount
        work.emit(events.CHANGED, invoice)
    work.flush()
    work.session.expire(payment, ["allocations"])
    work.emit(payment_events.CHANGED, payment)
    return payment
