"""An issued invoice's PDFs: as issued and, once it is void, stamped so; each rendered once, then kept."""

import hashlib
from datetime import UTC, datetime, time
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

import orjson
import typst
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import undefer

from billing.config import settings_of
from billing.document.content import content
from billing.document.models import InvoiceDocument
from billing.invoice.models import DRAFT, ISSUED, VOID, Invoice
from billing.invoice.reading import get
from common.errors import Conflict
from common.uow import UnitOfWork

TEMPLATE = Path(__file__).with_name("invoice.typ")
PDF = "application/pdf"

_compiler: Any = None
_one_at_a_time = Lock()


def render(data: dict[str, Any], made_at: datetime) -> bytes:
    """PDF bytes. The same data and time give the same bytes; fonts come with the compiler."""
    global _compiler  # noqa: PLW0603 - loading fonts takes a second, compiling milliseconds
    with _one_at_a_time:
        if _compiler is None:
            _compiler = typst.Compiler()
        made = _compiler.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            sys_inputs={"data": orjson.dumps(data).decode()},
            timestamp=int(made_at.timestamp()),
        )
    assert isinstance(made, bytes)
    return made


def document_of(work: UnitOfWork, invoice_id: UUID) -> InvoiceDocument:
    """Says what holds now. Stored before, or rendered and stored; of two that render at once the first one's stays."""
    invoice = get(work, invoice_id)
    if invoice.status == DRAFT:
        raise Conflict("A draft has no PDF yet: issue it first.")
    kind = VOID if invoice.status == VOID else ISSUED
    stored = select(InvoiceDocument).where(InvoiceDocument.invoice_id == invoice_id, InvoiceDocument.kind == kind)
    stored = stored.options(undefer(InvoiceDocument.content))
    found = work.session.scalars(stored).one_or_none()
    if found is not None:
        return found
    _store(work, invoice, kind)
    return work.session.scalars(stored).one()


def _store(work: UnitOfWork, invoice: Invoice, kind: str) -> None:
    assert invoice.issued_on is not None
    data = content(invoice, settings_of(work.settings))
    pdf = render(data, datetime.combine(invoice.issued_on, time(12), UTC))
    statement = insert(InvoiceDocument).values(
        invoice_id=invoice.id,
        kind=kind,
        filename=f"{invoice.number}-void.pdf" if kind == VOID else f"{invoice.number}.pdf",
        media_type=PDF,
        sha256=hashlib.sha256(pdf).hexdigest(),
        size=len(pdf),
        content=pdf,
        created_at=work.now,
    )
    work.session.execute(statement.on_conflict_do_nothing())
