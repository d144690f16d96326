"""The worker's loop that renders PDFs of issued invoices and announces them, each in one transaction."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import select, update

from billing.document.content import CURRENT
from billing.document.models import DocumentTask
from billing.document.rendering import as_of_today, issued, keep, standing_of
from billing.invoice import events
from billing.invoice.models import VOID, Invoice
from common.app import App
from common.blobs.files import File
from common.clock import now
from common.context import Actor, Context
from common.error_texts import explain
from common.money import display
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)

SLOWEST_RETRY = timedelta(hours=1)


def announce_waiting(app: App) -> bool:
    """Handles one task; other workers take other tasks. A failed task is retried with growing delays."""
    with app.work(Context()) as work:
        task = work.session.execute(_next(work)).one_or_none()
    if task is None:
        return False
    context = Context(actor=Actor.parse(task.requested_by), correlation_id=task.correlation_id)
    try:
        with app.work(context) as work:
            _perform(work, task.id)
    except Exception as error:
        log.exception("invoice_document_failed", invoice_id=str(task.invoice_id), attempts=task.attempts + 1)
        _postpone(app, context, task.id, task.attempts + 1, error)
    return True


def _next(work: UnitOfWork) -> Any:
    waiting = select(DocumentTask.__table__).where(DocumentTask.not_before <= work.now)
    return waiting.order_by(DocumentTask.id).limit(1).with_for_update(skip_locked=True)


def _perform(work: UnitOfWork, task_id: UUID) -> None:
    """Deletes the task and announces the PDF in one transaction, so each request is announced once."""
    taken = select(DocumentTask).where(DocumentTask.id == task_id).with_for_update(skip_locked=True)
    task = work.session.scalars(taken).one_or_none()
    if task is None:
        return
    announce(work, task.invoice_id)
    work.session.delete(task)


def announce(work: UnitOfWork, invoice_id: UUID) -> None:
    """Announces the PDF as issued, or as of today once something is paid.

    For a void invoice it keeps the issued PDF and announces nothing, because nothing is due.
    """
    invoice = work.session.get_one(Invoice, invoice_id)
    document: File | None = issued(work, invoice)
    if invoice.status == VOID:
        return
    standing = standing_of(work, invoice)
    if standing.payments:
        document = keep(work, invoice.id, CURRENT, as_of_today(work, invoice, standing))
    balance = invoice.total - standing.paid
    work.emit(
        events.DOCUMENT_READY,
        invoice,
        balance=balance,
        total_display=display(balance, invoice.currency),
        invoice_total_display=display(invoice.total, invoice.currency),
        paid_display=display(standing.paid, invoice.currency) if standing.payments else None,
        document=document,
    )


def _postpone(app: App, context: Context, task_id: UUID, attempts: int, error: Exception) -> None:
    wait = min(timedelta(seconds=2**attempts), SLOWEST_RETRY)
    values = {"attempts": attempts, "not_before": now() + wait, "last_error": explain(error)[:500]}
    with app.work(context) as work:
        work.session.execute(update(DocumentTask).where(DocumentTask.id == task_id).values(**values))
