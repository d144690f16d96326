"""Counts hits in PostgreSQL, so that a limit applies to all workers of all API processes together.

Flask-Limiter would need another round trip and a store that is not part of Evergreen. Here an UPSERT counts, and the
hot path (session.lookup) counts in the same statement that finds the session.
"""

from time import time
from typing import Any

from sqlalchemy import delete, text
from sqlalchemy.orm import Session

from common.app import App
from common.errors import Unavailable
from gateway.limits.models import RateCount
from gateway.limits.window import Limit, retry_after, slot, used

UPSERT = """
ON CONFLICT (key) DO UPDATE SET
  previous = CASE WHEN r.slot >= excluded.slot THEN r.previous
                  WHEN r.slot = excluded.slot - 1 THEN r.current ELSE 0 END,
  current = CASE WHEN r.slot >= excluded.slot THEN least(r.current + 1, {ceiling}) ELSE 1 END,
  slot = greatest(r.slot, excluded.slot),
  slot_ends = greatest(r.slot_ends, excluded.slot_ends)
RETURNING current, previous
"""
"""Follows an INSERT INTO rate_count AS r. Refused hits count up to the ceiling only (the limit + 1), so that a caller
who keeps trying gets in again at the permitted rate."""

_INSERT = "INSERT INTO rate_count AS r (key, slot, current, previous, slot_ends) VALUES (:key, :slot, 1, 0, :ends)"
_HIT = text(_INSERT + UPSERT.format(ceiling=":ceiling"))
_READ = text("SELECT slot, current, previous FROM rate_count WHERE key = :key")
_FORGET = text("DELETE FROM rate_count WHERE key = :key")
_FORGET_ALL = text("DELETE FROM rate_count WHERE starts_with(key, :prefix)")
_GIVE_BACK = text("UPDATE rate_count SET current = greatest(current - 1, 0) WHERE key = :key AND slot = :slot")
KEPT_SECONDS = 3600


class TooMany(Unavailable):
    """Raised when a limit is used up; `retry_after` is the number of seconds until one more hit fits."""

    status, title = 429, "Too many requests"


def hit(app: App, key: str, limit: Limit) -> int:
    """Counts a hit and returns the number in the window. Commits at once, so that refused requests count too."""
    at = time()
    number = slot(limit, at)
    values = {"key": key, "slot": number, "ends": (number + 1) * limit.seconds, "ceiling": limit.hits + 1}
    with app.database.engine.begin() as connection:
        current, previous = connection.execute(_HIT, values).one()
    return used(limit, at, current, previous)


def wait_for(app: App, key: str, limit: Limit) -> int:
    """Returns the seconds until one more hit fits, 0 if one fits now. Counts nothing."""
    at = time()
    with app.database.engine.connect() as connection:
        row: Any = connection.execute(_READ, {"key": key}).one_or_none()
    if row is None:
        return 0
    age = slot(limit, at) - row.slot
    current, previous = (row.current, row.previous) if age <= 0 else (0, row.current) if age == 1 else (0, 0)
    return retry_after(limit, at, current, previous)


def spend(app: App, key: str, limit: Limit, detail: str) -> None:
    """Counts a hit; raises TooMany if it exceeds the limit."""
    if hit(app, key, limit) > limit.hits:
        raise TooMany(detail, max(1, wait_for(app, key, limit)))


def give_back(app: App, key: str, limit: Limit) -> None:
    """Takes back a hit."""
    with app.database.engine.begin() as connection:
        connection.execute(_GIVE_BACK, {"key": key, "slot": slot(limit, time())})


def forget(app: App, key: str) -> None:
    with app.database.engine.begin() as connection:
        connection.execute(_FORGET, {"key": key})


def forget_all(session: Session, prefix: str) -> None:
    """Deletes all counts whose key begins with `prefix`, in the caller's transaction."""
    session.execute(_FORGET_ALL, {"prefix": prefix})


def prune(app: App) -> None:
    with app.database.engine.begin() as connection:
        connection.execute(delete(RateCount).where(RateCount.slot_ends < int(time()) - KEPT_SECONDS))
