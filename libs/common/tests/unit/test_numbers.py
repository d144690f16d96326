"""Numbers as text: only what can mean one number is read."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError

from common import fields as own
from common import planning
from common.numbers import NotANumber, decimal_number, whole_number, without_groups

NO_NUMBERS = [
    "1e3",
    "1_000",
    "NaN",
    "Infinity",
    "-inf",
    "٣",
    "１２",
    "12.",
    ".5",
    "0x10",
    "1 000",
    "--1",
    "",
    "½",
    "1'000",
]
WITH_COMMA = ["12,5", "5,5", "1,250", "12,500", "1,250.00", "1.250,00", ",5", "1,", "1,25,000"]


class Body(Schema):
    rate = own.Money()
    hours = own.Hours()
    days = own.Integer(strict=True)
    page = own.Integer()


@pytest.mark.parametrize("text", NO_NUMBERS + WITH_COMMA)
@pytest.mark.parametrize("name", ["rate", "hours", "days", "page"])
def test_no_other_spelling_is_a_number_to_the_api(text, name):
    with pytest.raises(ValidationError) as raised:
        Body().load({name: text})
    assert list(raised.value.messages_dict) == [name]


@pytest.mark.parametrize("text", WITH_COMMA)
def test_a_comma_is_answered_with_what_would_be_right(text):
    with pytest.raises(NotANumber, match=r'has a comma\. Use a decimal point .* such as "1250\.50"'):
        decimal_number(text)


@pytest.mark.parametrize("value", [True, 12.5, 1.0, [1], {}])
def test_a_whole_number_is_no_other_json(value):
    with pytest.raises(ValidationError):
        Body().load({"page": value})


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_every_plain_number_is_read_as_it_is(number):
    assert decimal_number(f" {number:f}\u00a0") == number
    assert Body().load({"rate": f"{number:f}"}) == {"rate": number}


@given(st.integers(-(10**17), 10**17))
def test_every_whole_number_is_read_as_it_is(number):
    assert whole_number(str(number)) == Body().load({"page": str(number)})["page"] == number


@pytest.mark.parametrize(
    ("text", "number"), [("1,250.00", "1250"), ("1,250,000", "1250000"), ("-12,345.5", "-12345.5"), ("125", "125")]
)
def test_a_table_may_have_thousands_separators_that_cannot_be_decimal_commas(text, number):
    assert Body().load(planning.given(Body(), {"rate": text})) == {"rate": Decimal(number)}


@pytest.mark.parametrize(
    "text", ["12,5", "12,500", "1,250", "1,25,000.00", "12,50.00", "1.250,00", "1250,000.00", ",500.00"]
)
@pytest.mark.parametrize("name", ["rate", "hours", "days", "page"])
def test_what_could_mean_two_numbers_is_refused_in_a_table_too(text, name):
    assert without_groups(text) == text
    with pytest.raises(ValidationError):
        Body().load(planning.given(Body(), {name: text}))
