"""Periods from their anchor, limited to the month's end, half-open; parts of them by days."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.periods import DAYS, MONTHS, boundary, containing, index_of, period
from billing.proration import FIXED_30, prorate

dates = st.dates(date(2000, 1, 1), date(2100, 1, 1))
cycles = st.sampled_from([*MONTHS, *DAYS])


def test_the_31st_never_ratchets_down():
    assert [boundary(date(2025, 1, 31), "monthly", k) for k in (1, 2, 3)] == [
        date(2025, 2, 28),
        date(2025, 3, 31),
        date(2025, 4, 30),
    ]


@given(dates, cycles, st.integers(-60, 60))
def test_periods_touch_and_never_overlap(anchor, cycle, k):
    assert period(anchor, cycle, k)[1] == period(anchor, cycle, k + 1)[0]
    assert period(anchor, cycle, k)[0] < period(anchor, cycle, k)[1]


@given(dates, cycles, st.integers(-2000, 2000))
def test_every_day_is_in_exactly_its_period(anchor, cycle, offset):
    day = anchor + timedelta(days=offset)
    start, end = containing(anchor, cycle, day)
    assert start <= day < end
    assert period(anchor, cycle, index_of(anchor, cycle, day)) == (start, end)


@given(dates, st.decimals(min_value=0, max_value=10_000, places=2), st.data())
def test_two_parts_make_the_whole_within_a_cent(anchor, price, data):
    start, end = whole = period(anchor, "monthly", 0)
    middle = start + timedelta(days=data.draw(st.integers(0, (end - start).days)))
    parts = prorate(price, (start, middle), whole, "USD") + prorate(price, (middle, end), whole, "USD")
    assert abs(parts - price) <= Decimal("0.01")
    assert prorate(price, whole, whole, "USD", FIXED_30) == prorate(price, whole, whole, "USD")
