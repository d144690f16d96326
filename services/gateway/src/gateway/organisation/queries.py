"""Reading the organisation's settings and calendar."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pycountry

from common.countries import country_name
from common.errors import Invalid
from common.organisation import calendar, stored
from common.organisation.stored import Stored
from common.texts import folded
from common.uow import UnitOfWork
from gateway.organisation import events

MOST_DAYS = 800


def shown(found: Stored) -> dict[str, Any]:
    """Returns the settings as the API's schema dumps them."""
    return {**events.state(found.settings, found.version), "updated_at": found.updated_at}


def business_days(work: UnitOfWork, start: date, end: date) -> list[calendar.BusinessDay]:
    if not 0 <= (end - start).days < MOST_DAYS:
        raise Invalid({"end": [f"Choose a day from {start} to {MOST_DAYS - 1} days later."]})
    return list(calendar.days(work.organisation, start, end))


def holiday_countries() -> list[dict[str, Any]]:
    """Returns the countries whose public holidays are known, by English name, with their subdivisions."""
    found = [
        {"code": code, "name": country_name(code), "subdivisions": [_subdivision(code, part) for part in parts]}
        for code, parts in calendar.countries().items()
    ]
    return sorted(found, key=lambda one: folded(one["name"]))


def _subdivision(country: str, code: str) -> dict[str, str]:
    known = pycountry.subdivisions.get(code=f"{country}-{code}")  # type: ignore[no-untyped-call]
    return {"code": code, "name": known.name if known else code}


def republish(work: UnitOfWork) -> Iterator[None]:
    """Publishes the settings again, if any have been saved."""
    found = stored.read(work.session)
    if found.version:
        work.emit(events.CHANGED, events.state(found.settings, found.version))
    yield
