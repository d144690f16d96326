"""Subdivisions of countries by ISO 3166-2 or, for a country without codes, the names of its postal service."""

from functools import lru_cache
from typing import Any

import pycountry

from clients.reference.formats import areas
from common.texts import folded


@lru_cache(maxsize=512)
def subdivisions(country: str) -> dict[str, str]:
    """Returns the names by code, sorted by name; empty if the country has no subdivisions."""
    names = {part.code: part.name for part in _iso(country)}
    if not names:
        names = {name: name for name in areas(country).values()}
    return dict(sorted(names.items(), key=lambda item: folded(item[1])))


def subdivision_code(country: str, text: str) -> str | None:
    """Returns the code of a code ("CA-BC"), its end ("BC") or a name; None if the country has no such subdivision."""
    names = subdivisions(country)
    for code in (text.upper(), f"{country}-{text.upper()}"):
        if code in names:
            return code
    return _codes_by_name(country).get(folded(text))


def subdivision_name(country: str | None, code: str | None) -> str | None:
    if country is None or code is None:
        return code
    return subdivisions(country).get(code, code)


def _iso(country: str) -> list[Any]:
    return pycountry.subdivisions.get(country_code=country) or []  # type: ignore[no-untyped-call]


@lru_cache(maxsize=512)
def _codes_by_name(country: str) -> dict[str, str]:
    names = subdivisions(country)
    by_name = {folded(name): code for code, name in names.items()}
    for key, name in areas(country).items():  # also names in other languages and common names
        code = f"{country}-{key}"
        if code in names:
            by_name.setdefault(folded(name), code)
    return by_name
