"""Hours of an agreement period by period, for the usage chart."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from agreements.agreement import hour_math as hm
from agreements.agreement.hour_models import ADJUSTMENT, DRAW, EXPIRY, GRANT, REVERSAL, ROLLOVER, HourEntry
from agreements.agreement.models import Agreement
from agreements.work.models import TimeEntry
from common.uow import UnitOfWork

MOST_PERIODS = 36


def of(work: UnitOfWork, agreement: Agreement) -> list[dict[str, Any]]:
    """Returns the last 36 grant periods, oldest first. Without agreed hours there are none.

    `hours_remaining` is the sum of the others, as in the ledger: expired and drawn hours count negative there.
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
            func.sum(HourEntry.hours).label("remaining"),
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
            "hours_overage": row.overage,
        }
        for row in found
    ]


def _sum(*kinds: str) -> ColumnElement[Any]:
    return func.coalesce(func.sum(HourEntry.hours).filter(HourEntry.kind.in_(kinds)), hm.ZERO)
