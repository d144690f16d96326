"""Changing the organisation's settings."""

from collections.abc import Mapping
from typing import Any

from common.errors import Invalid
from common.organisation import stored
from common.organisation.calendar import countries
from common.organisation.settings import DEFAULTS, STATE, WEEKDAYS, Organisation, of_values, to_json
from common.organisation.stored import Stored
from common.uow import UnitOfWork
from gateway.organisation import events

Errors = dict[str, list[str]]


def change(work: UnitOfWork, changes: Mapping[str, Any]) -> Stored:
    """Replaces the settings named in `changes`, whose values are those of the request's schema. Others stay.

    The first change also publishes the defaults as version 1, so that the history shows what each setting was.
    """
    present = stored.read(work.session, lock=True)
    work.check_version(present)
    if not present.version:
        present = _begin(work)
    settings = _merged(present.settings, changes)
    if settings == present.settings:
        return present
    version = present.version + 1
    stored.write(work.session, settings, version, work.now)
    work.emit(events.CHANGED, events.state(settings, version))
    return Stored(settings=settings, version=version, updated_at=work.now)


def _begin(work: UnitOfWork) -> Stored:
    if stored.write(work.session, DEFAULTS, 1, work.now):
        work.emit(events.CHANGED, events.state(DEFAULTS, 1))
        return stored.read(work.session, lock=True)
    present = stored.read(work.session, lock=True)
    work.check_version(present)  # another first change was faster
    return present


def _merged(present: Organisation, changes: Mapping[str, Any]) -> Organisation:
    """Returns the settings after the change. Raises Invalid for those that do not fit together."""
    values: dict[str, Any] = {**STATE.load(to_json(present)), **changes}
    if values["holiday_country"] != present.holiday_country and "holiday_subdivision" not in changes:
        values["holiday_subdivision"] = None
    errors = _opening_errors(values["business_hours"]) | _holiday_errors(values)
    errors |= _instruction_errors(values["payment_instructions"])
    if errors:
        raise Invalid(errors)
    values["business_hours"] = sorted(
        values["business_hours"], key=lambda one: (WEEKDAYS.index(one["weekday"]), one["opens"])
    )
    values["own_holidays"] = sorted(values["own_holidays"], key=lambda one: (one["day"], one["name"]))
    return of_values(values)


def _opening_errors(openings: list[dict[str, str]]) -> Errors:
    errors: Errors = {}
    for place, one in enumerate(openings):
        if one["opens"] >= one["closes"]:
            errors[f"business_hours.{place}.closes"] = [f"Choose a time after {one['opens']}."]
        for other in openings[:place]:
            together = other["weekday"] == one["weekday"]
            if together and other["opens"] < one["closes"] and one["opens"] < other["closes"]:
                message = f"Overlaps {other['opens']} to {other['closes']} on {one['weekday'].capitalize()}."
                errors[f"business_hours.{place}.opens"] = [message]
    return errors


def _holiday_errors(values: Mapping[str, Any]) -> Errors:
    country, subdivision = values["holiday_country"], values["holiday_subdivision"]
    if country is None:
        return {"holiday_subdivision": ["Choose a country first."]} if subdivision else {}
    known = countries()
    if country not in known:
        return {"holiday_country": [f'The public holidays of "{country}" are not known. Add your own days instead.']}
    if subdivision is not None and subdivision not in known[country]:
        return {"holiday_subdivision": [f'"{subdivision}" is not a subdivision of {country} with its own holidays.']}
    return {}


def _instruction_errors(instructions: list[dict[str, Any]]) -> Errors:
    seen: set[str | None] = set()
    errors: Errors = {}
    for place, one in enumerate(instructions):
        if one["currency"] in seen:
            name = one["currency"] or "all other currencies"
            errors[f"payment_instructions.{place}.currency"] = [f"There are already instructions for {name}."]
        seen.add(one["currency"])
    return errors
