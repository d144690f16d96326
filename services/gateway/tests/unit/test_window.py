"""The arithmetic of rate limits."""

from hypothesis import given
from hypothesis import strategies as st

from gateway.limits.window import Limit, retry_after, slot, used

limits = st.builds(Limit, st.integers(1, 10_000), st.sampled_from([1, 60, 900, 3600]))
instants = st.floats(1_700_000_000, 1_900_000_000)


def test_hits_of_the_slot_before_fade():
    limit = Limit(100, 60)

    assert used(limit, 600.0, 5, 60) == 65
    assert used(limit, 630.0, 5, 60) == 35
    assert used(limit, 659.999, 5, 60) == 6


def test_a_full_slot_says_when_to_come_back():
    assert retry_after(Limit(10, 900), 0.0, 9, 0) == 0
    assert 990 <= retry_after(Limit(10, 900), 0.0, 10, 0) <= 991  # a tenth of them has faded by then


@given(limits, instants, st.integers(0, 10_001), st.integers(0, 10_001))
def test_whoever_waits_as_told_gets_one_more_in(limit, at, current, previous):
    current, previous = min(current, limit.hits + 1), min(previous, limit.hits + 1)
    wait = retry_after(limit, at, current, previous)
    later = at + wait
    passed = slot(limit, later) - slot(limit, at)
    now = (current, previous) if passed == 0 else (0, current) if passed == 1 else (0, 0)

    assert used(limit, later, *now) < limit.hits


@given(limits, instants, st.integers(0, 10_001), st.integers(0, 10_001))
def test_no_wait_is_told_where_none_is_needed(limit, at, current, previous):
    full = used(limit, at, current, previous) >= limit.hits

    assert (retry_after(limit, at, current, previous) > 0) == full
