"""Requests an invoice's PDF and its announcement, which a worker does after the commit."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text

from billing.bulk import insert_rows
from billing.document.models import CHANNEL, DocumentTask
from common.ids import new_id
from common.uow import UnitOfWork


def request(work: UnitOfWork, invoice_ids: Iterable[UUID]) -> None:
    rows = [
        {
            "id": new_id(),
            "invoice_id": invoice_id,
            "requested_by": str(work.actor),
            "correlation_id": work.context.correlation_id,
            "requested_at": work.now,
            "not_before": work.now,
            "attempts": 0,
        }
        for invoice_id in invoice_ids
    ]
    if rows:
        insert_rows(work.session, DocumentTask, rows)
        work.session.execute(text(f"NOTIFY {CHANNEL}"))
