"""Days on which something recurs. Pure: no session, no clock."""

from collections.abc import Iterator
from datetime import date, timedelta

from agreements.agreement.hour_math import anniversary

DAYS, WEEKS, MONTHS = "days", "weeks", "months"
UNITS = (DAYS, WEEKS, MONTHS)
LENGTH = {DAYS: 1, WEEKS: 7}


def occurrence(anchor: date, every: int, unit: str, k: int) -> date:
    """Returns the k-th day, counted from the anchor, so that 31 January is followed by 28 February and 31 March."""
    if unit == MONTHS:
        return anniversary(anchor, every * k)
    return anchor + timedelta(days=LENGTH[unit] * every * k)


def first_from(anchor: date, every: int, unit: str, day: date) -> int:
    """Returns the number of the first occurrence on or after `day`; 0 for a day before the anchor."""
    if day <= anchor:
        return 0
    if unit == MONTHS:
        k = ((day.year - anchor.year) * 12 + day.month - anchor.month) // every
    else:
        k = (day - anchor).days // (LENGTH[unit] * every)
    return k if occurrence(anchor, every, unit, k) >= day else k + 1


def occurrences(anchor: date, every: int, unit: str, k: int, last: date) -> Iterator[tuple[int, date]]:
    """Yields the k-th and later occurrences until `last`, with their numbers."""
    while (day := occurrence(anchor, every, unit, k)) <= last:
        yield k, day
        k += 1
