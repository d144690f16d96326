"""What a rate card row is worth and called."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.rate_card.rates import CATALOG, CLIENT, badge, effective_rate, rate_source

RATES = st.none() | st.decimals(0, 10_000, places=2)


@pytest.mark.parametrize(
    ("included", "custom", "default", "effective"),
    [
        (True, None, "125.00", "125.00"),
        (True, "110.00", "125.00", "110.00"),
        (True, "0.00", "125.00", "0.00"),  # a free service, not "no rate"
        (True, "250.00", None, "250.00"),
        (False, "110.00", "125.00", None),
    ],
)
def test_the_rate_that_holds(included, custom, default, effective):
    custom, default = custom and Decimal(custom), default and Decimal(default)

    found = effective_rate(included=included, custom_rate=custom, default_rate=default)

    assert found == (None if effective is None else Decimal(effective))


@given(RATES, st.decimals("0.01", 10_000, places=2))
def test_source_and_rate_never_contradict_each_other(custom, default):
    effective = effective_rate(included=True, custom_rate=custom, default_rate=default)

    assert effective == (default if rate_source(custom) == CATALOG else custom)


@given(st.booleans(), st.booleans(), RATES)
def test_the_badge_says_what_the_row_is(included, is_custom, custom):
    found = badge(included=included, is_custom=is_custom, custom_rate=custom)

    assert (found == "Not Included") == (not included)
    if included:
        assert (found == "Custom Service") == is_custom
        assert is_custom or (found == "Custom Rate") == (rate_source(custom) == CLIENT)
