"""Retry delays."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.delivery.backoff import FIRST, LONGEST, MAX_TRIES, pause_after


def test_it_goes_on_for_at_least_four_hours_and_then_ends():
    pauses = [pause_after(tries) for tries in range(1, MAX_TRIES + 1)]

    assert pauses[-1] is None
    assert None not in pauses[:-1]
    assert sum(filter(None, pauses), timedelta()) >= timedelta(hours=4)


@given(st.integers(1, MAX_TRIES - 2))
def test_pauses_grow_and_stay_within_bounds(tries):
    now, later = pause_after(tries), pause_after(tries + 1)

    assert FIRST <= now <= later <= LONGEST


@given(st.integers(MAX_TRIES, 10_000))
def test_no_pause_follows_the_last_try(tries):
    assert pause_after(tries) is None


def test_no_try_no_pause():
    with pytest.raises(ValueError, match="at least one"):
        pause_after(0)
