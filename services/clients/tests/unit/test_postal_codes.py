"""Postal codes in whatever form people copy them, in the one form they are kept in."""

import re

import pytest

from clients.reference.formats import address_format
from clients.reference.postal_codes import normalized
from common.countries import countries

WITH_CODES = [country for country in countries() if address_format(country).postal_code_examples]


@pytest.mark.parametrize("country", WITH_CODES)
def test_every_countrys_own_examples_come_in_every_spelling(country):
    form = address_format(country)
    for example in form.postal_code_examples:
        code = normalized(country, example)
        assert code is not None
        assert re.sub(r"\W", "", code) == re.sub(r"\W", "", example)
        spellings = {
            code,
            re.sub(r"\W", "", example),
            example.lower(),
            f"  {example} ",
            f"{country}-{example}",
            f"{country} {example}".lower(),
            example.replace("-", " "),
            example.replace("-", "\u2013"),
            example.replace(" ", "-"),
            example.replace(" ", "\u00a0"),
            "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in example),
        }
        assert {normalized(country, spelling) for spelling in spellings} == {code}
        if printed := re.search(r"(?<![%A-Z])([A-Z][A-Z -]*)%Z", form.template):
            assert normalized(country, f"{printed[1]}{example}") == code


@pytest.mark.parametrize(
    ("country", "written", "code"),
    [
        ("LU", "L-1234", "1234"),
        ("SE", "SE-111 22", "111 22"),
        ("SE", "S-11122", "111 22"),
        ("IN", "110 001", "110001"),
        ("US", "123456789", "12345-6789"),
        ("US", "12345 6789", "12345-6789"),
        ("US", "12345", "12345"),
        ("DE", "D-10115", "10115"),
        ("AT", "A-1010", "1010"),
        ("FR", "F 75001", "75001"),
        ("CH", "CH-8001", "8001"),
        ("CA", "k1a0b1", "K1A 0B1"),
        ("GB", "sw1a2aa", "SW1A 2AA"),
        ("GB", "m11ae", "M1 1AE"),
        ("NL", "1234ab", "1234 AB"),
        ("NL", "NL-1234AB", "1234 AB"),
        ("PL", "00950", "00-950"),
        ("BR", "01310100", "01310-100"),
        ("PT", "1000205", "1000-205"),
        ("JP", "〒1000001", "100-0001"),
        ("KR", "03051", "03051"),
        ("LV", "1010", "LV-1010"),
        ("KY", "ky11001", "KY1-1001"),
        ("CZ", "11000", "110 00"),
        ("GR", "GR-10431", "104 31"),
    ],
)
def test_codes_as_people_write_them(country, written, code):
    assert normalized(country, written) == code


@pytest.mark.parametrize(
    ("country", "written"),
    [
        ("US", "1234"),
        ("US", "K12345"),
        ("GB", "SW1"),
        ("DE", "1011"),
        ("CA", "K1A 0B"),
        ("JP", "1" * 5000),
        ("US", "-"),
    ],
)
def test_what_is_no_code(country, written):
    assert normalized(country, written) is None
