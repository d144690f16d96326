"""Routes of reference lists and checks for forms."""

from typing import Any

from clients.reference import currencies, emails, formats, subdivisions, zones
from clients.reference.schemas import (
    ADDRESS_FORMAT,
    CHECKED_EMAILS,
    CHOICES,
    CURRENCIES,
    EMAILS_TO_CHECK,
    IN_COUNTRY,
    TIME_ZONES,
)
from common.countries import countries
from common.http.routes import Routes
from common.roles import EVERYONE, STAFF
from common.uow import UnitOfWork

routes = Routes("reference", "Countries, subdivisions, address formats, currencies, time zones and languages")


@routes.get("/reference/countries", "listCountries", returns=CHOICES, roles=EVERYONE)
def list_countries(_work: UnitOfWork) -> dict[str, Any]:
    return _all(countries())


@routes.get("/reference/currencies", "listCurrencies", returns=CURRENCIES, roles=EVERYONE)
def list_currencies(work: UnitOfWork) -> dict[str, Any]:
    return {**_all(currencies.current_currencies()), "default": work.organisation.currency}


@routes.get("/reference/languages", "listLanguages", returns=CHOICES, roles=EVERYONE)
def list_languages(_work: UnitOfWork) -> dict[str, Any]:
    return _all(zones.languages())


@routes.get("/reference/time-zones", "listTimeZones", returns=TIME_ZONES, roles=EVERYONE)
def list_time_zones(work: UnitOfWork) -> dict[str, Any]:
    known = zones.time_zones()
    items = [{"code": code, "name": name, "offset": zones.offset(code, work.now)} for code, name in known.items()]
    return {"items": items, "next_cursor": None, "total": len(items)}


@routes.get("/reference/subdivisions", "listSubdivisions", returns=CHOICES, roles=EVERYONE, query=IN_COUNTRY)
def list_subdivisions(_work: UnitOfWork, query: dict[str, Any]) -> dict[str, Any]:
    """Lists the provinces, states or islands of a country; empty if it has none."""
    return _all(subdivisions.subdivisions(query["country"]))


@routes.get("/reference/address-format", "getAddressFormat", returns=ADDRESS_FORMAT, roles=EVERYONE, query=IN_COUNTRY)
def get_address_format(_work: UnitOfWork, query: dict[str, Any]) -> dict[str, Any]:
    """Returns the lines, fields and field labels of the country's addresses."""
    form = formats.address_format(query["country"])
    return {
        "country": form.country,
        "lines": form.lines,
        "required": form.required,
        "labels": form.labels,
        "postal_code_pattern": form.postal_code.pattern if form.postal_code else None,
        "postal_code_example": form.postal_code_example,
    }


@routes.post(
    "/reference/emails/check", "checkEmails", body=EMAILS_TO_CHECK, returns=CHECKED_EMAILS, roles=STAFF, status=200
)
def check_emails(_work: UnitOfWork, body: dict[str, Any]) -> dict[str, Any]:
    """Checks a list of CC addresses. Nothing is saved."""
    items = list(emails.check(body["emails"]))
    kept = sum(item["valid"] and not item["duplicate"] for item in items)
    too_many = kept > emails.MOST
    valid = not too_many and all(item["valid"] for item in items)
    return {"items": items, "valid": valid, "too_many": too_many, "most": emails.MOST}


def _all(names: dict[str, str]) -> dict[str, Any]:
    items = [{"code": code, "name": name} for code, name in names.items()]
    return {"items": items, "next_cursor": None, "total": len(items)}
