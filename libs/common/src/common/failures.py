"""What an exception means for the work that raised it, and when the same transaction is run again."""

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

T = TypeVar("T")
RETRIES = 3


class Kind(Enum):
    CONFLICT = "conflict"
    """Two transactions met; the same one will go through in a moment."""
    AWAY = "away"
    """No database: says nothing about the work, so nothing is counted against it."""
    FAILURE = "failure"


CONFLICTS = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)

# connection exceptions, insufficient resources, operator intervention, cannot connect now
AWAY_CLASSES = ("08", "53", "57P", "58")


class DatabaseAway(Exception):
    """Handling could not even be tried."""


def classify(error: BaseException) -> Kind:
    """Looks through what handlers wrapped around the driver's error."""
    seen: BaseException | None = error
    while seen is not None:
        kind = _kind(seen)
        if kind is not Kind.FAILURE:
            return kind
        seen = seen.__cause__
    return Kind.FAILURE


def _kind(error: BaseException) -> Kind:
    if isinstance(error, PoolTimeout):
        return Kind.AWAY
    if not isinstance(error, DBAPIError):
        return Kind.FAILURE
    if isinstance(error.orig, CONFLICTS):
        return Kind.CONFLICT
    if error.connection_invalidated:
        return Kind.AWAY
    if not isinstance(error.orig, psycopg.OperationalError | psycopg.InterfaceError):
        return Kind.FAILURE
    state = error.orig.sqlstate
    return Kind.AWAY if state is None or state.startswith(AWAY_CLASSES) else Kind.FAILURE


def retried(run: Callable[[], T]) -> T:
    """Returns what `run`, a whole transaction, returns. Runs it again, at most RETRIES times, after a deadlock or a
    serialisation failure."""
    for _ in range(RETRIES):
        try:
            return run()
        except Exception as error:
            if classify(error) is not Kind.CONFLICT:
                raise
    return run()
