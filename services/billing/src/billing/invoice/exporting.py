"""Exports the list of invoices as a CSV file."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from billing.invoice.models import Invoice
from billing.invoice.queries import SORTS, matching
from billing.invoice.schemas import SUMMARY
from common import csvfiles, streaming
from common.pages import Page, ordering
from common.planning import cell
from common.uow import UnitOfWork

COLUMNS = (
    *("number", "client_name", "status", "issued_on", "due_on", "currency"),
    *("subtotal", "tax_total", "total", "amount_paid", "balance", "id", "client_id"),
)


def table(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Writes the rows of the list's filters, in the list's order."""
    statement = select(Invoice).where(*matching(work, page.filters, page.q))
    ordered = statement.order_by(*ordering(page, sorts=SORTS, default="-created_at", key=Invoice.id))
    portions = streaming.portions(work.session, ordered)
    return csvfiles.write(COLUMNS, (_row(invoice) for portion in portions for invoice in portion))


def _row(invoice: Invoice) -> dict[str, str]:
    shown: dict[str, Any] = SUMMARY.dump(invoice)
    return {name: cell(shown.get(name)) for name in COLUMNS}
