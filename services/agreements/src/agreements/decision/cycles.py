"""Cycles: the term of an agreement that ends, or the year up to the review of an open-ended one."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Date, Integer, Subquery, case, cast, func, literal, select

from agreements.access import of_own_clients
from agreements.agreement.models import IN_FORCE, Agreement
from common.uow import UnitOfWork

END, REVIEW = "end", "review"
KINDS = (END, REVIEW)
OVERDUE, LATER = "overdue", "later"
BUCKETS: Mapping[str, tuple[int | None, int]] = {
    OVERDUE: (None, -1),
    "0_30": (0, 30),
    "31_60": (31, 60),
    "61_90": (61, 90),
}
"""The first and the last day of each bucket, counted from today to the day of the decision."""
HORIZON = 90


def bucket_of(decide_by: date, today: date) -> str:
    """Returns the bucket of a decision that is due on `decide_by`."""
    days = (decide_by - today).days
    return next((name for name, (_, last) in BUCKETS.items() if days <= last), LATER)


def present(work: UnitOfWork) -> Subquery:
    """Returns the cycle of each agreement in force that the actor may see, with the day of its decision.

    An open-ended agreement is reviewed on each anniversary of its start. A review stays the present one until the
    next comes into view, so that a missed one is overdue and not forgotten.
    """
    horizon = literal(work.today + timedelta(days=HORIZON), Date) + Agreement.notice_days
    years = func.greatest(1, cast(func.extract("year", func.age(horizon, Agreement.start_date)), Integer))
    anniversary = cast(Agreement.start_date + func.make_interval(years), Date)
    ends_on = case((Agreement.end_date.is_not(None), Agreement.end_date), else_=anniversary)
    kind = case((Agreement.end_date.is_not(None), END), else_=REVIEW)
    columns: list[Any] = [
        Agreement.id,
        kind.label("kind"),
        ends_on.label("ends_on"),
        cast(ends_on - Agreement.notice_days, Date).label("decide_by"),
    ]
    own = of_own_clients(work, Agreement.client_id)
    return select(*columns).where(Agreement.status.in_(IN_FORCE), own).subquery("cycle")
