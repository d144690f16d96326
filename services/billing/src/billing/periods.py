"""Billing periods: half-open, counted from the anchor, limited to the month's end. Pure: no clock."""

from calendar import monthrange
from datetime import date, timedelta

MONTHS = {"monthly": 1, "quarterly": 3, "semi_annual": 6, "annual": 12, "biennial": 24, "triennial": 36}
DAYS = {"weekly": 7, "biweekly": 14, "30_days": 30}

Period = tuple[date, date]
"""[start, end): the end belongs to the next period."""


def clamped(year: int, month: int, day: int) -> date:
    """Returns that day, or the month's last day. A `month` outside 1..12 changes the year."""
    years, month0 = divmod(month - 1, 12)
    year += years
    return date(year, month0 + 1, min(day, monthrange(year, month0 + 1)[1]))


def add_months(anchor: date, months: int, day: int | None = None) -> date:
    """Adds months; `day` is the wanted day if the anchor was limited (31 for a start on 28 February)."""
    return clamped(anchor.year, anchor.month + months, day or anchor.day)


def boundary(anchor: date, cycle: str, k: int, day: int | None = None) -> date:
    """Returns the start of the k-th period, from the anchor, so that 31 January never becomes 28 March."""
    if cycle in DAYS:
        return anchor + timedelta(days=DAYS[cycle] * k)
    return add_months(anchor, MONTHS[cycle] * k, day)


def period(anchor: date, cycle: str, k: int, day: int | None = None) -> Period:
    return boundary(anchor, cycle, k, day), boundary(anchor, cycle, k + 1, day)


def index_of(anchor: date, cycle: str, on: date, day: int | None = None) -> int:
    """Returns the number of the period with `on`; negative before the anchor."""
    if cycle in DAYS:
        return (on - anchor).days // DAYS[cycle]
    months = (on.year - anchor.year) * 12 + on.month - anchor.month
    k = months // MONTHS[cycle]
    return k if boundary(anchor, cycle, k, day) <= on else k - 1


def containing(anchor: date, cycle: str, on: date, day: int | None = None) -> Period:
    return period(anchor, cycle, index_of(anchor, cycle, on, day), day)


def whole_periods(start: date, end: date, cycle: str) -> int:
    """Returns how many complete periods are between `start` and `end`."""
    return max(0, index_of(start, cycle, end))


def first_boundary(start: date, cycle: str, day: int) -> date:
    """Returns the first billing date on that day of the month, on or after `start`."""
    here = clamped(start.year, start.month, day)
    return here if here >= start else clamped(start.year, start.month + MONTHS[cycle], day)
