"""Billed hours are at least the worked hours, and at most what the rules require."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.work.billed_hours import billed_hours

WORKED = st.decimals(min_value="0.01", max_value=24, places=2)
INCREMENT = st.none() | st.decimals(min_value="0.01", max_value=8, places=2)
MINIMUM = st.none() | st.decimals(min_value=0, max_value=8, places=2)


@given(WORKED, INCREMENT, MINIMUM)
def test_never_fewer_than_worked_nor_than_the_minimum(worked, increment, minimum):
    billed = billed_hours(worked, increment, minimum)

    assert billed >= worked
    assert billed >= (minimum or 0)
    assert billed == minimum or billed < worked + (increment or Decimal("0.01"))


@given(WORKED, INCREMENT, MINIMUM)
def test_above_the_minimum_only_whole_increments(worked, increment, minimum):
    billed = billed_hours(worked, increment, minimum)

    assert billed == minimum or not increment or billed % increment == 0
    assert billed.as_tuple().exponent == -2


@given(WORKED, INCREMENT, MINIMUM)
def test_what_was_billed_once_is_not_rounded_further_without_a_minimum(worked, increment, minimum):
    once = billed_hours(worked, increment)

    assert billed_hours(once, increment) == once
    assert billed_hours(worked, increment, minimum) == max(once, minimum or Decimal(0))


@given(WORKED, WORKED, INCREMENT, MINIMUM)
def test_more_work_is_never_billed_at_less(one, other, increment, minimum):
    fewer, more = sorted((one, other))

    assert billed_hours(fewer, increment, minimum) <= billed_hours(more, increment, minimum)


@pytest.mark.parametrize(
    ("worked", "increment", "minimum", "billed"),
    [
        ("0.25", None, None, "0.25"),
        ("0.25", None, "1.00", "1.00"),
        ("0.26", "0.25", None, "0.50"),
        ("0.25", "0.25", None, "0.25"),
        ("0.26", "0.25", "0.40", "0.50"),
        ("0.10", "0.25", "0.40", "0.40"),
        ("1.01", "1", "1.50", "2.00"),
        ("3.00", "0.25", "0", "3.00"),
    ],
)
def test_examples(worked, increment, minimum, billed):
    rules = [value and Decimal(value) for value in (increment, minimum)]

    assert str(billed_hours(Decimal(worked), *rules)) == billed
