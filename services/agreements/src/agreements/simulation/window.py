"""The months that a simulation covers, and the terms of an agreement within them. Pure: no session, no clock."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from agreements.agreement import hour_math as hm
from agreements.agreement.models import AGREED, AGREED_OF_SERVICE, ALLOW, MONTHS, Agreement, AgreementService
from agreements.agreement.renewal import same_length

REPLAY, PROJECT = "replay", "project"
MODES = (REPLAY, PROJECT)
KEPT = ("id", "client_id", "number", "currency", "status")
COPIED_OF_SERVICE = ("id", "position", "client_service_id", "service_id", *AGREED_OF_SERVICE)


@dataclass(frozen=True)
class Window:
    """Whole calendar months from `first` on."""

    first: date
    months: int

    @cached_property
    def starts(self) -> list[date]:
        return [hm.anniversary(self.first, month) for month in range(self.months)]

    @cached_property
    def last(self) -> date:
        return hm.anniversary(self.first, self.months) - timedelta(days=1)

    def month_of(self, day: date) -> int:
        return bisect_right(self.starts, day) - 1


def past(today: date, months: int, since: date | None) -> Window:
    """Returns the last whole months before the present one, without those before the month of `since`."""
    this = today.replace(day=1)
    first = hm.anniversary(this, -months)
    if since is not None and first < since < this:
        first = since.replace(day=1)
    return Window(first, (this.year - first.year) * 12 + this.month - first.month)


def coming(today: date, months: int) -> Window:
    """Returns the months after the present one."""
    return Window(hm.anniversary(today.replace(day=1), 1), months)


def terms_within(agreement: Agreement, window: Window) -> list[Agreement]:
    """Returns unsaved agreements with the same terms: the first starts with the window, and each follows the last.

    Work on services that they do not cover is billed outside of them, whatever the policy says.
    """
    first, terms = window.first, []
    while first <= window.last:
        end = agreement.end_date and same_length(agreement.start_date, agreement.end_date, first)
        terms.append(_copy(agreement, first, end))
        if end is None:
            break
        first = end + timedelta(days=1)
    return terms


def _copy(agreement: Agreement, first: date, last: date | None) -> Agreement:
    copy = Agreement(**{name: getattr(agreement, name) for name in (*KEPT, *AGREED)})
    copy.start_date, copy.end_date, copy.uncovered_policy = first, last, ALLOW
    copy.services = [
        AgreementService(**{name: getattr(row, name) for name in COPIED_OF_SERVICE}) for row in agreement.services
    ]
    return copy


def billing_days(term: Agreement, window: Window) -> Iterator[date]:
    """Yields the days of the window on which the recurring amount is due.

    An amount without a frequency is the price of the whole term, due on its first day.
    """
    last = min(term.end_date or window.last, window.last)
    each = MONTHS[term.frequency] if term.frequency else None
    day, number = term.start_date, 0
    while day <= last:
        yield day
        if each is None:
            return
        number += 1
        day = hm.anniversary(term.start_date, number * each)
