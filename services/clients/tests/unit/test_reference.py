"""Countries and currencies as people look for them."""

import pytest

from clients.reference.countries import countries, country_code, current_currencies


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


@pytest.mark.parametrize("written", ["", "Atlantis", "XX", "EU"])
def test_what_is_no_country(written):
    assert country_code(written) is None
