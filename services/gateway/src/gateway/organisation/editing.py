"""Changing the organisation's settings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from common.commands import sent
from common.errors import Invalid
from common.organisation import stored
from common.organisation.calendar import countries
from common.organisation.settings import (
    DEFAULTS,
    PRIORITIES,
    WEEKDAYS,
    Logo,
    Opening,
    Organisation,
    PaymentInstructions,
    SlaTarget,
)
from common.organisation.stored import Stored
from common.uow import UnitOfWork
from gateway.organisation import events
from gateway.organisation.changes import OrganisationChanges

Errors = dict[str, list[str]]


def change(work: UnitOfWork, changes: OrganisationChanges) -> Stored:
    """Replaces the settings that `changes` has. Others stay."""
    return _replace(work, sent(changes))


def change_logo(work: UnitOfWork, logo: Logo | None) -> Stored:
    return _replace(work, {"logo": logo})


def _replace(work: UnitOfWork, values: Mapping[str, Any]) -> Stored:
    """The first change also publishes the defaults as version 1, so that the history shows what each setting was."""
    present = stored.read(work.session, lock=True)
    work.check_version(present)
    if not present.version:
        present = _begin(work)
    settings = _merged(present.settings, values)
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


def _merged(present: Organisation, values: Mapping[str, Any]) -> Organisation:
    """Returns the settings after the change. Raises Invalid for those that do not fit together."""
    new: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    if "time_zone" in new:
        new["time_zone"] = ZoneInfo(new["time_zone"])
    if new.get("holiday_country", present.holiday_country) != present.holiday_country:
        new.setdefault("holiday_subdivision", None)
    merged = replace(present, **new)
    errors = _opening_errors(merged.business_hours) | _holiday_errors(merged)
    errors |= _instruction_errors(merged.payment_instructions) | _target_errors(merged.sla_targets)
    if errors:
        raise Invalid(errors)
    return replace(
        merged,
        business_hours=tuple(sorted(merged.business_hours, key=lambda one: (WEEKDAYS.index(one.weekday), one.opens))),
        own_holidays=tuple(sorted(merged.own_holidays, key=lambda one: (one.day, one.name))),
        sla_targets=tuple(sorted(merged.sla_targets, key=lambda one: PRIORITIES.index(one.priority))),
    )


def _opening_errors(openings: Sequence[Opening]) -> Errors:
    errors: Errors = {}
    for place, one in enumerate(openings):
        if one.opens >= one.closes:
            errors[f"business_hours.{place}.closes"] = [f"Choose a time after {one.opens}."]
        for other in openings[:place]:
            if other.weekday == one.weekday and other.opens < one.closes and one.opens < other.closes:
                message = f"Overlaps {other.opens} to {other.closes} on {one.weekday.capitalize()}."
                errors[f"business_hours.{place}.opens"] = [message]
    return errors


def _holiday_errors(settings: Organisation) -> Errors:
    country, subdivision = settings.holiday_country, settings.holiday_subdivision
    if country is None:
        return {"holiday_subdivision": ["Choose a country first."]} if subdivision else {}
    known = countries()
    if country not in known:
        return {"holiday_country": [f'The public holidays of "{country}" are not known. Add your own days instead.']}
    if subdivision is not None and subdivision not in known[country]:
        return {"holiday_subdivision": [f'"{subdivision}" is not a subdivision of {country} with its own holidays.']}
    return {}


def _instruction_errors(instructions: Sequence[PaymentInstructions]) -> Errors:
    seen: set[str | None] = set()
    errors: Errors = {}
    for place, one in enumerate(instructions):
        if one.currency in seen:
            name = one.currency or "all other currencies"
            errors[f"payment_instructions.{place}.currency"] = [f"There are already instructions for {name}."]
        seen.add(one.currency)
    return errors


def _target_errors(targets: Sequence[SlaTarget]) -> Errors:
    missing = [name for name in PRIORITIES if [one.priority for one in targets].count(name) != 1]
    if missing:
        return {"sla_targets": [f"Send one target for each priority. Missing or repeated: {', '.join(missing)}."]}
    return {
        f"sla_targets.{place}.resolution_minutes": [
            f"Must not be shorter than the response ({one.response_minutes} minutes)."
        ]
        for place, one in enumerate(targets)
        if one.resolution_minutes < one.response_minutes
    }
