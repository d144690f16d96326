"""Provinces, states, islands and cantons: ISO 3166-2, or where a country has no such codes, what its post names."""

from functools import lru_cache
from typing import Any

import pycountry

from clients.reference import addresses
from common.texts import folded


@lru_cache(maxsize=512)
def subdivisions(country: str) -> dict[str, str]:
    """Code to name, by name; empty when nobody has named any."""
    found = {part.code: part.name for part in _iso(country)}
    if not found:
        found = {name: name for name in addresses.areas(country).values()}
    return dict(sorted(found.items(), key=lambda item: folded(item[1])))


def subdivision_code(country: str, text: str) -> str | None:
    """The code for a code ("CA-BC"), its end ("BC") or a name; None when the country has no such part."""
    known = subdivisions(country)
    for code in (text.upper(), f"{country}-{text.upper()}"):
        if code in known:
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
    known = subdivisions(country)
    by_name = {folded(name): code for code, name in known.items()}
    for key, name in addresses.areas(country).items():  # other languages, and usual names beside official ones
        code = f"{country}-{key}"
        if code in known:
            by_name.setdefault(folded(name), code)
    return by_name
