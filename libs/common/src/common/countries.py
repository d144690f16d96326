"""Finds countries by names of ISO 3166, English names of CLDR and other common names."""

import re
from functools import lru_cache
from typing import Any

import pycountry
from babel import Locale

from common.texts import folded

# CLDR's regions include groups, test data and parts of countries, which are not in ISO 3166-1.
_NOT_COUNTRIES = frozenset(("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"))
_ALIASES = {
    "AE": "UAE|Emirates",
    "AG": "Antigua",
    "AT": "Österreich",
    "AX": "Aland",
    "BA": "Bosnia|Bosnia Herzegovina|Bosnia and Herzegowina",
    "BE": "Belgique|België|Belgien",
    "BL": "St Barts|St Barths|Saint Barth",
    "BN": "Brunei",
    "BQ": "Bonaire|BES Islands",
    "BR": "Brasil",
    "BS": "The Bahamas",
    "BY": "Byelorussia|Belorussia",
    "CC": "Keeling Islands",
    "CD": "DR Congo|DRC|Congo DR|Congo (Kinshasa)|Zaire|Democratic Republic Congo",
    "CG": "Congo (Brazzaville)|Congo Republic",
    "CH": "Schweiz|Suisse|Svizzera",
    "CI": "Ivory Coast|Cote d Ivoire|Cote dIvoire",
    "CN": "PRC|Mainland China|PR China|China PR",
    "CV": "Cape Verde|Cabo Verde",
    "CZ": "Czech Republic|Czech Rep|Česko|Česká republika",
    "DE": "Deutschland|BRD",
    "DO": "Dominican Rep",
    "DK": "Danmark",
    "EE": "Eesti",
    "EH": "Sahrawi Arab Democratic Republic",
    "ES": "España",
    "FI": "Suomi",
    "FK": "Falklands|Malvinas|Islas Malvinas",
    "FM": "Micronesia|FSM",
    "FO": "Faeroe Islands|Faroes",
    "GB": "UK|Great Britain|Britain|England|Scotland|Wales|Northern Ireland"
    "|United Kingdom of Great Britain|GB NIR|GB UK|UK GB",
    "GM": "The Gambia",
    "GR": "EL|Hellas",
    "HK": "Hong Kong SAR|Hong Kong China|Hong Kong SAR PRC|HKSAR",
    "HR": "Hrvatska",
    "HU": "Magyarország",
    "IE": "Eire|Republic of Ireland|Southern Ireland",
    "IR": "Persia",
    "IT": "Italia",
    "JP": "Nippon|Nihon",
    "KN": "St Kitts|St Christopher and Nevis",
    "KP": "DPRK|North Korea|Korea North|Korea DPR|Korea (North)",
    "KR": "ROK|South Korea|Korea South|Korea (South)|Korea Rep|Rep of Korea",
    "LA": "Laos|Lao PDR|Lao",
    "LK": "Ceylon",
    "LT": "Lietuva",
    "LU": "Luxemburg",
    "LV": "Latvija",
    "LY": "Libyan Arab Jamahiriya",
    "MF": "St Martin (French)|French St Martin",
    "MK": "Macedonia|FYROM|FYR Macedonia|Former Yugoslav Republic of Macedonia"
    "|The former Yugoslav Republic of Macedonia|Republic of Macedonia",
    "MM": "Burma|Union of Myanmar|Republic of the Union of Myanmar",
    "MO": "Macau|Macau SAR|Macao SAR|Macau China|Macao China|Macau SAR China",
    "MV": "Maldive Islands",
    "NL": "Holland|The Netherlands|Nederland",
    "NO": "Norge",
    "NZ": "Aotearoa|Aotearoa New Zealand",
    "PL": "Polska",
    "PN": "Pitcairn Island",
    "PS": "Palestine|Palestinian Territory|Occupied Palestinian Territory|West Bank|Gaza|West Bank and Gaza",
    "RU": "Russia|Russian Fed",
    "SA": "KSA",
    "SE": "Sverige",
    "SH": "Saint Helena|Ascension Island|Tristan da Cunha",
    "SJ": "Svalbard|Jan Mayen|Spitsbergen",
    "SK": "Slovak Rep",
    "ST": "Sao Tome",
    "SX": "St Maarten|Sint Maarten (Dutch)|Dutch St Maarten|Saint Martin (Dutch part)",
    "SY": "Syria",
    "SZ": "Swaziland",
    "TC": "Turks and Caicos|TCI",
    "TL": "East Timor",
    "TR": "Turkey|Turkiye",
    "TT": "Trinidad|Tobago",
    "TW": "Taiwan|Chinese Taipei|Formosa|Taiwan ROC|Taiwan Republic of China",
    "TZ": "Tanganyika|Zanzibar",
    "US": "USA|US|America|United States America|U S|U S A|US of A",
    "VA": "Vatican|Vatican City|Holy See|Vatican City State",
    "VC": "St Vincent",
    "VE": "Venezuela",
    "VG": "BVI",
    "VI": "USVI|US Virgin Islands|American Virgin Islands",
    "VN": "Vietnam",
    "WF": "Wallis and Futuna Islands",
    "WS": "Western Samoa",
    "XK": "Kosovo|Republic of Kosovo|XKX",
    "YE": "Yemen Arab Republic",
}
"""Other names, former names and abbreviations that mean one country today."""
_SEVERAL = {
    "Republic of China": ("CN", "TW"),
    "Netherlands Antilles": ("BQ", "CW", "SX"),
    "Yugoslavia": ("BA", "HR", "ME", "MK", "RS", "SI"),
    "Czechoslovakia": ("CZ", "SK"),
    "Serbia and Montenegro": ("ME", "RS"),
}
_SMALL_WORDS = frozenset(("the", "of", "and"))
_SHORT = {"st": "saint", "ste": "saint", "island": "islands", "isl": "islands", "rep": "republic"}


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """Returns English names by code, sorted by name without accents."""
    regions = Locale("en").territories
    found = {code: name for code, name in regions.items() if len(code) == 2 and code not in _NOT_COUNTRIES}
    return dict(sorted(found.items(), key=lambda item: folded(item[1])))


