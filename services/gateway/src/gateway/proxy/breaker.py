"""A circuit breaker: after so many failures in a row nobody is made to wait for a service that is not there."""

from collections.abc import Callable
from threading import Lock
from time import monotonic


class Breaker:
    """One service's, in one process. Closed it lets all pass, open nobody, half open one to try."""

    def __init__(self, failures: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._threshold, self._seconds, self._clock = failures, seconds, clock
        self._failures = 0
        self._opened_at: float | None = None
        self._trying = False
        self._lock = Lock()

    def wait(self) -> float:
        """0 if the caller may go on (and then must report `succeeded` or `failed`), else seconds to come back in."""
        if not self.open:  # the usual case, without the lock
            return 0.0
        with self._lock:
            opened_at = self._opened_at
            if opened_at is None:
                return 0.0
            left = opened_at + self._seconds - self._clock()
            if left > 0:
                return left
            if self._trying:
                return self._seconds
            self._trying = True
            return 0.0

    def succeeded(self) -> None:
        if self._failures or self._opened_at is not None:
            with self._lock:
                self._failures, self._opened_at, self._trying = 0, None, False

    def failed(self) -> None:
        with self._lock:
            self._failures += 1
            if self._trying or self._failures >= self._threshold:
                self._opened_at = self._clock()
            self._trying = False

    def abandoned(self) -> None:
        """The caller went on, but what came of it says nothing about the service."""
        if self._trying:
            with self._lock:
                self._trying = False

    @property
    def open(self) -> bool:
        return self._opened_at is not None
