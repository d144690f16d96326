"""Billing's events of one invoice: created, issued, paid, unapplied, voided."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from billing.invoice.models import DRAFT, Invoice, Moment
from billing.invoice.queries import get
from billing.payment.models import Payment, PaymentAllocation
from common.uow import UnitOfWork


def timeline(work: UnitOfWork, invoice_id: UUID) -> dict[str, Any]:
    """Returns the events in the order they were recorded; the issue has a day without a time."""
    invoice = get(work, invoice_id)
    facts = [*_payments(work, invoice)]
    if invoice.voided_at:
        facts.append({"kind": Moment.VOIDED, "at": invoice.voided_at})
    facts.sort(key=lambda fact: fact["at"])
    first: list[dict[str, Any]] = [{"kind": Moment.CREATED, "at": invoice.created_at}]
    if invoice.status != DRAFT:
        first.append({"kind": Moment.ISSUED, "on": invoice.issued_on, "amount": invoice.total})
    return {"invoice_id": invoice.id, "currency": invoice.currency, "items": [*first, *facts]}


def _payments(work: UnitOfWork, invoice: Invoice) -> list[dict[str, Any]]:
    statement = (
        select(PaymentAllocation)
        .where(PaymentAllocation.invoice_id == invoice.id)
        .options(joinedload(PaymentAllocation.payment))
    )
    facts = []
    for part in work.session.scalars(statement):
        payment: Payment = part.payment
        told = {
            "amount": part.amount,
            "payment_id": payment.id,
            "method": payment.method,
            "reference": payment.reference,
            "on": payment.received_on,
        }
        facts.append({"kind": Moment.PAYMENT_APPLIED, "at": part.created_at, **told})
        if part.reversed_at:
            facts.append({"kind": Moment.PAYMENT_UNAPPLIED, "at": part.reversed_at, **told})
    return facts
