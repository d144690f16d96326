"""The organisation's settings over HTTP."""

from typing import Any

from flask import Response

from common.blobs import files
from common.http.files import respond
from common.http.routes import Routes
from common.organisation import stored
from common.roles import ADMINS, EVERYONE, STAFF
from common.uow import UnitOfWork
from gateway.organisation import editing, logo, queries
from gateway.organisation.changes import OrganisationChanges
from gateway.organisation.schemas import (
    CALENDAR_DAYS,
    CALENDAR_QUERY,
    HOLIDAY_COUNTRIES,
    SETTINGS,
    SETTINGS_PATCH,
)
from gateway.user.roles import SUPER_ADMINS

routes = Routes("settings", "Settings of the organisation, and its calendar")


@routes.get("/settings", "getSettings", returns=SETTINGS, roles=ADMINS)
def get_settings(work: UnitOfWork) -> dict[str, Any]:
    """`version` 0: nothing has been saved and the defaults apply."""
    return queries.shown(stored.read(work.session))


@routes.patch("/settings", "updateSettings", body=SETTINGS_PATCH, returns=SETTINGS, roles=SUPER_ADMINS)
def update_settings(work: UnitOfWork, body: OrganisationChanges) -> dict[str, Any]:
    """The other services take the change over within seconds. Issued invoices and sent emails stay as they are."""
    return queries.shown(editing.change(work, body))


@routes.get("/settings/calendar", "getCalendar", query=CALENDAR_QUERY, returns=CALENDAR_DAYS, roles=STAFF)
def get_calendar(work: UnitOfWork, query: dict[str, Any]) -> dict[str, Any]:
    """The business hours and holidays of each day from `start` to `end`."""
    return {"items": queries.business_days(work, **query)}


@routes.get("/settings/holiday-countries", "listHolidayCountries", returns=HOLIDAY_COUNTRIES, roles=STAFF)
def list_holiday_countries(work: UnitOfWork) -> dict[str, Any]:
    """The countries and subdivisions whose public holidays can be chosen."""
    return {"items": queries.holiday_countries()}


@routes.upload(
    "/settings/logo",
    "uploadLogo",
    returns=SETTINGS,
    roles=SUPER_ADMINS,
    media_types=tuple(logo.FORMATS.values()),
    most_bytes=logo.MOST_BYTES,
)
def upload_logo(work: UnitOfWork, data: bytes) -> dict[str, Any]:
    """Takes a PNG, JPEG or WebP image and keeps it as a PNG of at most 800 × 300 pixels."""
    return queries.shown(logo.save(work, data))


@routes.delete("/settings/logo", "removeLogo", roles=SUPER_ADMINS)
def remove_logo(work: UnitOfWork) -> None:
    """Invoices issued with the logo keep it."""
    logo.remove(work)


@routes.get("/settings/logo", "getLogo", returns=None, roles=EVERYONE, media_type="image/png")
def get_logo(work: UnitOfWork) -> Response:
    file = logo.current(work)
    pieces = files.read(work.settings, file)
    return respond(pieces, name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256)
