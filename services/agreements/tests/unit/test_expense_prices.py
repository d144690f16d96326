"""Prices of materials and expenses: cost plus markup, to the cent."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from agreements.expense.pricing import amount, price
from common.money import minor_unit

COSTS = st.decimals("0", "1000000", places=2)
MARKUPS = st.decimals("0", "1000", places=2)
CURRENCIES = st.sampled_from(("USD", "JPY", "KWD"))


@given(COSTS, MARKUPS, CURRENCIES)
def test_a_price_is_within_half_a_minor_unit_of_cost_plus_markup(cost, markup, currency):
    exact = cost + cost * markup / 100
    assert abs(price(cost, markup, currency) - exact) <= minor_unit(currency) / 2


@given(COSTS, MARKUPS, MARKUPS)
def test_a_higher_markup_is_never_cheaper(cost, one, other):
    low, high = sorted((one, other))
    assert price(cost, low, "USD") <= price(cost, high, "USD")


@given(COSTS, st.integers(1, 1000))
def test_whole_pieces_cost_exactly_that_many_times_the_price(unit_price, pieces):
    assert amount(Decimal(pieces), unit_price, "USD") == unit_price * pieces


def test_half_a_cent_is_rounded_up():
    assert price(Decimal("12.50"), Decimal("7.40"), "USD") == Decimal("13.43")  # 13.425
    assert price(Decimal("80.00"), Decimal("20"), "USD") == Decimal("96.00")
