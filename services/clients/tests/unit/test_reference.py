"""Countries and currencies as people look for them."""

import unicodedata

import pycountry
import pytest
from marshmallow import ValidationError

from clients.reference.currencies import current_currencies
from clients.reference.fields import Country
from common.countries import candidates, countries, country_code


def test_cayman_islands_stand_between_canada_and_central_african_republic():
    names = list(countries().values())

    assert names.index("Canada") < names.index("Cayman Islands") < names.index("Central African Republic")
    assert countries()["KY"] == "Cayman Islands"
    assert current_currencies()["KYD"] == "Cayman Islands Dollar"


def test_the_list_is_of_countries_only_and_accents_do_not_sort_last():
    names = list(countries().values())

    assert len(names) == 250
    assert not {"EU", "ZZ", "XA", "001"} & set(countries())
    assert names.index("Åland Islands") < names.index("Albania")
    assert names[-1] == "Zimbabwe"


def test_currencies_of_the_past_are_no_choice():
    assert {"USD", "EUR", "KYD", "JPY"} <= set(current_currencies())
    assert not {"DEM", "XXX", "XTS"} & set(current_currencies())


@pytest.mark.parametrize("written", ["KY", "ky", "Cayman Islands", "  cayman   islands "])
def test_a_country_is_known_by_code_and_name(written):
    assert country_code(written) == "KY"


@pytest.mark.parametrize("written", ["Côte d’Ivoire", "Cote d'Ivoire", "ci"])
def test_accents_and_apostrophes_do_not_matter(written):
    assert country_code(written) == "CI"


@pytest.mark.parametrize("written", ["", "Atlantis", "XX", "EU", "Islands", "Saint", "XYZ", "Ireland (Wet)"])
def test_what_is_no_country(written):
    assert country_code(written) is None


@pytest.mark.parametrize("part", list(pycountry.countries), ids=lambda part: part.alpha_2)
def test_every_country_is_known_by_every_name_of_iso_3166(part):
    kinds = ("alpha_2", "alpha_3", "name", "official_name", "common_name")
    for name in filter(None, (getattr(part, kind, "") for kind in kinds)):
        wanted = ("CG", "CD") if name == "Congo" else (part.alpha_2,)
        written = {name, name.upper(), name.lower(), f" {name}  ", name.replace(" ", "\u00a0"), name.replace(",", "")}
        written |= {name.replace("'", "’"), name.replace(" and ", " & ")}
        written.add(unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode())
        assert {candidates(each) for each in written} == {wanted}, name


@pytest.mark.parametrize("code", countries())
def test_every_country_is_known_by_its_name_in_the_lists(code):
    assert candidates(countries()[code]) == (code,)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Hong Kong", "HK"), ("Hong Kong SAR", "HK"), ("Trinidad and Tobago", "TT"), ("Turkey", "TR"),
        ("Turkiye", "TR"), ("UK", "GB"), ("U.K.", "GB"), ("Great Britain", "GB"),
        ("England", "GB"), ("United Kingdom (UK)", "GB"), ("USA", "US"), ("U.S.A.", "US"),
        ("U.S.", "US"), ("united states of america", "US"), ("The United States", "US"), ("Holland", "NL"),
        ("The Netherlands", "NL"), ("Czech Republic", "CZ"), ("Korea, Republic of", "KR"), ("Republic of Korea", "KR"),
        ("South Korea", "KR"), ("Korea (South)", "KR"), ("North Korea", "KP"), ("Ivory Coast", "CI"),
        ("COTE D IVOIRE", "CI"), ("Burma", "MM"), ("Myanmar", "MM"), ("Macau", "MO"),
        ("Vatican", "VA"), ("Russia", "RU"), ("Vietnam", "VN"), ("Viet Nam", "VN"),
        ("Saint Lucia", "LC"), ("St. Lucia", "LC"), ("St Kitts & Nevis", "KN"), ("Bosnia and Herzegovina", "BA"),
        ("Cape Verde", "CV"), ("Swaziland", "SZ"), ("East Timor", "TL"), ("Macedonia", "MK"),
        ("DR Congo", "CD"), ("Republic of the Congo", "CG"), ("Virgin Islands (British)", "VG"),
        ("US Virgin Islands", "VI"),
        ("Åland", "AX"), ("UAE", "AE"), ("Curacao", "CW"), ("Guinea Bissau", "GW"),
        ("Deutschland", "DE"), ("Kosovo", "XK"), ("Taiwan", "TW"), ("GBR", "GB"),
        ("cym", "KY"),
    ],
)  # fmt: skip
def test_countries_as_people_write_them(written, code):
    assert country_code(written) == code


@pytest.mark.parametrize(
    ("written", "codes"), [("Korea", ("KP", "KR")), ("Congo", ("CG", "CD")), ("virgin islands", ("VG", "VI"))]
)
def test_a_name_of_several_countries_is_no_choice(written, codes):
    assert candidates(written) == codes
    assert country_code(written) is None
    names = [countries()[code] for code in codes]
    with pytest.raises(ValidationError, match=f"several countries.*{names[0]}.*{names[1]}"):
        Country().deserialize(written)
