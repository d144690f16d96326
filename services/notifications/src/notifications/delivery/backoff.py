"""Retry delays: short at first, then every half hour, for a little over four hours."""

from datetime import timedelta

FIRST = timedelta(minutes=1)
LONGEST = timedelta(minutes=30)
MAX_TRIES = 13


def pause_after(tries: int) -> timedelta | None:
    """Returns the delay after the `tries`-th failure (1, 2, …), or None after the last."""
    if tries < 1:
        raise ValueError("at least one try was made")
    if tries >= MAX_TRIES:
        return None
    return min(FIRST * (1 << min(tries - 1, 16)), LONGEST)
