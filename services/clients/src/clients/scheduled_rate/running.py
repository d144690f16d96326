"""Starts and ends scheduled rates, each once, in the order of their dates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, or_, select, update

from clients.inbound.replicas import DELETED, CatalogService
from clients.rate_card.history import remember
from clients.rate_card.models import ClientService
from clients.scheduled_rate.models import ENDED, RUNNING, SCHEDULED, SUPERSEDED, ScheduledRate
from common.context import Actor
from common.uow import UnitOfWork


def open_rates(work: UnitOfWork, row: ClientService) -> Sequence[ScheduledRate]:
    """Returns the scheduled and running rates by start date. The caller holds the row's lock."""
    statement = (
        select(ScheduledRate)
        .where(ScheduledRate.client_service_id == row.id, ScheduledRate.status.in_((SCHEDULED, RUNNING)))
        .order_by(ScheduledRate.valid_from)
        .execution_options(populate_existing=True)
    )
    return work.session.scalars(statement).all()


def catch_up(work: UnitOfWork, row: ClientService, service: CatalogService | None, currency: str, until: date) -> int:
    """Starts and ends the rates of a locked row that are due by `until`, oldest first; returns the number of steps."""
    rates = open_rates(work, row)
    steps = 0
    while (step := _next_step(rates, until)) is not None:
        before = row.effective_rate
        _end(work, row, step) if step.status == RUNNING else _begin(work, row, step, rates)
        if service is not None and service.status != DELETED:
            row.compare_with_catalog(service.rate_in(currency))
        remember(work, row, before, _reason(step), by=Actor(step.created_by, step.created_by_name))
        steps += 1
    show_next(row, rates)
    return steps


def show_next(row: ClientService, rates: Sequence[ScheduledRate]) -> None:
    """Sets the row's next rate and its date, by which the job finds due rows."""
    nearest = min((rate for rate in rates if rate.status == SCHEDULED), key=lambda r: r.valid_from, default=None)
    row.next_rate_from = nearest.valid_from if nearest else None
    row.next_custom_rate = nearest.custom_rate if nearest else None


def not_in_steps(work: UnitOfWork, client_id: UUID, unit: Decimal) -> int:
    """Returns the number of a client's future rates that are not multiples of `unit`.

    These are scheduled rates and rates that apply again after a running one.
    """
    to_begin = (ScheduledRate.status == SCHEDULED) & (func.mod(ScheduledRate.custom_rate, unit) != 0)
    to_return = (ScheduledRate.status == RUNNING) & ScheduledRate.valid_until.is_not(None)
    to_return &= func.mod(ScheduledRate.former_rate, unit) != 0
    statement = select(func.count()).select_from(ScheduledRate).join(ClientService)
    return work.session.scalar(statement.where(ClientService.client_id == client_id, or_(to_begin, to_return))) or 0


def supersede(work: UnitOfWork, row: ClientService) -> None:
    """Marks the running scheduled rate as superseded, because another rate was set."""
    if row.custom_rate_valid_from is None:
        return
    work.session.execute(
        update(ScheduledRate)
        .where(ScheduledRate.client_service_id == row.id, ScheduledRate.status == RUNNING)
        .values(status=SUPERSEDED, ended_at=work.now, version=ScheduledRate.version + 1, updated_at=work.now)
    )
    row.custom_rate_valid_from = row.custom_rate_valid_until = None


def _next_step(rates: Sequence[ScheduledRate], until: date) -> ScheduledRate | None:
    """Returns the first due rate; on the same day, an end comes before a start."""
    due = [(rate.valid_until, 0, rate) for rate in rates if rate.status == RUNNING and rate.valid_until is not None]
    due += [(rate.valid_from, 1, rate) for rate in rates if rate.status == SCHEDULED]
    first = min(due, key=lambda entry: entry[:2], default=None)
    return first[2] if first is not None and first[0] <= until else None


def _begin(work: UnitOfWork, row: ClientService, step: ScheduledRate, rates: Sequence[ScheduledRate]) -> None:
    for other in rates:
        if other.status == RUNNING:
            other.status, other.ended_at = ENDED, work.now
    step.status, step.applied_at, step.former_rate = RUNNING, work.now, row.custom_rate
    row.negotiate(step.custom_rate)
    row.custom_rate_valid_from, row.custom_rate_valid_until = step.valid_from, step.valid_until


def _end(work: UnitOfWork, row: ClientService, step: ScheduledRate) -> None:
    step.status, step.ended_at = ENDED, work.now
    row.negotiate(_former(row, step))
    row.custom_rate_valid_from = row.custom_rate_valid_until = None


def _former(row: ClientService, step: ScheduledRate) -> Decimal | None:
    """Returns the rate before the scheduled one. A custom service keeps its rate, because it has no default rate."""
    return row.custom_rate if row.is_custom and step.former_rate is None else step.former_rate


def _reason(step: ScheduledRate) -> str:
    reason = f": {step.reason}" if step.reason else ""
    if step.status == ENDED:
        return f"Scheduled rate ended on {step.valid_until}{reason}"
    return f"Scheduled for {step.valid_from}{reason}"
