"""Scheduled rates taking effect and ending, each once, in the order of their days."""

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
    """Those that run or are to run, in the order of their days; the caller holds the row's lock."""
    statement = (
        select(ScheduledRate)
        .where(ScheduledRate.client_service_id == row.id, ScheduledRate.status.in_((SCHEDULED, RUNNING)))
        .order_by(ScheduledRate.valid_from)
        .execution_options(populate_existing=True)
    )
    return work.session.scalars(statement).all()


def catch_up(work: UnitOfWork, row: ClientService, service: CatalogService | None, currency: str, until: date) -> int:
    """Does what is due on a locked row on or before `until`, oldest first; gives the number of steps taken."""
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
    """Tells the row when its rate changes next, which is also how due ones are found."""
    nearest = min((rate for rate in rates if rate.status == SCHEDULED), key=lambda r: r.valid_from, default=None)
    row.next_rate_from = nearest.valid_from if nearest else None
    row.next_custom_rate = nearest.custom_rate if nearest else None


def not_in_steps(work: UnitOfWork, client_id: UUID, unit: Decimal) -> int:
    """How many of a client's rates that are to hold one day have digits below `unit`: those that have not begun, and
    what the end of a running one brings back."""
    to_begin = (ScheduledRate.status == SCHEDULED) & (func.mod(ScheduledRate.custom_rate, unit) != 0)
    to_return = (ScheduledRate.status == RUNNING) & ScheduledRate.valid_until.is_not(None)
    to_return &= func.mod(ScheduledRate.former_rate, unit) != 0
    statement = select(func.count()).select_from(ScheduledRate).join(ClientService)
    return work.session.scalar(statement.where(ClientService.client_id == client_id, or_(to_begin, to_return))) or 0


def supersede(work: UnitOfWork, row: ClientService) -> None:
    """Another rate was agreed while a scheduled one ran: its end is to bring nothing back."""
    if row.custom_rate_valid_from is None:
        return
    work.session.execute(
        update(ScheduledRate)
        .where(ScheduledRate.client_service_id == row.id, ScheduledRate.status == RUNNING)
        .values(status=SUPERSEDED, ended_at=work.now, version=ScheduledRate.version + 1, updated_at=work.now)
    )
    row.custom_rate_valid_from = row.custom_rate_valid_until = None


def _next_step(rates: Sequence[ScheduledRate], until: date) -> ScheduledRate | None:
    """What comes first; on one day an end comes before a beginning."""
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
    """A custom service always had a rate."""
    return row.custom_rate if row.is_custom and step.former_rate is None else step.former_rate


def _reason(step: ScheduledRate) -> str:
    told = f": {step.reason}" if step.reason else ""
    if step.status == ENDED:
        return f"Scheduled rate ended on {step.valid_until}{told}"
    return f"Scheduled for {step.valid_from}{told}"
