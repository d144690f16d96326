"""Money: half up, minor units of every currency, parts that sum to the whole."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.http.fields import plain
from common.money import Money, allocate, display, fits, minor_unit, rounded

amounts = st.decimals("-9999999", "9999999", places=4)
codes = st.sampled_from(["USD", "KYD", "EUR", "JPY", "KWD"])


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
    ],
)
def test_display(amount, currency, expected):
    assert display(Decimal(amount), currency) == expected


def test_two_currencies_do_not_add():
    with pytest.raises(ValueError, match="mix"):
        Money(Decimal(1), "USD") + Money(Decimal(1), "KYD")


def test_zero_has_no_sign_in_json():
    assert plain(Decimal("-0.00")) == "0.00"
    assert plain(Decimal("-0.01")) == "-0.01"
