"""Pauses between attempts: each is twice as long as the one before, up to the longest."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Backoff:
    first: timedelta
    longest: timedelta
    attempts: int | None = None
    """How many attempts there are at most; None for no limit."""

    def pause_after(self, attempts: int) -> timedelta | None:
        """Returns the pause after the failure of attempt 1, 2, …; None after the last attempt."""
        if attempts < 1:
            raise ValueError("at least one attempt was made")
        if self.attempts is not None and attempts >= self.attempts:
            return None
        return min(self.first * (1 << min(attempts - 1, 16)), self.longest)
