"""Time zones and languages with English names."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import get_timezone_name
from babel.localedata import locale_identifiers

from common.texts import folded

_REGIONS = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)


@lru_cache(maxsize=1)
def time_zones() -> dict[str, str]:
    """Returns the time zones of the tz database with English names, without aliases such as "EST5EDT"."""
    places = [zone for zone in available_timezones() if zone.partition("/")[0] in _REGIONS]
    return {zone: get_timezone_name(ZoneInfo(zone), locale="en") for zone in ("UTC", *sorted(places))}


def offset(zone: str, at: datetime) -> str:
    """Returns the offset from UTC, such as "-05:00"."""
    return at.astimezone(ZoneInfo(zone)).isoformat()[-6:]


@lru_cache(maxsize=1)
def languages() -> dict[str, str]:
    """Returns English names by BCP 47 tag, sorted by name."""
    names = {}
    for identifier in locale_identifiers():
        name = Locale.parse(identifier).get_display_name("en")
        if name:
            names[identifier.replace("_", "-")] = name
    return dict(sorted(names.items(), key=lambda item: folded(item[1])))
