"""The arithmetic of a sliding window that remembers two numbers: hits in this slot and hits in the one before."""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Limit:
    """At most `hits` within any `seconds`."""

    hits: int
    seconds: int


TINY = 1e-6
"""What instants as floating point numbers are off by at most, in hits."""


def slot(limit: Limit, at: float) -> int:
    return int(at // limit.seconds)


def used(limit: Limit, at: float, current: int, previous: int) -> int:
    """Hits within the last `seconds`, taking those of the slot before as spread evenly over it."""
    elapsed = (at % limit.seconds) / limit.seconds
    return current + ceil(previous * (1 - elapsed) - TINY)


def retry_after(limit: Limit, at: float, current: int, previous: int) -> int:
    """Whole seconds after which one more hit fits, if nobody hits meanwhile; 0 when one fits now."""
    if used(limit, at, current, previous) < limit.hits:
        return 0
    start = slot(limit, at) * limit.seconds
    if current < limit.hits:  # the slot before fades within this one
        fading = start + limit.seconds * (1 - (limit.hits - 1 - current) / previous) if previous else at
        return max(1, ceil(fading - at))
    # This slot alone is full: it fades within the next one.
    fading = start + limit.seconds * (2 - (limit.hits - 1) / current)
    return max(1, ceil(fading - at))
