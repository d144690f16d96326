"""Used and remaining hours of many agreements, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Executable, Uuid, and_, case, func, literal, or_, select, true, union_all

from agreements.agreement import hour_math as hm
from agreements.agreement.block_models import HourBlock
from agreements.agreement.hour_models import DRAW, GRANT, REVERSAL, HourEntry
from agreements.agreement.models import DRAFT, Agreement
from agreements.work.models import TimeEntry
from common.uow import UnitOfWork


@dataclass
class Figures:
    """Hours of the current grant period and of open blocks.

    `entitled` and `remaining` are None without agreed hours.
    """

    used: Decimal = hm.ZERO
    overage: Decimal = hm.ZERO
    entitled: Decimal | None = None
    remaining: Decimal | None = None
    period_start: date | None = None
    used_by_service: dict[UUID | None, Decimal] = field(default_factory=dict)
    left_by_account: dict[UUID | None, Decimal] = field(default_factory=dict)
    entitled_by_account: dict[UUID | None, Decimal] = field(default_factory=dict)

    @property
    def remaining_percent(self) -> Decimal | None:
        if self.remaining is None or self.entitled is None:
            return None
        return hm.percent(self.remaining, self.entitled)

    @property
    def remaining_level(self) -> str | None:
        percent = self.remaining_percent
        return None if percent is None else hm.level(percent)


def of(work: UnitOfWork, agreements: Sequence[Agreement]) -> dict[UUID, Figures]:
    """Returns the figures by agreement id."""
    work.session.flush()
    found = {agreement.id: _empty(agreement) for agreement in agreements}
    if not found:
        return found
    for row in work.session.execute(_ledger(list(found), work.today)):
        _count_ledger(found[row.agreement_id], row)
    blocks = {agreement.id for agreement in agreements if agreement.has_hours}
    for row in work.session.execute(_time(list(found), work.today)):
        _count_time(found[row.agreement_id], row, block=row.agreement_id in blocks)
    return found


def _empty(agreement: Agreement) -> Figures:
    if not agreement.has_hours:
        return Figures()
    if agreement.status != DRAFT:
        return Figures(entitled=hm.ZERO, remaining=hm.ZERO)
    planned: dict[UUID | None, Decimal] = {
        row.client_service_id: row.hours_allocated or hm.ZERO for row in agreement.services
    }
    return Figures(entitled=agreement.total_hours, remaining=agreement.total_hours, left_by_account=planned)


def _count_ledger(figures: Figures, row: Any) -> None:
    if row.bought:
        _count_block(figures, row)
        return
    figures.period_start = row.period_start
    if row.drawn:
        figures.used -= row.hours
        service = row.client_service_id
        figures.used_by_service[service] = figures.used_by_service.get(service, hm.ZERO) - row.hours
    else:
        figures.entitled = (figures.entitled or hm.ZERO) + row.hours
        entitled = figures.entitled_by_account
        entitled[row.account_id] = entitled.get(row.account_id, hm.ZERO) + row.hours
    figures.remaining = (figures.remaining or hm.ZERO) + row.hours
    left = figures.left_by_account
    left[row.account_id] = left.get(row.account_id, hm.ZERO) + row.hours


def _count_block(figures: Figures, row: Any) -> None:
    """Counts the draws of the period, or (without a period) what is left in open blocks."""
    figures.entitled = (figures.entitled or hm.ZERO) + row.hours.copy_abs()
    if row.period_start is None:
        figures.remaining = (figures.remaining or hm.ZERO) + row.hours
        return
    figures.used -= row.hours
    service = row.client_service_id
    figures.used_by_service[service] = figures.used_by_service.get(service, hm.ZERO) - row.hours


def _count_time(figures: Figures, row: Any, *, block: bool) -> None:
    figures.overage += row.overage
    if not block:
        figures.used += row.hours
        figures.used_by_service[row.client_service_id] = row.hours


def _periods(agreement_ids: list[UUID], today: date) -> Any:
    """Returns each agreement's current period: the newest granted one that has started, else the first."""
    begun = case((HourEntry.period_start <= today, HourEntry.period_start))
    current = func.coalesce(func.max(begun), func.min(HourEntry.period_start)).label("period_start")
    statement = select(HourEntry.agreement_id, current).where(HourEntry.kind == GRANT)
    return statement.where(HourEntry.agreement_id.in_(agreement_ids)).group_by(HourEntry.agreement_id).subquery()


def _ledger(agreement_ids: list[UUID], today: date) -> Executable:
    current = _periods(agreement_ids, today)
    drawn = HourEntry.kind.in_((DRAW, REVERSAL))
    bought = HourEntry.block_id.is_not(None)
    columns = (
        HourEntry.agreement_id,
        HourEntry.period_start,
        HourEntry.account_id,
        HourEntry.client_service_id,
        drawn.label("drawn"),
        bought.label("bought"),
    )
    same = and_(
        current.c.agreement_id == HourEntry.agreement_id,
        current.c.period_start == HourEntry.period_start,
    )
    of_period = select(*columns, func.sum(HourEntry.hours).label("hours")).join(current, same)
    of_period = of_period.where(or_(~bought, drawn)).group_by(*columns)
    return union_all(of_period, _left_in_blocks(agreement_ids, today))


def _left_in_blocks(agreement_ids: list[UUID], today: date) -> Any:
    """Returns what is left in the blocks that are open today, as rows of the ledger without a period."""
    columns = (
        HourBlock.agreement_id,
        literal(None, Date()).label("period_start"),
        literal(None, Uuid()).label("account_id"),
        literal(None, Uuid()).label("client_service_id"),
        literal(value=False).label("drawn"),
        true().label("bought"),
        func.sum(HourEntry.hours).label("hours"),
    )
    is_open = and_(
        HourBlock.agreement_id.in_(agreement_ids),
        HourBlock.bought_on <= today,
        or_(HourBlock.expires_on.is_(None), HourBlock.expires_on >= today),
    )
    moved = select(*columns).join(HourEntry, HourEntry.block_id == HourBlock.id)
    return moved.where(is_open).group_by(HourBlock.agreement_id)


def _time(agreement_ids: list[UUID], today: date) -> Executable:
    """Returns hours logged and overage since the current period, or since the start without periods."""
    current = _periods(agreement_ids, today)
    columns = (TimeEntry.agreement_id, TimeEntry.client_service_id)
    statement = select(
        *columns, func.sum(TimeEntry.hours).label("hours"), func.sum(TimeEntry.overage_hours).label("overage")
    )
    statement = statement.outerjoin(current, current.c.agreement_id == TimeEntry.agreement_id)
    live = and_(TimeEntry.agreement_id.in_(agreement_ids), TimeEntry.deleted_at.is_(None))
    in_period = TimeEntry.worked_on >= func.coalesce(current.c.period_start, date.min)
    return statement.where(live, in_period).group_by(*columns)
