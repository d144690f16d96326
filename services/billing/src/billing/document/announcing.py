"""Renders and announces PDFs of issued invoices in a loop of the worker: claims a batch, then handles each document."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog
from sqlalchemy import select

from billing.document.content import CURRENT
from billing.document.models import DocumentTask
from billing.document.rendering import as_of_today, issued, keep, standing_of
from billing.invoice import events
from billing.invoice.models import VOID, Invoice
from common import clock
from common.app import App
from common.blobs.files import File
from common.claims import Claim, Queue
from common.clock import Clock
from common.context import Context
from common.money import display
from common.uow import UnitOfWork

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=30)
"""How long the rest of a batch waits if its worker dies. A row stays locked while its PDF is rendered."""
BATCH = 10
DOCUMENTS = Queue(
    of=DocumentTask,
    due="not_before",
    lease=LEASE,
    attempts="attempts",
    error="last_error",
    actor="requested_by",
    correlation_id="correlation_id",
)


def announce_waiting(app: App, now: Clock = clock.now) -> bool:
    """Handles a batch and returns whether there was one. A document that fails is retried with growing delays."""
    claimed = app.transact(Context(now=now()), partial(DOCUMENTS.claim, limit=BATCH))
    for claim in claimed:
        _handle(app, claim, now)
    return bool(claimed)


def _handle(app: App, claim: Claim, now: Clock) -> None:
    context = claim.context.at(now())
    try:
        app.transact(context, partial(_perform, claim=claim))
    except Exception as error:
        log.exception("invoice_document_failed", document_task_id=str(claim.key), attempts=claim.attempt)
        app.transact(context.at(now()), partial(DOCUMENTS.put_off, claim=claim, error=error))


def _perform(work: UnitOfWork, *, claim: Claim) -> None:
    """Deletes the task and announces the PDF in one transaction, so each request is announced once."""
    task = work.session.scalars(select(DocumentTask).where(*DOCUMENTS.held(claim)).with_for_update()).one_or_none()
    if task is None:
        log.warning("invoice_document_lease_lost", document_task_id=str(claim.key))
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
