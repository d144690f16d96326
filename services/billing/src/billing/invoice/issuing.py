"""Issuing and voiding invoices."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import update

from billing import plausible
from billing.account import locking
from billing.invoice import events, numbering
from billing.invoice.drafting import release_items
from billing.invoice.models import DRAFT, ISSUED, PAID, VOID, Invoice, LineItem
from billing.invoice.queries import get
from billing.invoice.refreshing import refresh
from common.errors import Conflict
from common.uow import UnitOfWork


def issue(work: UnitOfWork, invoice_id: UUID) -> Invoice:
    """Issues a draft with the next number and the client's current name, address, terms and taxes.

    Warns if the date is before that of the series' latest invoice.
    """
    invoice = _alone(work, invoice_id)
    invoice.require_draft("issued again")
    if not invoice.lines:
        raise Conflict("An invoice without lines cannot be issued.")
    refresh(work, invoice)
    if invoice.total < 0:
        raise Conflict("An invoice with a negative total cannot be issued.")
    day = invoice.issued_on or work.today
    plausible.issued_on(day, work.today)
    number = numbering.take(work, invoice.series, day, 1)[0]
    if reason := numbering.out_of_order(work, invoice.series, day):
        invoice.warnings = [*invoice.warnings, reason]
    invoice.number, invoice.number_order = number.text, number.order
    invoice.issued_on, invoice.due_on = day, day + timedelta(days=invoice.net_terms)
    invoice.balance, invoice.status = invoice.total, ISSUED if invoice.total else PAID
    work.emit(events.ISSUED, invoice)
    return invoice


def void(work: UnitOfWork, invoice_id: UUID) -> Invoice:
    """Voids an invoice: it keeps its number, nothing is due, and its items can be billed again."""
    invoice = _alone(work, invoice_id)
    if invoice.status == VOID:
        raise Conflict(f"{invoice.number} is already void.")
    if invoice.status == DRAFT:
        raise Conflict("A draft can't be voided. Delete it instead.")
    if invoice.amount_paid:
        raise Conflict(f"{invoice.number} has payments. Remove them from the invoice before you void it.")
    invoice.status, invoice.voided_at = VOID, work.now
    invoice.balance = invoice.total * 0
    release_items(work, invoice.id)
    work.session.execute(update(LineItem).where(LineItem.invoice_id == invoice.id).values(live=False))
    work.emit(events.VOIDED, invoice)
    return invoice


def _alone(work: UnitOfWork, invoice_id: UUID) -> Invoice:
    """Returns the invoice after locking the client's account and the invoice."""
    locking.lock(work, [get(work, invoice_id).client_id])
    invoice = get(work, invoice_id, lock=True)
    work.check_version(invoice)
    return invoice
