"""The job that starts and ends scheduled rates at the MSP's midnight and catches up on missed days."""

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import joinedload

from clients.inbound.replicas import CatalogService
from clients.rate_card import events
from clients.rate_card.inheriting import await_catalog
from clients.rate_card.models import ClientService
from clients.scheduled_rate.running import catch_up
from common.app import App, Tick
from common.context import Context
from common.jobs import Job, Outcome, perform
from common.roles import MANAGERS
from common.uow import UnitOfWork

PORTION = 200


def _run(app: App, context: Context, as_of: date, dry_run: bool) -> Outcome:
    """Applies due rates in portions. A row applied by a concurrent run is no longer due, so each step happens once."""
    rows = steps = 0
    last: UUID | None = None
    while True:
        with app.work(context) as work:
            ids = list(work.session.scalars(_due(as_of, after=last).order_by(ClientService.id).limit(PORTION)))
            if not ids:
                return Outcome({"rows": rows, "steps": steps})
            counts = [] if dry_run else apply(work, ids, as_of)
            rows += len(ids) if dry_run else sum(1 for count in counts if count)
            steps += sum(counts)
        last = ids[-1]


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


RATE_CHANGES = Job("rate_changes", MANAGERS, _run)


def _tick(app: App) -> None:
    """Runs the job if a rate is due, so that the list of runs has no empty runs."""
    context = Context()
    with app.work(context) as work:
        due = work.session.scalar(_due(work.today).limit(1))
    if due is not None:
        perform(app, context, RATE_CHANGES, None)


RATE_TICK = Tick("rate_changes", timedelta(minutes=1), _tick)
