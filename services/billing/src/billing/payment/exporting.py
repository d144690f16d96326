"""Exports the list of payments as a CSV file."""

from collections.abc import Iterator

from sqlalchemy.orm import joinedload, selectinload

from billing.payment.models import Payment, PaymentAllocation
from billing.payment.queries import SORTS, matching
from billing.payment.schemas import PAYMENT
from common import csvfiles, streaming
from common.pages import Page, ordering
from common.planning import cell
from common.uow import UnitOfWork

DUMPED = ("received_on", "client_name", "method", "reference", "currency", "amount", "unallocated")
COLUMNS = (*DUMPED, "invoices", "id", "client_id")


def table(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    """Writes the rows of the list's filters, in the list's order."""
    invoices = selectinload(Payment.allocations).joinedload(PaymentAllocation.invoice)
    statement = matching(work, page).options(invoices, joinedload(Payment.client))
    ordered = statement.order_by(*ordering(page, sorts=SORTS, default="-received_on", key=Payment.id))
    portions = streaming.portions(work.session, ordered)
    return csvfiles.write(COLUMNS, (_row(payment) for portion in portions for payment in portion))


def _row(payment: Payment) -> dict[str, str]:
    shown = PAYMENT.dump(payment)
    invoices = " ".join(allocation.invoice_number or "" for allocation in payment.allocations)
    return {**{name: cell(shown.get(name)) for name in COLUMNS}, "invoices": invoices}
