"""The kept PDFs of issued invoices, and the queue of PDFs to render."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from billing.db import Base
from common.clock import now
from common.ids import new_id

CHANNEL = "billing_documents"


class InvoiceDocument(Base):
    """A PDF that is kept: as issued (one for each invoice), or as of a day on which it was announced.

    The file's name, size and SHA-256 are in table `file`, its bytes in the file store.
    """

    __tablename__ = "invoice_document"
    __table_args__ = (
        Index("ix_invoice_document_issued", "invoice_id", unique=True, postgresql_where=text("kind = 'issued'")),
        Index("ix_invoice_document_invoice_id", "invoice_id"),
    )

    file_id: Mapped[UUID] = mapped_column(primary_key=True)
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id"))
    kind: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class DocumentTask(Base):
    """A PDF to render and, if the invoice is owed, to announce. Deleted when done."""

    __tablename__ = "document_task"
    __table_args__ = (Index("ix_document_task_not_before", "not_before", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    invoice_id: Mapped[UUID] = mapped_column(ForeignKey("invoice.id", deferrable=True, initially="DEFERRED"))
    requested_by: Mapped[str]
    correlation_id: Mapped[str]
    requested_at: Mapped[datetime] = mapped_column(default=now)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(default=now)
    """When a worker may take it: once it is due, or after the lease of a worker that died."""
    last_error: Mapped[str | None]
