"""The organisation's settings over HTTP."""

from typing import Any

from common.http.routes import Routes
from common.organisation import stored
from common.roles import ADMINS, STAFF
from common.uow import UnitOfWork
from gateway.organisation import editing, queries
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
def update_settings(work: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
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
