"""What a rate card row is worth and called."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.rate_card.rates import (
    CATALOG,
    CLIENT,
    DOWN,
    NEAREST,
    UP,
    badge,
    changed,
    effective_rate,
    percent_of,
    rate_source,
    stepped,
)
from common.money import fits

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


AMOUNTS = st.decimals("0.01", 10_000, places=2)
STEPS = st.sampled_from([Decimal(step) for step in ("0.01", "0.05", "0.25", "1", "2.50", "5", "10")])


@pytest.mark.parametrize(
    ("rate", "kind", "value", "step", "mode", "after"),
    [
        ("125.00", "percent", "5", None, NEAREST, "131.25"),
        ("125.00", "percent", "5", "1", NEAREST, "131"),
        ("125.00", "percent", "5", "5", UP, "135"),
        ("125.00", "percent", "-10", "5", DOWN, "110"),
        ("99.99", "percent", "3.33", None, NEAREST, "103.32"),
        ("10.02", "amount", "0.005", None, NEAREST, "10.03"),
        ("10.00", "amount", "-2.50", "0.05", NEAREST, "7.50"),
        ("10.00", "set", "12.34", "0.05", NEAREST, "12.35"),
    ],
)
def test_a_rate_is_changed_and_rounded(rate, kind, value, step, mode, after):
    found = stepped(changed(Decimal(rate), kind, Decimal(value)), "USD", step and Decimal(step), mode)

    assert found == Decimal(after)


@given(AMOUNTS, STEPS)
def test_rounding_up_and_down_enclose_the_rate_by_less_than_a_step(rate, step):
    down, nearest, up = (stepped(rate, "USD", step, mode) for mode in (DOWN, NEAREST, UP))

    assert down <= rate <= up
    assert up - down in (0, step)
    assert nearest in (down, up)
    assert abs(rate - nearest) * 2 <= step
    assert all(found % step == 0 for found in (down, nearest, up))


@given(AMOUNTS, st.decimals(-100, 1000, places=2), st.sampled_from(["USD", "JPY", "KWD"]))
def test_what_comes_out_can_be_paid(rate, percent, currency):
    found = stepped(changed(rate, "percent", percent), currency)

    assert fits(found, currency)
    assert found >= 0


@given(AMOUNTS, AMOUNTS)
def test_a_percentage_leads_back(base, difference):
    percent = percent_of(difference, base)

    assert percent is not None
    assert abs(changed(base, "percent", percent) - base - difference) <= base * Decimal("0.00005")


def test_nothing_is_no_percentage():
    assert percent_of(Decimal(5), Decimal(0)) is None
