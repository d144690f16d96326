"""Countries and currencies of the world, in English, from CLDR."""

import unicodedata
from functools import lru_cache

from babel import Locale

from common.money import currencies

# CLDR's regions also name groups, test data and parts of countries, which are no ISO 3166-1 countries.
_NOT_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Code to English name, in the order people expect in a list: by name, accents ignored."""
    regions = Locale("en").territories
    found = {code: name for code, name in regions.items() if len(code) == 2 and code not in _NOT_COUNTRIES}
    return dict(sorted(found.items(), key=lambda item: folded(item[1])))


@lru_cache(maxsize=1)
def current_currencies() -> dict[str, str]:
    """The currencies that are legal tender somewhere today, by name."""
    names = Locale("en").currencies
    found = {code: names[code] for code in currencies() if code in names}
    return dict(sorted(found.items(), key=lambda item: folded(item[1])))


def country_code(text: str) -> str | None:
    """The code for a code or an English name, however written; None when there is no such country."""
    wanted = text.strip()
    if wanted.upper() in countries():
        return wanted.upper()
    return _codes_by_name().get(folded(wanted))


def country_name(code: str | None) -> str | None:
    return countries().get(code) if code else None


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, str]:
    return {folded(name): code for code, name in countries().items()}


def folded(text: str) -> str:
    """Lower case without accents and with one kind of apostrophe and space: "Côte d’Ivoire" as "cote d'ivoire"."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())
