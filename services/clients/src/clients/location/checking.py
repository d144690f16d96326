"""Normalizes addresses and phone numbers of locations."""

from typing import Any

from clients.location.models import Location
from clients.reference import formats, phones, postal_codes
from clients.reference.subdivisions import subdivision_code, subdivisions
from common.countries import country_name
from common.errors import Invalid

ADDRESS = {"country", "subdivision", "postal_code"}
FEW = 30


def settle(location: Location, changes: dict[str, Any]) -> dict[str, Any]:
    """Returns the changes with phone, subdivision and postal code in their stored form. Raises Invalid by field."""
    country = changes.get("country", location.country)
    result = dict(changes)
    if changes.get("phone"):
        result["phone"] = phones.e164(changes["phone"], country)
    if not ADDRESS & changes.keys() or not country:
        return result
    merged = {name: changes.get(name, getattr(location, name)) for name in ADDRESS}
    result["subdivision"] = _subdivision(country, merged["subdivision"])
    result["postal_code"] = _postal_code(country, merged["postal_code"])
    return result


def _subdivision(country: str, text: str | None) -> str | None:
    codes = subdivisions(country)
    if not text or not codes:
        return text or None
    code = subdivision_code(country, text)
    if code is None:
        names = ", ".join(codes.values()) if len(codes) <= FEW else "see /reference/subdivisions"
        raise Invalid(
            {"subdivision": [f'"{text}" is not a subdivision of {country_name(country)}. Choose one: {names}.']}
        )
    return code


def _postal_code(country: str, text: str | None) -> str | None:
    if not text:
        return None
    code = postal_codes.normalized(country, text)
    if code is None:
        example = formats.address_format(country).postal_code_example
        raise Invalid(
            {
                "postal_code": [
                    f'"{text}" is not a postal code of {country_name(country)}. Use a format such as {example}.'
                ]
            }
        )
    return code
