"""Retry delays."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.backoff import Backoff

FIRST, LONGEST, ATTEMPTS = timedelta(minutes=1), timedelta(minutes=30), 13
BACKOFF = Backoff(FIRST, LONGEST, ATTEMPTS)


@given(st.integers(1, ATTEMPTS - 2))
def test_pauses_grow_and_stay_within_bounds(attempts):
    pause, next_pause = BACKOFF.pause_after(attempts), BACKOFF.pause_after(attempts + 1)

    assert FIRST <= pause <= next_pause <= LONGEST
    assert next_pause in (pause * 2, LONGEST)


@given(st.integers(ATTEMPTS, 10_000))
def test_no_pause_follows_the_last_attempt(attempts):
    assert BACKOFF.pause_after(attempts) is None


@given(st.integers(1, 10_000))
def test_without_a_last_attempt_there_is_always_a_pause(attempts):
    assert FIRST <= Backoff(FIRST, LONGEST).pause_after(attempts) <= LONGEST


def test_no_attempt_no_pause():
    with pytest.raises(ValueError, match="at least one"):
        BACKOFF.pause_after(0)
