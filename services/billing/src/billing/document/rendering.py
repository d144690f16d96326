"""An invoice's PDFs: the issued one is rendered once and kept, other forms are rendered on request."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from billing.document.content import CURRENT, ISSUED, PREVIEW, Standing, content
from billing.document.models import InvoiceDocument
from billing.invoice.addressing import LOGO, seller
from billing.invoice.models import DRAFT, VOID, Invoice
from billing.invoice.queries import get
from billing.payment.queries import payments_of
from common.blobs import files
from common.blobs.files import File
from common.organisation import logo as logos
from common.organisation.settings import Logo
from common.pdf.rendering import Rendered, render
from common.uow import UnitOfWork

TEMPLATE = Path(__file__).with_name("invoice.typ")


def document_of(work: UnitOfWork, invoice_id: UUID, form: str = ISSUED) -> File | Rendered:
    """Returns the PDF as issued (always the same bytes), as of today, or a draft's preview."""
    invoice = get(work, invoice_id)
    if invoice.status == DRAFT:
        return Rendered("draft.pdf", _pdf(work, invoice, PREVIEW, work.today))
    return as_of_today(work, invoice) if form == CURRENT else issued(work, invoice)


def issued(work: UnitOfWork, invoice: Invoice) -> File:
    """Returns the kept PDF, or renders and keeps it. Of two concurrent renderings the first one stays."""
    kept = select(InvoiceDocument.file_id)
    kept = kept.where(InvoiceDocument.invoice_id == invoice.id, InvoiceDocument.kind == ISSUED)
    file_id = work.session.scalar(kept)
    if file_id is None:
        assert invoice.issued_on is not None
        pdf = Rendered(f"{invoice.number}.pdf", _pdf(work, invoice, ISSUED, invoice.issued_on))
        made = keep(work, invoice.id, ISSUED, pdf)
        if made is not None:
            return made
        file_id = work.session.scalars(kept).one()
    return files.find(work, file_id)


def keep(work: UnitOfWork, invoice_id: UUID, kind: str, pdf: Rendered) -> File | None:
    """Keeps the PDF with the invoice. Returns None if another process has just kept the issued one."""
    saved = files.save(work, [pdf.content], name=pdf.name, media_type=pdf.media_type)
    row = {"file_id": saved.id, "invoice_id": invoice_id, "kind": kind, "created_at": work.now}
    statement = insert(InvoiceDocument).values(row).on_conflict_do_nothing().returning(InvoiceDocument.file_id)
    if work.session.scalar(statement) is None:
        return None
    files.keep(work, saved.id)
    return saved


def as_of_today(work: UnitOfWork, invoice: Invoice, standing: Standing | None = None) -> Rendered:
    standing = standing or standing_of(work, invoice)
    what = "void" if invoice.status == VOID else f"as-of-{standing.as_of}"
    return Rendered(f"{invoice.number}-{what}.pdf", _pdf(work, invoice, CURRENT, standing.as_of, standing))


def standing_of(work: UnitOfWork, invoice: Invoice) -> Standing:
    return Standing(work.today, payments_of(work, invoice.id))


def _pdf(work: UnitOfWork, invoice: Invoice, form: str, day: date, standing: Standing | None = None) -> bytes:
    seller_shown = invoice.seller or seller(work.organisation, invoice.currency)
    data = content(invoice, seller_shown, form, standing)
    data["logo"] = _logo(work, seller_shown.get("logo"))
    return render(TEMPLATE, data, datetime.combine(day, time(12), UTC), work.settings.font_folders)


def _logo(work: UnitOfWork, claim: dict[str, Any] | None) -> list[int] | None:
    """Returns the bytes of the logo that the invoice was issued with."""
    return list(logos.content(work.settings, Logo(**LOGO.load(claim)))) if claim else None
