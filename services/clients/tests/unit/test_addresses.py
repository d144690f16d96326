"""Subdivisions and addresses of the world's countries."""

from dataclasses import dataclass

import pytest

from clients.reference.addresses import formatted
from clients.reference.formats import address_format
from clients.reference.subdivisions import subdivision_code, subdivision_name, subdivisions
from common.countries import countries, country_name

FIELDS = {"line1", "line2", "city", "subdivision", "postal_code"}


@dataclass
class Address:
    line1: str | None = "1 Main Street"
    line2: str | None = None
    city: str | None = "Town"
    subdivision: str | None = None
    postal_code: str | None = None
    country: str | None = None


@pytest.mark.parametrize("country", countries())
def test_every_country_has_a_form_and_a_way_to_write(country):
    form = address_format(country)
    shown = [field for line in form.lines for field in line]

    assert {"line1", "line2", "city"} <= set(shown) <= FIELDS
    assert len(shown) == len(set(shown))
    assert set(form.required) <= FIELDS
    *written, last = formatted(Address(country=country)).split("\n")
    assert last == country_name(country)
    assert all(part in "\n".join(written) for part in ("1 Main Street", "Town"))
    if form.postal_code_example and form.postal_code:
        assert form.postal_code.fullmatch(form.postal_code_example)


@pytest.mark.parametrize("country", countries())
def test_every_part_is_known_by_its_code_and_name(country):
    for code in subdivisions(country):
        assert subdivision_code(country, code) == code
        assert subdivision_name(country, code) == subdivisions(country)[code]


@pytest.mark.parametrize(
    ("country", "written", "code"),
    [
        ("CA", "bc", "CA-BC"),
        ("CA", "ca-bc", "CA-BC"),
        ("CA", "quebec", "CA-QC"),
        ("CA", "Colombie-Britannique", "CA-BC"),
        ("US", "New York", "US-NY"),
        ("KY", "GRAND CAYMAN", "Grand Cayman"),
        ("JM", "Saint  Andrew", "JM-02"),
        ("CA", "Grand Cayman", None),
        ("US", "", None),
    ],
)
def test_parts_as_people_write_them(country, written, code):
    assert subdivision_code(country, written) == code


@pytest.mark.parametrize(
    ("address", "lines"),
    [
        (Address("Unit 2", "1 Bay Street", "George Town", "Grand Cayman", "KY1-1001", "KY"),
         ["Unit 2", "1 Bay Street", "George Town", "Grand Cayman KY1-1001", "Cayman Islands"]),
        (Address("350 5th Ave", None, "New York", "US-NY", "10118", "US"),
         ["350 5th Ave", "New York, NY 10118", "United States"]),
        (Address("350 5th Ave", None, "New York", None, None, "US"), ["350 5th Ave", "New York", "United States"]),
        (Address(None, None, None, "US-NY", None, "US"), ["NY", "United States"]),
        (Address("10 Downing Street", None, "London", None, "SW1A 2AA", "GB"),
         ["10 Downing Street", "London", "SW1A 2AA", "United Kingdom"]),
        (Address("Hauptstr. 1", None, "Berlin", None, "10115", "DE"), ["Hauptstr. 1", "10115 Berlin", "Germany"]),
        (Address("1 Main", None, "Somewhere"), ["1 Main", "Somewhere"]),
        (Address(None, None, None), []),
    ],
)  # fmt: skip
def test_addresses_as_letters_have_them(address, lines):
    assert [line for line in formatted(address).split("\n") if line] == lines
