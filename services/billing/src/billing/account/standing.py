"""Open amounts at the end of a past day, from dated rows: issues, payments, allocations and voids.

A stored balance is today's; these queries never read one.
"""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, func, or_, select

from billing.invoice.models import DRAFT, Invoice
from billing.payment.models import Payment, PaymentAllocation
from common.uow import UnitOfWork


def day_of(work: UnitOfWork, instant: Any) -> ColumnElement[date]:
    """Returns the MSP's calendar day of a column of instants."""
    return cast(func.timezone(work.organisation.time_zone.key, instant), Date)


def open_invoices(work: UnitOfWork, client_id: UUID, day: date) -> Select[*tuple[Any, ...]]:
    """Selects `currency`, `due_on` and `balance` of the client's invoices at the end of `day`."""
    balance = Invoice.total - _allocated(work, PaymentAllocation.invoice_id == Invoice.id, day)
    return select(Invoice.currency, Invoice.due_on, balance.label("balance")).where(
        Invoice.client_id == client_id,
        Invoice.status != DRAFT,
        Invoice.issued_on <= day,
        or_(Invoice.voided_at.is_(None), day_of(work, Invoice.voided_at) > day),
    )


def payments(work: UnitOfWork, client_id: UUID, day: date) -> Select[*tuple[Any, ...]]:
    """Selects `currency` and `credit` of the client's payments: the unapplied part at the end of `day`."""
    credit = Payment.amount - _allocated(work, PaymentAllocation.payment_id == Payment.id, day)
    statement = select(Payment.currency, credit.label("credit"))
    return statement.where(Payment.client_id == client_id, Payment.received_on <= day)


def _allocated(work: UnitOfWork, belongs: ColumnElement[bool], day: date) -> ColumnElement[Any]:
    """Returns the sum of the allocations in effect on `day`."""
    sums = select(func.coalesce(func.sum(PaymentAllocation.amount), 0)).where(
        belongs,
        PaymentAllocation.applied_on <= day,
        or_(PaymentAllocation.reversed_at.is_(None), day_of(work, PaymentAllocation.reversed_at) > day),
    )
    return sums.scalar_subquery()
