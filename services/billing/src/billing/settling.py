"""Where invoices meet payments and documents."""

from typing import Any
from uuid import UUID

from billing.document import queueing
from billing.invoice import issuing, queries
from billing.invoice.models import DRAFT, VOID, Invoice
from billing.payment import crediting
from billing.payment.queries import payments_of
from common.errors import Conflict
from common.uow import UnitOfWork


def issue(work: UnitOfWork, invoice_id: UUID) -> Invoice:
    """Issues a draft, requests its PDF and applies the client's credit to it."""
    invoice = issuing.issue(work, invoice_id)
    queueing.request(work, [invoice.id])
    work.flush()
    crediting.apply_credit(work, [invoice.client_id])
    return invoice


def send(work: UnitOfWork, invoice_id: UUID) -> Invoice:
    """Requests the PDF again, which sends a new email."""
    invoice = queries.get(work, invoice_id)
    if invoice.status in {DRAFT, VOID}:
        raise Conflict(f"Only issued invoices can be sent. This invoice is {invoice.status}.")
    queueing.request(work, [invoice.id])
    return invoice


def detail(work: UnitOfWork, invoice: Invoice) -> dict[str, Any]:
    """Returns one invoice with lines, taxes and payments."""
    return queries.detail(work, invoice, payments_of(work, invoice.id))
