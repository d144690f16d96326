"""HTTP routes for payments."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from billing.payment import exporting, queries, reapplying, recording, unapplying
from billing.payment.commands import CreditUse, NewPayment
from billing.payment.models import Payment
from billing.payment.schemas import APPLY_BODY, DETAIL, FILTERS, PAYMENT
from common.http.routes import Routes
from common.pages import Page
from common.roles import BILLERS, BILLING_READERS, CLIENT_USERS
from common.uow import UnitOfWork

routes = Routes("payments", "Payments and their allocation to invoices")

READERS = BILLING_READERS | CLIENT_USERS


@routes.list("/payments", "listPayments", returns=PAYMENT, filters=FILTERS, roles=READERS)
def list_payments(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_payments(work, page)


@routes.post("/payments", "createPayment", body=PAYMENT, returns=PAYMENT, roles=BILLERS, money=True)
def create_payment(work: UnitOfWork, body: NewPayment) -> Payment:
    payment = recording.record(work, body)
    work.flush()
    return payment


@routes.export(
    "/payments/export", "exportPayments", shows=PAYMENT, filters=FILTERS, roles=BILLING_READERS, filename="payments.csv"
)
def export_payments(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    return exporting.table(work, page)


@routes.get("/payments/<uuid:payment_id>", "getPayment", returns=DETAIL, roles=READERS)
def get_payment(work: UnitOfWork, payment_id: UUID) -> Payment:
    return queries.detail(work, payment_id)


@routes.post(
    "/payments/<uuid:payment_id>/apply",
    "applyPayment",
    body=APPLY_BODY,
    returns=PAYMENT,
    roles=BILLERS,
    status=200,
    money=True,
)
def apply_payment(work: UnitOfWork, body: CreditUse, payment_id: UUID) -> Payment:
    """Applies the payment's credit to invoices."""
    return reapplying.apply_payment(work, payment_id, allocations=body.allocations)


@routes.post(
    "/payments/<uuid:payment_id>/unapply", "unapplyPayment", returns=PAYMENT, roles=BILLERS, status=200, money=True
)
def unapply_payment(work: UnitOfWork, payment_id: UUID) -> Payment:
    return unapplying.unapply(work, payment_id)
