"""Applies a payment's credit to open invoices by hand."""

from collections.abc import Sequence
from uuid import UUID

from billing.account import locking
from billing.payment import events
from billing.payment.allocation import Share
from billing.payment.applying import apply, open_invoices
from billing.payment.models import Payment
from billing.payment.queries import get
from billing.payment.recording import shares_of
from common.errors import Conflict
from common.uow import UnitOfWork


def apply_payment(work: UnitOfWork, payment_id: UUID, *, allocations: Sequence[Share] | None = None) -> Payment:
    """Applies the credit to the named invoices, else to those due first."""
    locking.lock(work, [get(work, payment_id).client_id])
    payment = get(work, payment_id, lock=True)
    work.check_version(payment)
    if not payment.unallocated:
        raise Conflict("This payment has no credit left.")
    invoices = {invoice.id: invoice for invoice in open_invoices(work, [payment.client_id], payment.currency)}
    shares = shares_of(payment.unallocated, payment.currency, invoices, allocations)
    if not shares:
        raise Conflict(f"The client has no open {payment.currency} invoice.")
    apply(work, payment, shares, invoices, not_before=work.today)
    payment.touch(work.now)
    work.flush()
    work.session.expire(payment, ["allocations"])
    work.emit(events.CHANGED, payment)
    return payment
