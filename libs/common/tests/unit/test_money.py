"""Money: half up, minor units of every currency, parts that sum to the whole."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.fields import plain
from common.money import Money, allocate, currencies, display, fits, minor_unit, rounded

amounts = st.decimals("-9999999", "9999999", places=4)
codes = st.sampled_from(["USD", "KYD", "EUR", "JPY", "KWD", "RSD", "IQD", "CLF"])


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("961.625", "USD", "961.63"),
        ("42.1875", "USD", "42.19"),
        ("-0.005", "USD", "-0.01"),
        ("0.004999", "USD", "0.00"),
        ("277.5", "JPY", "278"),
        ("1.0005", "KWD", "1.001"),
    ],
)
def test_rounding_is_half_up_at_the_minor_unit(amount, currency, expected):
    assert str(rounded(Decimal(amount), currency)) == expected


@pytest.mark.parametrize(
    ("codes", "places"),
    [
        ("USD RSD ALL LBP AFN MMK MGA MRU IRR KPW LAK SOS SYP YER HUF IDR COP TWD PKR TZS CRC AMD UYU", 2),
        ("JPY KRW CLP ISK VND XAF XOF XPF PYG UGX RWF UYI BIF DJF GNF KMF VUV", 0),
        ("KWD IQD BHD JOD LYD OMR TND", 3),
        ("CLF UYW", 4),
        ("ITL BYR", 0),
    ],
)
def test_minor_units_are_those_of_iso_4217(codes, places):
    assert {code: -minor_unit(code).as_tuple().exponent for code in codes.split()} == dict.fromkeys(
        codes.split(), places
    )


@given(amounts, codes)
def test_rounding_is_symmetric_and_never_further_than_half_a_unit(amount, currency):
    result = rounded(amount, currency)
    assert rounded(-amount, currency) == -result
    assert abs(result - amount) <= minor_unit(currency) / 2
    assert fits(result, currency)


@given(amounts, st.lists(st.decimals("0", "100", places=2), min_size=1, max_size=12), codes)
def test_allocated_parts_sum_to_the_whole(total, weights, currency):
    if sum(weights) == 0:
        weights[0] = Decimal(1)
    whole = rounded(total, currency)
    parts = allocate(whole, weights, currency)
    assert sum(parts) == whole
    assert all(fits(part, currency) for part in parts)
    share = sum(weights)
    assert all(abs(p - whole * w / share) < minor_unit(currency) for p, w in zip(parts, weights, strict=True))


@pytest.mark.parametrize("weights", [[], [Decimal(0)], [Decimal(-1), Decimal(2)]])
def test_allocation_needs_something_to_share_by(weights):
    with pytest.raises(ValueError, match="weights"):
        allocate(Decimal(1), weights, "USD")


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("3500", "USD", "$3,500.00"),
        ("3500", "KYD", "$3,500.00 KYD"),
        ("-1234.5", "KYD", "-$1,234.50 KYD"),
        ("3500", "EUR", "€3,500.00"),
        ("3500", "JPY", "¥3,500"),
        ("3500.00", "JPY", "¥3,500"),
        ("12.34", "RSD", "RSD 12.34"),
        ("12", "RSD", "RSD 12.00"),
        ("-1234.5", "ALL", "-ALL 1,234.50"),
        ("1.005", "IQD", "IQD 1.005"),
        ("1.5", "KWD", "KWD 1.500"),
        ("100", "CLP", "CLP 100"),
        ("0.0125", "USD", "$0.0125"),
        ("0.00", "USD", "$0.00"),
        ("1E+3", "USD", "$1,000.00"),
    ],
)
def test_display(amount, currency, expected):
    assert display(Decimal(amount), currency).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_two_currencies_do_not_add():
    with pytest.raises(ValueError, match="mix"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "KYD")


def test_zero_has_no_sign_in_json():
    assert plain(Decimal("-0.00")) == "0.00"
    assert plain(Decimal("-0.01")) == "-0.01"


@given(st.decimals("-99999", "99999", places=4), st.sampled_from(sorted(currencies())))
def test_every_digit_of_an_amount_is_shown_and_no_more(amount, currency):
    value = rounded(amount, currency)
    places = -minor_unit(currency).as_tuple().exponent
    digits = re.sub("[^0-9]", "", display(value, currency))
    assert digits == f"{abs(value):.{places}f}".replace(".", "")
