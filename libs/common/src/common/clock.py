"""The only source of the current time."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the current time; a test passes its own."""


def now() -> datetime:
    """Returns the current time, aware, in UTC."""
    return datetime.now(UTC)


def date_in(zone: ZoneInfo, instant: datetime) -> date:
    """Returns the calendar date of `instant` in `zone`."""
    return instant.astimezone(zone).date()
