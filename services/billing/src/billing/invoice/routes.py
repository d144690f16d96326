"""HTTP routes for invoices."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Response

from billing import settling
from billing.document import rendering
from billing.invoice import drafting, exporting, issuing, offering, queries, schemas, summing
from billing.invoice.commands import DraftChanges, NewInvoice
from billing.payment import timeline
from common.blobs.files import read
from common.http.files import respond
from common.http.routes import Routes
from common.pages import Page
from common.pdf.rendering import Rendered
from common.roles import BILLERS, BILLING_READERS, CLIENT_USERS
from common.uow import UnitOfWork

routes = Routes("invoices", "Invoices")

READERS = BILLING_READERS | CLIENT_USERS


@routes.list("/invoices", "listInvoices", returns=schemas.SUMMARY, filters=schemas.FILTERS, roles=READERS)
def list_invoices(work: UnitOfWork, page: Page) -> dict[str, Any]:
    return queries.page_of_invoices(work, page)


@routes.get("/invoices/totals", "getInvoiceTotals", query=schemas.TOTALS_QUERY, returns=schemas.TOTALS, roles=READERS)
def get_invoice_totals(work: UnitOfWork, query: dict[str, Any]) -> dict[str, Any]:
    """Returns the sums per currency of the list with the same filters."""
    return summing.totals(work, {name: value for name, value in query.items() if name != "q"}, query.get("q"))


@routes.export(
    "/invoices/export",
    "exportInvoices",
    shows=schemas.SUMMARY,
    filters=schemas.FILTERS,
    roles=BILLING_READERS,
    filename="invoices.csv",
)
def export_invoices(work: UnitOfWork, page: Page) -> Iterator[bytes]:
    return exporting.table(work, page)


@routes.post("/invoices", "createInvoice", body=schemas.BODY, returns=schemas.DETAIL, roles=BILLERS)
def create_invoice(work: UnitOfWork, body: NewInvoice) -> dict[str, Any]:
    return queries.detail(work, drafting.create(work, body), [], new=True)


@routes.get("/invoices/<uuid:invoice_id>", "getInvoice", returns=schemas.DETAIL, roles=READERS)
def get_invoice(work: UnitOfWork, invoice_id: UUID) -> dict[str, Any]:
    return settling.detail(work, queries.get(work, invoice_id))


@routes.patch("/invoices/<uuid:invoice_id>", "updateInvoice", body=schemas.PATCH, returns=schemas.DETAIL, roles=BILLERS)
def update_invoice(work: UnitOfWork, body: DraftChanges, invoice_id: UUID) -> dict[str, Any]:
    return settling.detail(work, drafting.update_draft(work, invoice_id, body))


@routes.delete("/invoices/<uuid:invoice_id>", "deleteInvoice", roles=BILLERS)
def delete_invoice(work: UnitOfWork, invoice_id: UUID) -> None:
    drafting.delete_draft(work, invoice_id)


@routes.post("/invoices/<uuid:invoice_id>/issue", "issueInvoice", returns=schemas.DETAIL, roles=BILLERS, status=200)
def issue_invoice(work: UnitOfWork, invoice_id: UUID) -> dict[str, Any]:
    return settling.detail(work, settling.issue(work, invoice_id))


@routes.post("/invoices/<uuid:invoice_id>/send", "sendInvoice", returns=schemas.DETAIL, roles=BILLERS, status=200)
def send_invoice(work: UnitOfWork, invoice_id: UUID) -> dict[str, Any]:
    return settling.detail(work, settling.send(work, invoice_id))


@routes.post("/invoices/<uuid:invoice_id>/void", "voidInvoice", returns=schemas.DETAIL, roles=BILLERS, status=200)
def void_invoice(work: UnitOfWork, invoice_id: UUID) -> dict[str, Any]:
    return settling.detail(work, issuing.void(work, invoice_id))


@routes.get(
    "/invoices/<uuid:invoice_id>/pdf",
    "getInvoicePdf",
    query=schemas.PDF_QUERY,
    returns=None,
    roles=READERS,
    media_type="application/pdf",
)
def get_invoice_pdf(work: UnitOfWork, query: dict[str, Any], invoice_id: UUID) -> Response:
    """Returns the PDF as issued, which never changes. `as=current` shows today's payments and balance, or VOID.

    For a draft both return a preview stamped "DRAFT".
    """
    document = rendering.document_of(work, invoice_id, query["form"])
    pieces = [document.content] if isinstance(document, Rendered) else read(work.settings, document)
    return respond(
        pieces, name=document.name, media_type=document.media_type, size=document.size, sha256=document.sha256
    )


@routes.get(
    "/invoices/<uuid:invoice_id>/timeline", "getInvoiceTimeline", returns=schemas.TIMELINE, roles=BILLING_READERS
)
def get_invoice_timeline(work: UnitOfWork, invoice_id: UUID) -> dict[str, Any]:
    return timeline.timeline(work, invoice_id)


@routes.get(
    "/invoices/<uuid:invoice_id>/services",
    "listInvoiceServices",
    query=schemas.SERVICE_QUERY,
    returns=schemas.OFFERED,
    roles=BILLING_READERS,
)
def list_invoice_services(work: UnitOfWork, query: dict[str, Any], invoice_id: UUID) -> dict[str, Any]:
    """Returns current rates. Services outside the draft's agreement have the badge "Not in agreement"."""
    return offering.services(work, invoice_id, query["scope"])
