"""Deciding what becomes of a client's default rate after the catalog's has changed."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from clients.rate_card import events
from clients.rate_card.history import remember
from clients.rate_card.models import ClientService
from common.uow import UnitOfWork

SUCCEEDED, FAILED, SKIPPED = "succeeded", "failed", "skipped"


def accept(work: UnitOfWork, *, ids: Sequence[UUID]) -> dict[str, Any]:
    """These clients pay the catalog's rate from now on."""
    return _decide(work, ids, ClientService.accept_review)


def decline(work: UnitOfWork, *, ids: Sequence[UUID]) -> dict[str, Any]:
    """These clients keep their rate; the next catalog change asks again."""
    return _decide(work, ids, ClientService.decline_review)


def _decide(work: UnitOfWork, ids: Sequence[UUID], decision: Callable[[ClientService], None]) -> dict[str, Any]:
    statement = select(ClientService).where(ClientService.id.in_(ids)).order_by(ClientService.id).with_for_update()
    rows = {row.id: row for row in work.session.scalars(statement)}
    results, decided = [], []
    for row_id in dict.fromkeys(ids):
        row = rows.get(row_id)
        if row is None:
            results.append({"id": row_id, "status": FAILED, "error": "There is no such service on any card."})
        elif not row.rate_review:
            results.append({"id": row_id, "status": SKIPPED, "error": "There is nothing to review."})
        else:
            before = row.effective_rate
            decision(row)
            remember(work, row, before)
            decided.append(row)
            results.append({"id": row_id, "status": SUCCEEDED})
    events.announce(work, decided)
    counts = {status: sum(result["status"] == status for result in results) for status in (SUCCEEDED, FAILED, SKIPPED)}
    return {"results": results, **counts}
