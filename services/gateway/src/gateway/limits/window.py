"""Computes a sliding window from two numbers: the hits in the current slot and in the slot before."""

from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True)
class Limit:
    """A limit of `hits` within any `seconds`."""

    hits: int
    seconds: int


TINY = 1e-6
"""The maximum error of floating point times, in hits."""


def slot(limit: Limit, at: float) -> int:
    return int(at // limit.seconds)


def used(limit: Limit, at: float, current: int, previous: int) -> int:
    """Returns the hits within the last `seconds`, assuming that hits of the previous slot were spread evenly."""
    elapsed = (at % limit.seconds) / limit.seconds
    return current + ceil(previous * (1 - elapsed) - TINY)


def retry_after(limit: Limit, at: float, current: int, previous: int) -> int:
    """Returns the whole seconds after which one more hit fits without further hits; 0 if one fits now."""
    if used(limit, at, current, previous) < limit.hits:
        return 0
    start = slot(limit, at) * limit.seconds
    if current < limit.hits:  # hits of the slot before expire within this slot
        fading = start + limit.seconds * (1 - (limit.hits - 1 - current) / previous) if previous else at
        return max(1, ceil(fading - at))
    # This slot alone is full: its hits expire within the next slot.
    fading = start + limit.seconds * (2 - (limit.hits - 1) / current)
    return max(1, ceil(fading - at))
