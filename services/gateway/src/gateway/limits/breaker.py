"""A circuit breaker: after several failures in a row, requests to a service fail at once for a while."""

from collections.abc import Callable
from threading import Lock
from time import monotonic


class Breaker:
    """The breaker of a service in a process. Closed passes all requests, open none, half open one as a trial."""

    def __init__(self, failures: int, seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._threshold, self._seconds, self._clock = failures, seconds, clock
        self._failures = 0
        self._opened_at: float | None = None
        self._trying = False
        self._lock = Lock()

    def wait(self) -> float:
        """Returns 0 if the caller may proceed and must then report the result, else the seconds to wait."""
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
        """Reports a request whose result says nothing about the service."""
        if self._trying:
            with self._lock:
                self._trying = False

    @property
    def open(self) -> bool:
        return self._opened_at is not None
