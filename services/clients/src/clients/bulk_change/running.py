"""Runs a bulk change: plans and records it in one transaction, then applies it in portions."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select

from clients.bulk_change import performing, queries
from clients.bulk_change.models import FAILED, FINISHED, PENDING, SKIPPED, SUCCEEDED, BulkChange, BulkChangeRow
from clients.bulk_change.planning import Change, plan
from common.app import App
from common.context import Context
from common.errors import Invalid
from common.http import idempotency, starting
from common.http.routes import Answer
from common.pages import Page, paginate
from common.tasks import waiting
from common.uow import UnitOfWork


def run(app: App, context: Context, change: Change, *, dry_run: bool, **selection: Any) -> Answer:
    """Previews or applies the change to the rows that `selection` selects (the arguments of `plan`).

    A request repeated with its idempotency key finishes the change that the first request began.
    """
    if dry_run:
        with app.work(context) as work:
            _keep_key(work)
            _check_day(work, change)
            return Answer(result(None, plan(work, change, **selection)), 200)
    bulk_change_id, task_id = _begin(app, context, change, selection)
    finished = waiting.wait(app, task_id, starting.patience())
    with app.work(context) as work:
        return Answer(result_of(work, bulk_change_id), 200 if finished else 202)


def result_of(work: UnitOfWork, bulk_change_id: UUID) -> dict[str, Any]:
    return result(queries.get(work, bulk_change_id), queries.rows_of(work, bulk_change_id))


def result(change: BulkChange | None, rows: Sequence[BulkChangeRow]) -> dict[str, Any]:
    counts = {status: sum(r.status == status for r in rows) for status in (PENDING, SUCCEEDED, FAILED, SKIPPED)}
    return {
        "id": change.id if change else None,
        "dry_run": change is None,
        "status": change.status if change else FINISHED,
        "results": rows,
        "count": len(rows),
        "totals": _totals(row for row in rows if row.status in (PENDING, SUCCEEDED)),
        **counts,
    }


def page_of_changes(work: UnitOfWork, page: Page) -> dict[str, Any]:
    sorts = {"created_at": BulkChange.created_at}
    return paginate(work.session, select(BulkChange), page, sorts=sorts, default="-created_at", key=BulkChange.id)


def _keep_key(work: UnitOfWork) -> None:
    """Raises Conflict if the key belongs to another request. A repeated preview is computed again."""
    promise = work.context.idempotency
    if promise is not None and idempotency.begin(work, promise) is None:
        idempotency.complete(work, promise, 200, b"")


def _begin(app: App, context: Context, change: Change, selection: Mapping[str, Any]) -> tuple[UUID, UUID]:
    promise = context.idempotency
    with app.work(context) as work:
        stored = idempotency.begin(work, promise) if promise else None
        if stored is not None:
            known = orjson.loads(stored.body)
            return UUID(known["id"]), UUID(known["task_id"])
        _check_day(work, change)
        bulk_change, task_id = performing.begin(work, change, plan(work, change, **selection))
        if promise:
            idempotency.complete(work, promise, 200, orjson.dumps({"id": bulk_change.id, "task_id": task_id}))
        return bulk_change.id, task_id


def _check_day(work: UnitOfWork, change: Change) -> None:
    if change.valid_from is not None and change.valid_from < work.today:
        raise Invalid({"valid_from": [f"Today is {work.today}. Choose today or a later date."]})


def _totals(rows: Iterable[BulkChangeRow]) -> list[dict[str, Any]]:
    """Returns the totals of each currency, in the order of the currencies' codes."""
    totals: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row.currency is None:
            continue
        empty = {"currency": row.currency, "rows": 0, "hours_last_12_months": Decimal(0), "revenue_effect": Decimal(0)}
        total = totals.setdefault(row.currency, empty)
        total["rows"] += 1
        total["hours_last_12_months"] += row.hours_last_12_months or 0
        total["revenue_effect"] += row.revenue_effect or 0
    return [totals[currency] for currency in sorted(totals)]
