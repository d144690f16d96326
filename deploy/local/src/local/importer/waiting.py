"""Waits for data that arrives as an event."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(ask: Callable[[], T | None], seconds: float = 15, step: float = 0.1) -> T | None:
    """Returns the first result that is not empty, or None after the timeout."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if answer or time.monotonic() > deadline:
            return answer or None
        time.sleep(step)
