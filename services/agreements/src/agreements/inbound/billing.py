"""Marks time on issued invoices, which must not change."""

from typing import Any

from marshmallow import fields
from sqlalchemy import update

from agreements.inbound.replicas import Invoice
from agreements.work.models import TimeEntry
from common.events import Reader
from common.handlers import Handlers
from common.replicas import upsert
from common.uow import UnitOfWork

handlers = Handlers()

DRAFT, VOID = "draft", "void"


class InvoiceChanged(Reader):
    id = fields.UUID(required=True)
    number = fields.String(allow_none=True, load_default=None)
    status = fields.String(load_default="issued")
    time_entry_ids = fields.List(fields.UUID(), required=True)
    sequence = fields.Integer(required=True, data_key="version")


@handlers.handles("billing.invoice.issued.v1", "billing.invoice.changed.v1", reader=InvoiceChanged())
def on_invoice(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Marks the invoice's time, except for a draft or a republished void invoice."""
    if data["status"] == VOID:
        on_voided(work, data)
    elif data["status"] != DRAFT and _is_news(work, data, voided=False):
        entries = TimeEntry.id.in_(data["time_entry_ids"]) & TimeEntry.invoice_id.is_distinct_from(data["id"])
        _write(work, update(TimeEntry).where(entries).values(invoice_id=data["id"], invoice_number=data["number"]))


@handlers.handles("billing.invoice.voided.v1", reader=InvoiceChanged())
def on_voided(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Clears marks by invoice, not by entry ids: entries on a newer invoice keep their mark."""
    if _is_news(work, data, voided=True):
        unmark = update(TimeEntry).where(TimeEntry.invoice_id == data["id"])
        _write(work, unmark.values(invoice_id=None, invoice_number=None))


def _is_news(work: UnitOfWork, data: dict[str, Any], *, voided: bool) -> bool:
    row = {"id": data["id"], "number": data["number"], "voided": voided, "sequence": data["sequence"]}
    return bool(upsert(work.session, Invoice, [row]))


def _write(work: UnitOfWork, statement: Any) -> None:
    """Sets the mark without a new version of the entry, so that replicas stay current."""
    work.session.execute(statement.execution_options(synchronize_session=False))
