"""Sums of a list of invoices, per currency."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from billing.invoice.models import DRAFT, VOID, Invoice
from billing.invoice.queries import matching
from common.uow import UnitOfWork


def totals(work: UnitOfWork, filters: dict[str, Any], q: str | None) -> dict[str, Any]:
    """Returns the sums of the list. Void invoices are counted but add 0; drafts owe 0."""
    valid, issued = Invoice.status != VOID, Invoice.status.not_in((DRAFT, VOID))
    sums: dict[str, ColumnElement[Any]] = {
        "count": func.count(),
        "void_count": func.count().filter(Invoice.status == VOID),
        "subtotal": func.coalesce(func.sum(Invoice.subtotal).filter(valid), 0),
        "tax_total": func.coalesce(func.sum(Invoice.tax_total).filter(valid), 0),
        "total": func.coalesce(func.sum(Invoice.total).filter(valid), 0),
        "amount_paid": func.coalesce(func.sum(Invoice.total - Invoice.balance).filter(issued), 0),
        "balance": func.coalesce(func.sum(Invoice.balance).filter(issued), 0),
    }
    labelled = [column.label(name) for name, column in sums.items()]
    statement = select(Invoice.currency, *labelled).where(*matching(work, filters, q))
    rows = work.session.execute(statement.group_by(Invoice.currency).order_by(Invoice.currency))
    return {"items": [dict(row) for row in rows.mappings()]}
