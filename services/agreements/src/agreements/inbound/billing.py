"""Which time is on an issued invoice and therefore not to be touched."""

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


class InvoiceChanged(Reader):
    id = fields.UUID(required=True)
    number = fields.String(allow_none=True, load_default=None)
    time_entry_ids = fields.List(fields.UUID(), required=True)
    sequence = fields.Integer(required=True, data_key="version")


@handlers.handles("billing.invoice.issued.v1", reader=InvoiceChanged())
def on_issued(work: UnitOfWork, data: dict[str, Any]) -> None:
    if _is_news(work, data, voided=False):
        mark = update(TimeEntry).where(TimeEntry.id.in_(data["time_entry_ids"]))
        _write(work, mark.values(invoice_id=data["id"], invoice_number=data["number"]))


@handlers.handles("billing.invoice.voided.v1", reader=InvoiceChanged())
def on_voided(work: UnitOfWork, data: dict[str, Any]) -> None:
    """By the invoice, not by the ids: an entry billed again since stays with its new invoice."""
    if _is_news(work, data, voided=True):
        unmark = update(TimeEntry).where(TimeEntry.invoice_id == data["id"])
        _write(work, unmark.values(invoice_id=None, invoice_number=None))


def _is_news(work: UnitOfWork, data: dict[str, Any], *, voided: bool) -> bool:
    row = {"id": data["id"], "number": data["number"], "voided": voided, "sequence": data["sequence"]}
    return bool(upsert(work.session, Invoice, [row]))


def _write(work: UnitOfWork, statement: Any) -> None:
    """The mark is no change of the entry itself: its version, and so what others hold of it, stays."""
    work.session.execute(statement.execution_options(synchronize_session=False))