def country_name(code: str | None) -> str | None:
    return countries().get(code) if code else None


def country_code(text: str) -> str | None:
    """Returns the code of a country by code or name; None if no country or several match."""
    found = candidates(text)
    return found[0] if len(found) == 1 else None


def candidates(text: str) -> tuple[str, ...]:
    """Returns the codes of all countries that `text` can mean: two for "Korea", none for "Atlantis"."""
    code = text.strip().upper()
    if code in countries():
        return (code,)
    if len(code) == 3 and (part := pycountry.countries.get(alpha_3=code)) is not None:
        return (part.alpha_2,)
    found = _named(text)
    if not found and (twice := re.fullmatch(r"(.+)\((.+)\)\s*", text)):  # "United Kingdom (UK)"
        found = _named(twice[1]) & _named(twice[2])
    return tuple(sorted(found, key=countries().__getitem__))


def _named(text: str) -> frozenset[str]:
    names = _codes_by_name()
    return next((names[key] for key in _keys(text) if key in names), frozenset())


@lru_cache(maxsize=1)
def _codes_by_name() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, name in _names():
        for key in _keys(name):
            found.setdefault(key, set()).add(code)
    return {key: frozenset(codes) for key, codes in found.items()}


def _names() -> list[tuple[str, str]]:
    """Returns codes with all names of the countries, including "Korea" for "Korea, Republic of"."""
    pairs = list(countries().items())
    part: Any
    for part in pycountry.countries:
        names = [getattr(part, kind, "") for kind in ("name", "official_name", "common_name")]
        pairs += [(part.alpha_2, name) for name in names if name]
    pairs += [(code, base) for code, name in pairs if (base := re.sub(r"\s*\(.*?\)|,.*", "", name)) != name]
    pairs += [(code, name) for code, names in _ALIASES.items() for name in names.split("|")]
    pairs += [(code, name) for name, codes in _SEVERAL.items() for code in codes]
    return pairs


def _keys(text: str) -> list[str]:
    """Returns the keys by which names are compared: their words in any order, and their letters in order."""
    plain = re.sub(r"['.’`]", "", folded(text)).replace("&", " and ")
    words = [_SHORT.get(word, word) for word in re.split(r"[\W_]+", plain) if word and word not in _SMALL_WORDS]
    return [" ".join(sorted(words)), "".join(words)] if words else []
