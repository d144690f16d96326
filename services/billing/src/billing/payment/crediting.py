"""Applies clients' credit to their next invoices."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from billing.payment import events
from billing.payment.allocation import Open, oldest_first
from billing.payment.applying import apply, open_invoices
from billing.payment.models import Payment
from common.uow import UnitOfWork


def apply_credit(work: UnitOfWork, client_ids: Sequence[UUID]) -> None:
    """Applies the oldest credit to the invoice due first, per currency. The caller has locked the accounts."""
    statement = select(Payment).where(Payment.client_id.in_(client_ids), Payment.unallocated > 0)
    payments = list(work.session.scalars(statement.order_by(Payment.received_on, Payment.id).with_for_update()))
    if not payments:
        return
    invoices = open_invoices(work, {payment.client_id for payment in payments})
    used: list[UUID] = []
    for payment in payments:
        fitting = [
            Open(invoice.id, invoice.balance)
            for invoice in invoices
            if invoice.client_id == payment.client_id and invoice.currency == payment.currency and invoice.balance > 0
        ]
        shares, _ = oldest_first(payment.unallocated, fitting)
        if shares:
            apply(work, payment, shares, {invoice.id: invoice for invoice in invoices}, not_before=work.today)
            payment.touch(work.now)
            used.append(payment.id)
    if used:
        _announce(work, used)


def _announce(work: UnitOfWork, payment_ids: Sequence[UUID]) -> None:
    work.flush()
    changed = select(Payment).where(Payment.id.in_(payment_ids)).order_by(Payment.received_on, Payment.id)
    fresh = changed.options(selectinload(Payment.allocations)).execution_options(populate_existing=True)
    for payment in work.session.scalars(fresh):
        work.emit(events.CHANGED, payment)
