"""Days of recurring work orders."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agreements.recurring import calendar
from agreements.recurring.calendar import MONTHS, UNITS, WEEKS

days = st.dates(date(2000, 1, 1), date(2090, 1, 1))
everies = st.integers(1, 40)
units = st.sampled_from(UNITS)


def test_months_are_counted_from_the_anchor_and_limited_to_their_end():
    dates = [calendar.occurrence(date(2027, 1, 31), 1, MONTHS, k) for k in range(4)]

    assert dates == [date(2027, 1, 31), date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
    assert calendar.occurrence(date(2027, 11, 30), 3, MONTHS, 1) == date(2028, 2, 29)
    assert calendar.occurrence(date(2027, 1, 4), 2, WEEKS, 2) == date(2027, 2, 1)


@given(days, everies, units, days)
def test_the_first_from_a_day_is_the_earliest_one(anchor, every, unit, day):
    k = calendar.first_from(anchor, every, unit, day)

    assert k >= 0
    assert calendar.occurrence(anchor, every, unit, k) >= min(day, anchor)
    assert calendar.occurrence(anchor, every, unit, k) >= day
    assert k == 0 or calendar.occurrence(anchor, every, unit, k - 1) < day


@given(days, everies, units, st.integers(0, 50), st.integers(0, 400))
def test_occurrences_rise_and_end_with_the_last_day(anchor, every, unit, k, more):
    last = calendar.occurrence(anchor, every, unit, k) + timedelta(days=more)

    found = list(calendar.occurrences(anchor, every, unit, k, last))

    assert [number for number, _ in found] == list(range(k, k + len(found)))
    assert all(a < b for (_, a), (_, b) in pairwise(found))
    assert found[-1][1] <= last < calendar.occurrence(anchor, every, unit, k + len(found))
