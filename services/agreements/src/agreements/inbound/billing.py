"""Marks time and expenses on issued invoices, which must not change."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from marshmallow import fields
from sqlalchemy import ColumnElement, Row, select, update

from agreements.agreement import ledger as ledgers
from agreements.agreement import redrawing
from agreements.agreement.models import Agreement
from agreements.expense.models import Expense
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
    expense_ids = fields.List(fields.UUID(), load_default=list)
    sequence = fields.Integer(required=True, data_key="version")


@handlers.handles("billing.invoice.issued.v1", "billing.invoice.changed.v1", reader=InvoiceChanged())
def on_invoice(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Marks the invoice's time and expenses, except for a draft or a republished void invoice."""
    if data["status"] == VOID:
        on_voided(work, data)
    elif data["status"] != DRAFT and _is_news(work, data, voided=False):
        entries = TimeEntry.id.in_(data["time_entry_ids"]) & TimeEntry.invoice_id.is_distinct_from(data["id"])
        _mark(work, entries, data["id"], data["number"])
        expenses = Expense.id.in_(data["expense_ids"]) & Expense.invoice_id.is_distinct_from(data["id"])
        _mark_expenses(work, expenses, data["id"], data["number"])


@handlers.handles("billing.invoice.voided.v1", reader=InvoiceChanged())
def on_voided(work: UnitOfWork, data: dict[str, Any]) -> None:
    """Clears marks by invoice, not by ids: what is on a newer invoice keeps its mark.

    Entries whose mark is cleared can be split again, with the others of their periods.
    """
    if not _is_news(work, data, voided=True):
        return
    _mark_expenses(work, Expense.invoice_id == data["id"], None, None)
    first: dict[UUID, date] = {}
    for row in _mark(work, TimeEntry.invoice_id == data["id"], None, None):
        if row.agreement_id is not None:
            first[row.agreement_id] = min(row.worked_on, first.get(row.agreement_id, row.worked_on))
    agreements = work.session.scalars(select(Agreement).where(Agreement.id.in_(list(first)))).all()
    read = ledgers.read_all(work, {agreement: None for agreement in agreements if agreement.has_hours})
    redrawing.settle_all(work, {ledger: first[key] for key, ledger in read.items()})


def _is_news(work: UnitOfWork, data: dict[str, Any], *, voided: bool) -> bool:
    row = {"id": data["id"], "number": data["number"], "voided": voided, "sequence": data["sequence"]}
    return bool(upsert(work.session, Invoice, [row]))


def _mark(
    work: UnitOfWork, entries: ColumnElement[bool], invoice_id: UUID | None, number: str | None
) -> Sequence[Row[UUID, UUID | None, date]]:
    """Sets the mark without a new version of the entry, so that replicas stay current. Returns the entries' rows.

    The agreements are locked first and the entries in order, as by logging time.
    """
    session = work.session
    agreements = select(TimeEntry.agreement_id).where(entries)
    session.execute(select(Agreement.id).where(Agreement.id.in_(agreements)).order_by(Agreement.id).with_for_update())
    columns = (TimeEntry.id, TimeEntry.agreement_id, TimeEntry.worked_on)
    rows = session.execute(select(*columns).where(entries).order_by(TimeEntry.id).with_for_update()).all()
    marked = (
        update(TimeEntry)
        .where(TimeEntry.id.in_([row.id for row in rows]))
        .values(invoice_id=invoice_id, invoice_number=number)
    )
    session.execute(marked.execution_options(synchronize_session=False))
    return rows


def _mark_expenses(
    work: UnitOfWork, expenses: ColumnElement[bool], invoice_id: UUID | None, number: str | None
) -> None:
    marked = update(Expense).where(expenses).values(invoice_id=invoice_id, invoice_number=number)
    work.session.execute(marked.execution_options(synchronize_session=False))
