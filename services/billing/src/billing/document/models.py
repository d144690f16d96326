"""The stored PDFs of issued invoices, and the queue of PDFs to render."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, deferred, mapped_column

from billing.db import Base
from common.clock import now
from common.ids import new_id

CHANNEL = "billing_documents"


class InvoiceDocument(Base):
    """The PDF as issued (`kind` issued); older releases also stored stamped PDFs of void invoices."""

    __tablename__ = "invoice_document"

    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    filename: Mapped[str]
    media_type: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary, nullable=False))
    created_at: Mapped[datetime] = mapped_column(default=now)


class DocumentTask(Base):
    """A PDF to render and, if the invoice is owed, to announce. Deleted when done."""

    __tablename__ = "document_task"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id", deferrable=True, initially="DEFERRED"))
    requested_by: Mapped[str]
    correlation_id: Mapped[str]
    requested_at: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(default=now)
    last_error: Mapped[str | None]
