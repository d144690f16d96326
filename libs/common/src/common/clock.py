"""The only source of "now"."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return datetime.now(UTC)


def date_in(zone: ZoneInfo, instant: datetime) -> date:
    """The calendar date that `instant` falls on for somebody living in `zone`."""
    return instant.astimezone(zone).date()
