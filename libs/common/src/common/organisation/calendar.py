"""The organisation's calendar: fiscal years, business hours and holidays. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from typing import Any

from babel.dates import format_time, get_timezone_name

from common.organisation.settings import WEEKDAYS, Opening, Organisation

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BusinessDay:
    """A calendar day: its openings (none on a holiday), and the holiday's name if it is one."""

    day: date
    openings: tuple[Opening, ...]
    holiday: str | None


def fiscal_year(organisation: Organisation, day: date) -> int:
    """Returns the fiscal year of a day. It has the number of the calendar year in which it ends."""
    month, first = map(int, organisation.fiscal_year_start.split("-"))
    if (month, first) == (1, 1):
        return day.year
    return day.year + ((day.month, day.day) >= (month, first))


def holiday_on(organisation: Organisation, day: date) -> str | None:
    """Returns the name of the holiday, the organisation's own first, or None."""
    for own in organisation.own_holidays:
        if own.day == day or (own.every_year and (own.day.month, own.day.day) == (day.month, day.day)):
            return own.name
    if organisation.holiday_country is None:
        return None
    return _public(organisation.holiday_country, organisation.holiday_subdivision, day.year).get(day)


def days(organisation: Organisation, first: date, last: date) -> Iterator[BusinessDay]:
    """Yields the days from `first` to `last`, both included."""
    day = first
    while day <= last:
        holiday = holiday_on(organisation, day)
        weekday = WEEKDAYS[day.weekday()]
        open_then = tuple(each for each in organisation.business_hours if each.weekday == weekday)
        yield BusinessDay(day, () if holiday else open_then, holiday)
        day += DAY


@lru_cache(maxsize=64)
def _public(country: str, subdivision: str | None, year: int) -> dict[date, str]:
    import holidays  # noqa: PLC0415 - large, and few processes ask

    known = holidays.country_holidays(country, subdiv=subdivision, years=year, language=_language(country))
    return {day: str(name) for day, name in known.items()}


@lru_cache(maxsize=1)
def countries() -> dict[str, tuple[str, ...]]:
    """Returns the countries with known public holidays (ISO 3166), each with its subdivisions' codes."""
    import holidays  # noqa: PLC0415

    found: dict[str, Any] = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(parts) for country, parts in sorted(found.items())}


@lru_cache(maxsize=256)
def _language(country: str) -> str | None:
    """Returns the English in which the library names a country's holidays; None takes the country's own language."""
    import holidays  # noqa: PLC0415

    offered = holidays.list_localized_countries(include_aliases=False).get(country, [])
    return next((language for language in ("en_US", "en_GB") if language in offered), None)


def hours_text(organisation: Organisation) -> str:
    """Returns the business hours for people: "Monday to Friday 9:00 AM – 5:00 PM (Eastern Time)"."""
    by_day = {name: _spans(organisation, name) for name in WEEKDAYS}
    groups: list[tuple[str, str, str]] = []
    for name, spans in by_day.items():
        if spans and groups and groups[-1][2] == spans and WEEKDAYS.index(groups[-1][1]) == WEEKDAYS.index(name) - 1:
            groups[-1] = (groups[-1][0], name, spans)
        elif spans:
            groups.append((name, name, spans))
    zone = get_timezone_name(organisation.time_zone, width="long", zone_variant="generic", locale="en")
    shown = ", ".join(f"{_range(first, last)} {spans}" for first, last, spans in groups)
    return f"{shown} ({zone})" if shown else ""


def _range(first: str, last: str) -> str:
    return first.capitalize() if first == last else f"{first.capitalize()} to {last.capitalize()}"


def _spans(organisation: Organisation, weekday: str) -> str:
    chosen: Sequence[Opening] = [each for each in organisation.business_hours if each.weekday == weekday]
    return " and ".join(f"{_clock(each.opens, organisation)} – {_clock(each.closes, organisation)}" for each in chosen)


def _clock(text: str, organisation: Organisation) -> str:
    hour, minute = map(int, text.split(":"))
    locale = organisation.locale.replace("-", "_")
    shown = format_time(time(hour % 24, minute), "short", locale=locale if locale.startswith("en") else "en")
    return shown.replace("\u202f", " ")
