"""Several taxes as one percentage."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from catalog.tax.combining import combined

D = Decimal
percents = st.decimals(min_value=0, max_value=50, places=3)


def test_side_by_side_and_on_top_of_each_other():
    assert combined([(D(5), False), (D("9.975"), False)]) == D("14.975")
    assert combined([(D(5), False), (D(10), True)]) == D("15.5")
    assert combined([(D(5), False), (D(10), True), (D(1), False)]) == D("16.5")
    assert combined([]) == 0


@given(st.lists(st.tuples(percents, st.booleans()), max_size=6))
def test_never_less_than_their_sum(taxes):
    assert combined(taxes) >= sum(percent for percent, _ in taxes)


@given(st.lists(percents, max_size=6))
def test_side_by_side_is_their_sum(rates):
    assert combined([(rate, False) for rate in rates]) == sum(rates)
