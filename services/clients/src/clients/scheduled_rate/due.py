"""The job that starts and ends scheduled rates at the MSP's midnight and catches up on missed days."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from clients.inbound.replicas import CatalogService
from clients.rate_card import events
from clients.rate_card.inheriting import await_catalog
from clients.rate_card.models import ClientService
from clients.scheduled_rate.running import catch_up
from common.app import Tick
from common.jobs import job, outcome
from common.roles import MANAGERS
from common.tasks.execution import Execution
from common.uow import UnitOfWork

PORTION = 200


def _run(execution: Execution, as_of: date, dry_run: bool) -> None:
    """Applies due rates in portions. A row applied by a concurrent run is no longer due, so each step happens once."""
    execution.transact(partial(_begin, execution, as_of, dry_run))
    last: UUID | None = None
    while True:
        ids = execution.transact(partial(_portion, execution, as_of, last, dry_run))
        if not ids:
            return
        last = ids[-1]


def _begin(execution: Execution, as_of: date, dry_run: bool, work: UnitOfWork) -> None:
    due = work.session.scalar(select(func.count()).select_from(_due(as_of).subquery())) or 0
    execution.expect(work, due, afresh=dry_run)


def _portion(execution: Execution, as_of: date, after: UUID | None, dry_run: bool, work: UnitOfWork) -> list[UUID]:
    ids = list(work.session.scalars(_due(as_of, after).order_by(ClientService.id).limit(PORTION)))
    counts = [] if dry_run else apply(work, ids, as_of)
    rows = len(ids) if dry_run else sum(1 for count in counts if count)
    execution.advance(work, len(ids), outcome({"rows": rows, "steps": sum(counts)}))
    return ids


def apply(work: UnitOfWork, ids: list[UUID], as_of: date) -> list[int]:
    """Applies due rates of the rows. Returns the number of steps of each row that was still due when it was locked."""
    await_catalog(work)
    rows = work.session.scalars(
        select(ClientService)
        .where(ClientService.id.in_(ids), _is_due(as_of))
        .order_by(ClientService.id)
        .options(joinedload(ClientService.client, innerjoin=True))
        .with_for_update(of=ClientService)
        .execution_options(populate_existing=True)
    ).all()
    services = {
        service.id: service
        for service in work.session.scalars(
            select(CatalogService).where(CatalogService.id.in_({row.service_id for row in rows if row.service_id}))
        )
    }
    steps = [
        catch_up(work, row, services.get(row.service_id) if row.service_id else None, row.client.currency, as_of)
        for row in rows
    ]
    events.announce(work, [row for row, count in zip(rows, steps, strict=True) if count])
    return steps


def _due(as_of: date, after: UUID | None = None) -> Select[UUID]:
    statement = select(ClientService.id).where(_is_due(as_of))
    return statement.where(ClientService.id > after) if after else statement


def _is_due(as_of: date) -> ColumnElement[bool]:
    return or_(ClientService.next_rate_from <= as_of, ClientService.custom_rate_valid_until <= as_of)


RATE_CHANGES = job("rate_changes", "Scheduled rate changes", MANAGERS, _run, ("rows", "steps"))


def _what_is_due(work: UnitOfWork) -> dict[str, Any] | None:
    due = work.session.scalar(_due(work.today).limit(1))
    return None if due is None else {"as_of": work.today, "dry_run": False}


RATE_TICK = Tick(RATE_CHANGES, timedelta(minutes=1), _what_is_due)
