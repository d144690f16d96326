"""Counting hits in PostgreSQL, so that a limit holds for all workers of all API processes together.

Flask-Limiter would ask its store in a round trip of its own, and of the stores it offers none is part of Evergreen.
One UPSERT does it here, and the hot path (session.lookup) counts in the very statement that finds the session.
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
"""Follows an INSERT INTO rate_count AS r. Refused hits do not pile up beyond the ceiling (the limit + 1): whoever
keeps knocking is let in again at the permitted pace."""

_INSERT = "INSERT INTO rate_count AS r (key, slot, current, previous, slot_ends) VALUES (:key, :slot, 1, 0, :ends)"
_HIT = text(_INSERT + UPSERT.format(ceiling=":ceiling"))
_READ = text("SELECT slot, current, previous FROM rate_count WHERE key = :key")
_FORGET = text("DELETE FROM rate_count WHERE key = :key")
_FORGET_ALL = text("DELETE FROM rate_count WHERE starts_with(key, :prefix)")
_GIVE_BACK = text("UPDATE rate_count SET current = greatest(current - 1, 0) WHERE key = :key AND slot = :slot")
KEPT_SECONDS = 3600


class TooMany(Unavailable):
    """A limit is used up; `retry_after` says when one more fits."""

    status, title = 429, "Too many requests"


def hit(app: App, key: str, limit: Limit) -> int:
    """Counts one; gives how many fit into the window with it. Commits at once: what is refused counts as well."""
    at = time()
    number = slot(limit, at)
    values = {"key": key, "slot": number, "ends": (number + 1) * limit.seconds, "ceiling": limit.hits + 1}
    with app.database.engine.begin() as connection:
        current, previous = connection.execute(_HIT, values).one()
    return used(limit, at, current, previous)


def wait_for(app: App, key: str, limit: Limit) -> int:
    """Seconds until one more hit fits; 0 when one fits now. Counts nothing."""
    at = time()
    with app.database.engine.connect() as connection:
        row: Any = connection.execute(_READ, {"key": key}).one_or_none()
    if row is None:
        return 0
    age = slot(limit, at) - row.slot
    current, previous = (row.current, row.previous) if age <= 0 else (0, row.current) if age == 1 else (0, 0)
    return retry_after(limit, at, current, previous)


def spend(app: App, key: str, limit: Limit, detail: str) -> None:
    """Counts one hit; raises TooMany when it is one too many."""
    if hit(app, key, limit) > limit.hits:
        raise TooMany(detail, max(1, wait_for(app, key, limit)))


def give_back(app: App, key: str, limit: Limit) -> None:
    """Takes back a hit that turned out not to count."""
    with app.database.engine.begin() as connection:
        connection.execute(_GIVE_BACK, {"key": key, "slot": slot(limit, time())})


def forget(app: App, key: str) -> None:
    with app.database.engine.begin() as connection:
        connection.execute(_FORGET, {"key": key})


def forget_all(session: Session, prefix: str) -> None:
    """Forgets all counts whose key begins with `prefix`, in the caller's transaction."""
    session.execute(_FORGET_ALL, {"prefix": prefix})


def prune(app: App) -> None:
    with app.database.engine.begin() as connection:
        connection.execute(delete(RateCount).where(RateCount.slot_ends < int(time()) - KEPT_SECONDS))
