"""Hours of an agreement period by period, for the usage chart."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from agreements.agreement import hour_math as hm
from agreements.agreement.hour_models import ADJUSTMENT, DRAW, EXPIRY, GRANT, KINDS, REVERSAL, ROLLOVER, HourEntry
from agreements.agreement.models import Agreement
from agreements.work.models import TimeEntry
from common.uow import UnitOfWork

MOST_PERIODS = 36


def of(work: UnitOfWork, agreement: Agreement) -> list[dict[str, Any]]:
    """Returns the last 36 grant periods, oldest first. Without agreed hours there are none.

    `remaining` is what is left of the period's own hours. Hours of blocks are apart, in the period they moved in.
    """
    period = HourEntry.period_start
    rows = (
        select(
            period,
            func.lead(period).over(order_by=period).label("next_start"),
            _sum(GRANT).label("granted"),
            _sum(ROLLOVER).label("rolled_over"),
            _sum(ADJUSTMENT).label("adjusted"),
            (-_sum(DRAW, REVERSAL)).label("used"),
            (-_sum(EXPIRY)).label("expired"),
            _sum(*KINDS).label("remaining"),
            _sum(GRANT, ADJUSTMENT, bought=True).label("bought"),
            (-_sum(DRAW, REVERSAL, bought=True)).label("from_blocks"),
            (-_sum(EXPIRY, bought=True)).label("blocks_expired"),
        )
        .where(HourEntry.agreement_id == agreement.id)
        .group_by(period)
        .order_by(period.desc())
        .limit(MOST_PERIODS)
        .subquery()
    )
    within = and_(
        TimeEntry.agreement_id == agreement.id,
        TimeEntry.deleted_at.is_(None),
        TimeEntry.worked_on >= rows.c.period_start,
        or_(rows.c.next_start.is_(None), TimeEntry.worked_on < rows.c.next_start),
    )
    overage = select(func.coalesce(func.sum(TimeEntry.overage_hours), hm.ZERO)).where(within).scalar_subquery()
    found = work.session.execute(select(rows, overage.label("overage")).order_by(rows.c.period_start))
    return [
        {
            "period_start": row.period_start,
            "hours_granted": row.granted,
            "hours_rolled_over": row.rolled_over,
            "hours_adjusted": row.adjusted,
            "hours_used": row.used,
            "hours_expired": row.expired,
            "hours_remaining": row.remaining,
            "hours_bought": row.bought,
            "hours_used_from_blocks": row.from_blocks,
            "hours_expired_in_blocks": row.blocks_expired,
            "hours_overage": row.overage,
        }
        for row in found
    ]


def _sum(*kinds: str, bought: bool = False) -> ColumnElement[Any]:
    """Returns the sum of the rows of these kinds: those of blocks, or else of the period's own hours."""
    of_blocks = HourEntry.block_id.is_not(None) if bought else HourEntry.block_id.is_(None)
    return func.coalesce(func.sum(HourEntry.hours).filter(HourEntry.kind.in_(kinds), of_blocks), hm.ZERO)
