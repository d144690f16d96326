"""When work was done: hours on a day, or a start and an end in the MSP's time zone. Pure: no session, no clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from common.clock import date_in
from common.errors import Invalid

HOUR = timedelta(hours=1)
STEP = Decimal("0.01")
DAY = 24 * HOUR


@dataclass(frozen=True)
class Span:
    """The day and hours of some work, with its start and end if they are known, in UTC."""

    day: date
    hours: Decimal
    started_at: datetime | None = None
    ended_at: datetime | None = None


def of(
    zone: ZoneInfo,
    *,
    hours: Decimal | None,
    day: date | None,
    started_at: datetime | None,
    ended_at: datetime | None,
) -> Span:
    """Returns the span of either hours and a day, or a start and an end. Raises Invalid for anything else.

    A time without an offset is in `zone`. Work across midnight counts for the day on which it started.
    """
    if started_at is None and ended_at is None:
        if hours is None or day is None:
            missing = {"hours": hours, "worked_on": day}
            message = "Enter the hours and the day, or a start and an end."
            raise Invalid({name: [message] for name, value in missing.items() if value is None})
        return Span(day, hours)
    if started_at is None or ended_at is None:
        missing_end = "started_at" if started_at is None else "ended_at"
        raise Invalid({missing_end: ["Enter the start and the end, or only hours."]})
    start, end = instant(zone, started_at, "started_at"), instant(zone, ended_at, "ended_at")
    span = Span(date_in(zone, start), elapsed(start, end), start, end)
    if hours is not None and hours != span.hours:
        raise Invalid({"hours": [f"From start to end are {span.hours} hours. Leave out the hours."]})
    if day is not None and day != span.day:
        raise Invalid({"worked_on": [f"The work started on {span.day}. Leave out the day."]})
    return span


def instant(zone: ZoneInfo, time: datetime, field: str) -> datetime:
    """Returns the time in UTC. Raises Invalid for a local time that the clocks skip or show twice."""
    if time.tzinfo is not None:
        return time.astimezone(UTC)
    first, second = (time.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    shown = f"{time:%H:%M} on {time:%Y-%m-%d}"
    if first.astimezone(zone).replace(tzinfo=None) != time:
        raise Invalid({field: [f"{shown} does not exist: the clocks go forward over it. Choose a later time."]})
    offsets = " or ".join(moment.astimezone(zone).isoformat()[-6:] for moment in (first, second))
    message = f"{shown} occurs twice, because the clocks go back. Add the offset ({offsets}), or enter hours."
    raise Invalid({field: [message]})


def elapsed(start: datetime, end: datetime) -> Decimal:
    """Returns the hours from start to end in steps of 0.01. Raises Invalid for `ended_at` if that is not 0.01 to 24."""
    if end <= start:
        raise Invalid({"ended_at": ["The end must be after the start. For work past midnight, enter the next day."]})
    if end - start > DAY:
        raise Invalid({"ended_at": ["An entry has at most 24 hours. Log the work of each day."]})
    hours = (Decimal((end - start) // timedelta(seconds=1)) / 3600).quantize(STEP, ROUND_HALF_UP)
    if not hours:
        raise Invalid({"ended_at": ["The shortest entry has 0.01 hours, which is 36 seconds."]})
    return hours
