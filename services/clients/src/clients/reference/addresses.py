"""Addresses as on an international letter."""

from typing import Any, Protocol

from clients.reference import subdivisions
from clients.reference.formats import FIELDS, UNKNOWN, AddressFormat, address_format, areas, tokens
from common.countries import country_name


class Address(Protocol):
    line1: Any
    line2: Any
    city: Any
    subdivision: Any
    postal_code: Any
    country: Any


def formatted(address: Address) -> str:
    """Returns the address as on an international letter: its lines, then the country."""
    form = address_format(address.country) if address.country else UNKNOWN
    lines = [_line(line, _values(address, form)) for line in form.template.split("%n")]
    return "\n".join(line for line in (*lines, country_name(address.country)) if line)


def _values(address: Address, form: AddressFormat) -> dict[str, str]:
    street = [address.line1, address.line2]
    if "%C" not in form.template:  # the format has no city, but visitors need it
        street.append(address.city)
    return {
        "street": "\n".join(line for line in street if line),
        "city": address.city or "",
        "subdivision": _subdivision(address),
        "postal_code": address.postal_code or "",
    }


def _subdivision(address: Address) -> str:
    """Returns the short form if the postal service uses it: "BC" instead of "British Columbia"."""
    code = address.subdivision
    if not code or not address.country:
        return code or ""
    short = str(code).removeprefix(f"{address.country}-")
    return short if short in areas(address.country) else subdivisions.subdivision_name(address.country, code) or ""


def _line(template: str, values: dict[str, str]) -> str:
    """Returns the line without empty fields and the separators around them."""
    parts: list[str] = []
    separator = ""
    for kind, literal in tokens(template):
        if literal:
            separator = literal
        elif value := values.get(FIELDS.get(kind, ""), ""):
            parts += [separator if parts or separator.strip(" ,-/") else "", value]
            separator = ""
    return "".join(parts).strip()
