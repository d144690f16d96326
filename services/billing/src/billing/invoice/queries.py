"""Reading invoices for lists and pages."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, and_, exists, func, literal, literal_column, not_, select, true

from billing.invoice import events, numbering, refreshing
from billing.invoice.addressing import seller
from billing.invoice.models import DRAFT, NEVER, OPEN, OVERDUE, SEARCHED, UNPAID, Invoice, InvoiceLine, LineItem
from common import searching
from common.errors import NotFound
from common.pages import Page, paginate
from common.republish import keyset
from common.roles import CLIENT_USERS
from common.uow import UnitOfWork

FAR = literal(NEVER, Date)
SORTS = {
    "number": Invoice.number_order,
    "issued_on": func.coalesce(Invoice.issued_on, FAR),
    "due_on": func.coalesce(Invoice.due_on, FAR),
    "client_name": Invoice.client_name,
    "status": Invoice.status,
    "total": Invoice.total,
    "balance": Invoice.balance,
    "created_at": Invoice.created_at,
}


def visible(work: UnitOfWork) -> ColumnElement[bool]:
    """Returns the clause: client users see their own client's issued invoices, other roles see all."""
    if work.actor.role not in CLIENT_USERS:
        return true()
    return and_(Invoice.client_id == work.actor.client_id, Invoice.status != DRAFT)


def get(work: UnitOfWork, invoice_id: UUID, *, lock: bool = False) -> Invoice:
    statement: Any = select(Invoice).where(Invoice.id == invoice_id, visible(work))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    invoice: Invoice | None = work.session.scalars(statement).one_or_none()
    if invoice is None:
        raise NotFound("Invoice not found.")
    return invoice


def is_overdue(today: date) -> ColumnElement[bool]:
    return and_(Invoice.status.in_(UNPAID), Invoice.due_on < today)


SEARCH_TEXT: ColumnElement[str] = literal_column(searching.stored(*(f"invoice.{name}" for name in SEARCHED)))


def matching(work: UnitOfWork, filters: dict[str, Any], q: str | None) -> list[ColumnElement[bool]]:
    """Returns the conditions of the list, its totals and its export."""
    conditions = [visible(work), *_filters(work, filters)]
    if q:
        searching.plan_each_anew(work.session)
        conditions.append(searching.matching(SEARCH_TEXT, q))
    return conditions


def page_of_invoices(work: UnitOfWork, page: Page) -> dict[str, Any]:
    statement = select(Invoice).where(*matching(work, page.filters, page.q))
    found = paginate(work.session, statement, page, sorts=SORTS, default="-created_at", key=Invoice.id)
    return {**found, "items": [summary(work, invoice) for invoice in found["items"]]}


def _filters(work: UnitOfWork, asked: dict[str, Any]) -> list[ColumnElement[bool]]:
    known: dict[str, Any] = {
        "client_id": lambda value: Invoice.client_id == value,
        "status": lambda value: _in_status(value, work.today),
        "currency": lambda value: Invoice.currency == value,
        "issued_on_gte": lambda value: Invoice.issued_on >= value,
        "issued_on_lte": lambda value: Invoice.issued_on <= value,
        "due_on_gte": lambda value: Invoice.due_on >= value,
        "due_on_lte": lambda value: Invoice.due_on <= value,
        "overdue": lambda value: is_overdue(work.today) if value else func.coalesce(not_(is_overdue(work.today)), True),
    }
    return [known[name](value) for name, value in asked.items()]


def _in_status(status: str, today: date) -> ColumnElement[bool]:
    if status == OPEN:
        return Invoice.status.in_(UNPAID)
    return is_overdue(today) if status == OVERDUE else Invoice.status == status


def summary(work: UnitOfWork, invoice: Invoice) -> dict[str, Any]:
    names = [column.key for column in Invoice.__table__.columns]
    values = {name: getattr(invoice, name) for name in names}
    overdue = invoice.status in UNPAID and invoice.due_on is not None and invoice.due_on < work.today
    return {**values, "amount_paid": invoice.amount_paid, "overdue": overdue}


def detail(work: UnitOfWork, invoice: Invoice, payments: Sequence[Any], *, new: bool = False) -> dict[str, Any]:
    """Returns one invoice with lines, taxes and its `payments`.

    `new`: a manual draft of this unit of work, which has no items, and nothing has changed since.
    """
    work.flush()
    lines = [_line(invoice, line) for line in invoice.lines]
    return {
        **summary(work, invoice),
        "bill_to": {"address": [], **invoice.bill_to},
        "seller": invoice.seller or seller(work.organisation, invoice.currency),
        "lines": lines,
        "taxes": invoice.taxes,
        "tax_exemptions": invoice.tax_exemptions,
        "payments": payments,
        "lines_fixed_because": None if new else lines_fixed_because(work, invoice),
        "warnings": _warnings(work, invoice),
        "changes_since_draft": refreshing.changes(work, invoice) if invoice.status == DRAFT and not new else [],
    }


def lines_fixed_because(work: UnitOfWork, invoice: Invoice) -> str | None:
    """Returns why the lines cannot be edited: items would be neither open nor billed if lines were replaced."""
    if invoice.status != DRAFT:
        return "An issued invoice cannot be edited."
    if work.session.scalar(select(exists().where(LineItem.invoice_id == invoice.id))):
        return "The lines of this draft come from billable items. Edit the items, or delete the draft."
    return None


def _warnings(work: UnitOfWork, invoice: Invoice) -> list[str]:
    """Returns the stored warnings, and for a draft also those that issuing it would cause."""
    if invoice.status != DRAFT:
        return invoice.warnings
    reason = numbering.out_of_order(work, invoice.series, invoice.issued_on or work.today)
    return [*invoice.warnings, *([reason] if reason else [])]


def _line(invoice: Invoice, line: InvoiceLine) -> dict[str, Any]:
    values = {column.key: getattr(line, column.key) for column in line.__table__.columns}
    return {**values, "rate_label": line.rate_label, "badge": line.badge, "taxes": invoice.taxes_of(line)}


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes every invoice again, one portion at a time."""
    for portion in keyset(work.session, select(Invoice), Invoice.id):
        for invoice in portion:
            work.emit(events.CHANGED, invoice)
        yield
