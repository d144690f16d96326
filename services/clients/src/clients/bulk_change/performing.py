"""Applies a change of many rates in portions; any process continues an unfinished change."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from clients.bulk_change.models import FAILED, FINISHED, PENDING, RUNNING, SUCCEEDED, BulkChange, BulkChangeRow
from clients.bulk_change.planning import ACCEPT, DECLINE, FOLLOW_CATALOG, RESET, Change
from clients.inbound.replicas import CatalogService
from clients.rate_card import changing, events
from clients.rate_card.history import remember
from clients.rate_card.inheriting import await_catalog
from clients.rate_card.models import ClientService
from clients.rate_card.rates import AMOUNT, PERCENT, SET
from clients.scheduled_rate import scheduling
from common.errors import Conflict, Invalid
from common.ids import new_id
from common.roles import MANAGERS
from common.tasks.declaring import Task
from common.tasks.execution import Execution
from common.uow import UnitOfWork

PORTION = 200
STALE = "The rate changed since the preview. Preview again."


def begin(work: UnitOfWork, change: Change, rows: Sequence[BulkChangeRow]) -> tuple[BulkChange, UUID]:
    """Records the change and its rows, so that neither a crash nor a repeated request applies a row twice.

    Returns the change and the id of the task that applies it.
    """
    bulk_change = BulkChange(
        id=new_id(),
        kind=change.kind,
        change=orjson.loads(orjson.dumps(change.asked, default=str)),
        valid_from=change.valid_from,
        reason=change.reason,
        status=RUNNING,
        created_by=work.actor.id,
        created_by_name=work.actor.name,
        created_by_role=work.actor.role,
        correlation_id=work.context.correlation_id,
        created_at=work.now,
        updated_at=work.now,
    )
    work.session.add(bulk_change)
    work.session.flush()
    for row in rows:
        row.bulk_change_id = bulk_change.id
    work.session.add_all(rows)
    return bulk_change, work.enqueue(BULK_CHANGES, bulk_change_id=bulk_change.id)


def _run(execution: Execution, *, bulk_change_id: str) -> None:
    """Applies the change in portions; rows, their results and the progress commit together."""
    change_id = UUID(bulk_change_id)
    execution.transact(partial(_expect, execution, change_id))
    while execution.transact(partial(_portion, execution, change_id)):
        pass


def _expect(execution: Execution, bulk_change_id: UUID, work: UnitOfWork) -> None:
    pending = select(func.count()).where(*_is_pending(bulk_change_id))
    execution.expect(work, work.session.scalar(pending) or 0)


def _portion(execution: Execution, bulk_change_id: UUID, work: UnitOfWork) -> bool:
    """Returns whether there may be more. Two workers at once wait for each other at the change's row."""
    change = work.session.get_one(BulkChange, bulk_change_id, with_for_update=True)
    pending = _pending(work, bulk_change_id)
    _perform(work, change, pending)
    if len(pending) < PORTION and change.status == RUNNING:
        change.status, change.finished_at = FINISHED, work.now
    execution.advance(work, len(pending))
    return len(pending) == PORTION


BULK_CHANGES = Task(
    name="bulk_change",
    title="Bulk change of rates",
    run=_run,
    roles=MANAGERS,
    attempts=1_000_000,
    kept=None,
    refuses_cancel="A bulk change can't be cancelled: half of the rates would be new.",
)


def _pending(work: UnitOfWork, bulk_change_id: UUID) -> Sequence[BulkChangeRow]:
    statement = (
        select(BulkChangeRow)
        .where(*_is_pending(bulk_change_id))
        .order_by(BulkChangeRow.client_service_id)
        .limit(PORTION)
    )
    return work.session.scalars(statement).all()


def _is_pending(bulk_change_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return BulkChangeRow.bulk_change_id == bulk_change_id, BulkChangeRow.status == PENDING


def _perform(work: UnitOfWork, change: BulkChange, pending: Sequence[BulkChangeRow]) -> None:
    await_catalog(work)
    statement = (
        select(ClientService)
        .where(ClientService.id.in_([entry.client_service_id for entry in pending]))
        .order_by(ClientService.id)
        .options(joinedload(ClientService.client, innerjoin=True))
        .with_for_update(of=ClientService)
        .execution_options(populate_existing=True)
    )
    rows = {row.id: row for row in work.session.scalars(statement)}
    needed = {row.service_id for row in rows.values() if row.service_id}
    services = {s.id: s for s in work.session.scalars(select(CatalogService).where(CatalogService.id.in_(needed)))}
    changed: list[UUID] = []
    for entry in pending:
        row = rows.get(entry.client_service_id)
        service = services.get(row.service_id) if row is not None and row.service_id else None
        try:
            if _apply(work, change, row, service, entry):
                changed.append(entry.client_service_id)
            entry.status = SUCCEEDED
        except (Invalid, Conflict) as error:
            entry.status, entry.error = FAILED, _sentence(error)
    events.announce(work, [rows[row_id] for row_id in changed])


def _apply(
    work: UnitOfWork,
    change: BulkChange,
    row: ClientService | None,
    service: CatalogService | None,
    entry: BulkChangeRow,
) -> bool:
    """Changes the row, after all checks. Returns True if an event about the row is due."""
    if row is None or not row.included or (row.effective_rate, row.client.currency) != (entry.before, entry.currency):
        raise Conflict(STALE)
    rate = entry.after
    if change.kind in (ACCEPT, DECLINE):
        return _decide(work, change, row, rate)
    if _is_later(work, change.valid_from):
        assert change.valid_from is not None
        custom = None if change.kind == RESET else rate
        scheduling.add(work, row.client, row, custom_rate=custom, valid_from=change.valid_from, reason=change.reason)
        return False
    reason = change.reason or f"Bulk change: {describe(change.change)}"
    if change.kind == FOLLOW_CATALOG:
        changes: dict[str, Any] = {"custom_rate": None, "default_rate": rate, "review_rate": None}
    else:
        changes = {"custom_rate": None if change.kind == RESET else rate}
    return changing.apply(work, row.client, row, service, changes, reason)


def _decide(work: UnitOfWork, change: BulkChange, row: ClientService, rate: Decimal | None) -> bool:
    if not row.rate_review or (change.kind == ACCEPT and row.review_rate != rate):
        raise Conflict(STALE)
    before = row.effective_rate
    row.accept_review() if change.kind == ACCEPT else row.decline_review()
    remember(work, row, before, change.reason or "Rate review accepted")
    return True


def _is_later(work: UnitOfWork, day: date | None) -> bool:
    return day is not None and day > work.today


def describe(change: dict[str, Any]) -> str:
    """Returns a short description of the change for the rate history."""
    kind, value = change["kind"], Decimal(change.get("value") or 0)
    return {
        PERCENT: f"{value:+f}%",
        AMOUNT: f"{value:+f}",
        SET: f"set to {value:f}",
        RESET: "reset to the default rate",
        FOLLOW_CATALOG: "the catalog's rate",
    }[str(kind)]


def _sentence(error: Invalid | Conflict) -> str:
    if isinstance(error, Invalid):
        return " ".join(message for messages in error.errors.values() for message in messages)
    return error.detail
