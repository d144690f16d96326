"""Start and end become a day and hours, also on the nights when the clocks change."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.work import spans
from agreements.work.spans import Span
from common.errors import Invalid

NEW_YORK = ZoneInfo("America/New_York")
FIRST, LAST = datetime(2020, 1, 1), datetime(2030, 1, 1)  # noqa: DTZ001 - hypothesis makes times without a zone


def span(start: str | None, end: str | None, hours: str | None = None, day: date | None = None) -> Span:
    started_at = datetime.fromisoformat(start) if start else None
    ended_at = datetime.fromisoformat(end) if end else None
    amount = Decimal(hours) if hours else None
    return spans.of(NEW_YORK, hours=amount, day=day, started_at=started_at, ended_at=ended_at)


@pytest.mark.parametrize(
    ("start", "end", "day", "hours"),
    [
        ("2025-11-03T09:15", "2025-11-03T10:45", date(2025, 11, 3), "1.50"),
        ("2025-11-03T22:30", "2025-11-04T01:15", date(2025, 11, 3), "2.75"),  # counts for the day of the start
        ("2025-11-04T03:00Z", "2025-11-04T04:00Z", date(2025, 11, 3), "1.00"),  # still the 3rd in New York
        ("2025-11-01T23:00", "2025-11-02T03:00", date(2025, 11, 1), "5.00"),  # the clocks go back: an hour more
        ("2025-11-02T01:30-04:00", "2025-11-02T01:30-05:00", date(2025, 11, 2), "1.00"),
        ("2026-03-08T01:00", "2026-03-08T04:00", date(2026, 3, 8), "2.00"),  # the clocks go forward: an hour less
        ("2025-11-03T00:00", "2025-11-04T00:00", date(2025, 11, 3), "24.00"),
        ("2025-11-03T09:00", "2025-11-03T09:20", date(2025, 11, 3), "0.33"),
    ],
)
def test_the_hours_are_those_that_passed(start, end, day, hours):
    found = span(start, end)

    assert (found.day, found.hours) == (day, Decimal(hours))


@pytest.mark.parametrize(
    ("start", "end", "field", "says"),
    [
        ("2025-11-03T10:00", "2025-11-03T09:00", "ended_at", "The end must be after the start."),
        ("2025-11-03T10:00", "2025-11-03T10:00", "ended_at", "The end must be after the start."),
        ("2025-11-03T10:00", "2025-11-04T10:01", "ended_at", "at most 24 hours"),
        ("2025-11-03T10:00:00", "2025-11-03T10:00:17", "ended_at", "36 seconds"),
        ("2025-11-03T10:00", None, "ended_at", "Enter the start and the end"),
        (None, "2025-11-03T10:00", "started_at", "Enter the start and the end"),
        ("2025-11-02T01:30", "2025-11-02T04:00", "started_at", "occurs twice"),
        ("2025-11-02T00:30", "2025-11-02T01:30", "ended_at", "(-04:00 or -05:00)"),
        ("2026-03-08T02:30", "2026-03-08T04:00", "started_at", "does not exist"),
    ],
)
def test_times_that_are_none_are_refused(start, end, field, says):
    with pytest.raises(Invalid) as refused:
        span(start, end)

    assert list(refused.value.errors) == [field]
    assert says in refused.value.errors[field][0]


@pytest.mark.parametrize(
    ("given_values", "field"), [({"hours": "2"}, "hours"), ({"day": date(2025, 11, 4)}, "worked_on")]
)
def test_hours_and_days_that_differ_from_the_times_are_refused(given_values, field):
    with pytest.raises(Invalid) as refused:
        span("2025-11-03T09:00", "2025-11-03T10:00", **given_values)

    assert list(refused.value.errors) == [field]
    assert span("2025-11-03T09:00", "2025-11-03T10:00", hours="1", day=date(2025, 11, 3)).hours == 1


def test_without_times_hours_and_day_are_needed():
    with pytest.raises(Invalid) as refused:
        span(None, None)

    assert list(refused.value.errors) == ["hours", "worked_on"]


@given(start=st.datetimes(FIRST, LAST), minutes=st.integers(1, 24 * 60))
def test_instants_have_the_hours_between_them(start, minutes):
    begin = start.replace(tzinfo=UTC)
    end = begin + timedelta(minutes=minutes)

    found = spans.of(NEW_YORK, hours=None, day=None, started_at=begin, ended_at=end)

    assert (found.started_at, found.ended_at) == (begin, end)
    assert abs(found.hours - Decimal(minutes) / 60) <= Decimal("0.005")
    assert found.day == begin.astimezone(NEW_YORK).date()
