"""When to try again: quickly at first, then every half hour, for a little over four hours."""

from datetime import timedelta

FIRST = timedelta(minutes=1)
LONGEST = timedelta(minutes=30)
MAX_TRIES = 13


def pause_after(tries: int) -> timedelta | None:
    """How long to wait after the `tries`-th failed try (1, 2, …); None when it was the last."""
    if tries < 1:
        raise ValueError("at least one try was made")
    if tries >= MAX_TRIES:
        return None
    return min(FIRST * (1 << min(tries - 1, 16)), LONGEST)
