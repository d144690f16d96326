"""What a service declares about its tasks, and how a task ends other than by returning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from common.backoff import Backoff
from common.roles import ADMINS

WAITING, RUNNING, SUCCEEDED, FAILED, CANCELLED = "waiting", "running", "succeeded", "failed", "cancelled"
STATUSES = (WAITING, RUNNING, SUCCEEDED, FAILED, CANCELLED)
FINAL = (SUCCEEDED, FAILED, CANCELLED)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Task:
    """Work that any worker of the service does: `run(execution, **args)` returns its result as JSON.

    `run` opens its own units of work, in portions, and may be run again at any time: after a failure, or from the
    last committed portion after its worker died. `args` are JSON.
    """

    name: str
    title: str
    """As people read it, such as "Invoice run"."""
    run: Callable[..., Any]
    roles: frozenset[str] = ADMINS
    """The roles that see and cancel it, whoever started it."""
    attempts: int = 10
    """Before it has failed for good; the pauses between attempts double from 2 seconds up to 5 minutes."""
    result_of: Callable[[list[Any]], Any] | None = None
    """Makes the result from the parts that committed portions added, also of a task that failed or was cancelled."""
    refuses_cancel: str | None = None
    """Why nobody may cancel it, as people read it."""
    kept: timedelta | None = timedelta(days=90)
    """How long its record is kept once it is finished; None for ever, zero only if it failed."""

    @property
    def backoff(self) -> Backoff:
        return Backoff(FIRST_PAUSE, LONGEST_PAUSE, self.attempts)


class Interrupted(BaseException):
    """Not an Exception, so that no handler inside a task keeps it from ending.

    The worker stops, or another worker has taken the task over; it goes on from its last committed portion."""


class Cancelled(BaseException):
    """Somebody cancelled the task; what its portions committed stays."""
