"""The arithmetic of margins: no cent appears or is lost when a line is shared among work orders."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.report import margin_math as mm

HOURS = st.decimals(min_value="0.01", max_value="24", places=2)
RATES = st.decimals(min_value="0", max_value="500", places=2)
AMOUNTS = st.decimals(min_value="-100000", max_value="100000", places=2)
CENT = Decimal("0.01")


def test_a_month_of_one_technician():
    found = mm.labor(
        [(Decimal("10.25"), Decimal("48.50")), (Decimal("2"), Decimal("52.00")), (Decimal(1), None)], "USD"
    )
    assert (found.hours, found.cost, found.hours_without_rate) == (Decimal("13.25"), Decimal("601.13"), Decimal(1))
    margin = mm.margin(Decimal("1500.00"), found.cost, Decimal("96.00"))
    assert (margin, mm.percent(margin, Decimal("1500.00"))) == (Decimal("802.87"), Decimal("53.52"))
    assert mm.percent(Decimal("-5"), Decimal(0)) is None


@pytest.mark.parametrize(
    ("rates", "unknown"), [([], False), ([None, None], True), ([None, Decimal(0)], False), ([Decimal("48.50")], False)]
)
def test_labor_is_unknown_if_no_hour_has_a_rate(rates, unknown):
    assert mm.labor([(Decimal(1), rate) for rate in rates], "USD").unknown is unknown


@given(st.lists(st.tuples(HOURS, st.none() | RATES)))
def test_every_hour_counts_once_and_rounding_happens_once(parts):
    found = mm.labor(parts, "USD")
    exact = sum((hours * rate for hours, rate in parts if rate is not None), Decimal(0))
    assert found.hours == sum((hours for hours, _ in parts), Decimal(0))
    assert abs(found.cost - exact) <= CENT / 2
    assert found.hours_without_rate == sum((hours for hours, rate in parts if rate is None), Decimal(0))


@given(AMOUNTS, st.lists(HOURS, min_size=1, max_size=30))
def test_the_shares_of_a_line_are_the_line(amount, parts):
    whole = sum(parts, Decimal(0))
    assert abs(sum(mm.share(amount, part, whole) for part in parts) - amount) < Decimal("0.0000001")


@given(AMOUNTS, RATES, RATES)
def test_the_margin_and_the_costs_are_the_revenue(revenue, labor, expenses):
    assert mm.margin(revenue, labor, expenses) + labor + expenses == revenue


@given(AMOUNTS, st.decimals(min_value="0", max_value="50", places=2))
def test_what_a_contained_tax_leaves_times_the_tax_is_the_amount(amount, percent):
    assert abs(mm.net(amount, percent) * (100 + percent) / 100 - amount) < Decimal("0.0000001")
