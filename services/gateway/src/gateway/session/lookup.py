"""Every request's first question: whose token is this, and how often did they ask already?

One prepared statement answers both, each time anew from the database: a logout or a disabled user holds from the
very next request on, in every worker. It goes past the ORM and keeps connections of its own in autocommit, because
a transaction would cost two more round trips.
"""

from time import time
from typing import Any

import psycopg
from sqlalchemy import QueuePool
from sqlalchemy.engine import make_url
from sqlalchemy.exc import TimeoutError as PoolTimeout

from common.errors import Unauthenticated, Unavailable
from gateway.config import Settings
from gateway.limits.counting import UPSERT, TooMany
from gateway.limits.window import retry_after, slot, used
from gateway.session import tokens
from gateway.session.models import ACCESS, COOKIE
from gateway.session.principal import Principal
from gateway.user.models import ACTIVE
from gateway.user.roles import within

SEEN_EVERY = 60
"""Seconds; `last_seen_at` and `last_used_at` are no more exact than this, and cost a write no more often."""

AWAY = "The database is not reachable at the moment. Try again shortly."

_COLUMNS = "u.id, u.email, u.name, u.role, u.client_id, u.version"
_COUNT = f"""
, hit AS (
  INSERT INTO rate_count AS r (key, slot, current, previous, slot_ends)
  SELECT 'api ' || who.id, %(slot)s, 1, 0, %(ends)s FROM who
  {UPSERT.format(ceiling="%(ceiling)s")}
)
SELECT who.*, hit.current, hit.previous FROM who, hit"""  # noqa: S608 - only constants are put in

_BY_SESSION = f"""
WITH who AS (
  SELECT s.id AS credential_id, t.kind, {_COLUMNS}, u.role AS granted,
         s.last_seen_at < to_timestamp(%(at)s - {SEEN_EVERY}) AS unseen
  FROM session_token t JOIN session s ON s.id = t.session_id JOIN users u ON u.id = s.user_id
  WHERE t.hash = %(hash)s AND t.kind IN ('{ACCESS}', '{COOKIE}') AND t.expires_at > to_timestamp(%(at)s)
    AND s.ended_at IS NULL AND u.status = '{ACTIVE}'
){_COUNT}"""  # noqa: S608

_BY_KEY = f"""
WITH who AS (
  SELECT k.id AS credential_id, 'key' AS kind, {_COLUMNS}, k.role AS granted,
         k.last_used_at IS NULL OR k.last_used_at < to_timestamp(%(at)s - {SEEN_EVERY}) AS unseen
  FROM api_key k JOIN users u ON u.id = k.user_id
  WHERE k.hash = %(hash)s AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > to_timestamp(%(at)s))
    AND u.status = '{ACTIVE}'
){_COUNT}"""  # noqa: S608

_SEEN = {
    "key": "UPDATE api_key SET last_used_at = to_timestamp(%s) WHERE id = %s",
    "session": "UPDATE session SET last_seen_at = to_timestamp(%s) WHERE id = %s",
}


class Lookup:
    """Built per process; the pool holds as many connections as there are threads to use them."""

    def __init__(self, settings: Settings) -> None:
        self._limit = settings.api_rate_limit
        url = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)

        def connect() -> psycopg.Connection[Any]:
            return psycopg.connect(
                url, autocommit=True, connect_timeout=3, application_name="gateway lookup", prepare_threshold=0
            )

        creator: Any = connect
        self._pool = QueuePool(creator, pool_size=settings.threads, max_overflow=0, timeout=5, reset_on_return=None)

    def principal(self, token: str, kinds: tuple[str, ...]) -> Principal:
        """Raises Unauthenticated, TooMany, or Unavailable when the database is away."""
        by_key = token.startswith(tokens.API_KEY)
        at = time()
        number = slot(self._limit, at)
        row = self._one(
            _BY_KEY if by_key else _BY_SESSION,
            {
                "hash": tokens.digest(token),
                "at": at,
                "slot": number,
                "ends": (number + 1) * self._limit.seconds,
                "ceiling": self._limit.hits + 1,
            },
        )
        if row is None or row[1] not in kinds:
            raise Unauthenticated("This sign-in has ended, or was never valid. Sign in again.")
        *who, granted, unseen, current, previous = row
        if granted not in within(who[5]):
            raise Unauthenticated("This API key gives more than its owner may do by now.")
        hits = used(self._limit, at, current, previous)
        if hits > self._limit.hits:
            wait = max(1, retry_after(self._limit, at, current, previous))
            raise TooMany(f"More than {self._limit.hits} requests in {self._limit.seconds} seconds.", wait)
        if unseen:
            self._one(_SEEN["key" if by_key else "session"], (at, who[0]))
        credential_id, kind, user_id, email, name, _, client_id, version = who
        return Principal(
            credential_id, kind, user_id, email, name, granted, client_id, version, hits, current, previous
        )

    def _one(self, statement: str, values: Any) -> Any:
        """The statement's only row. Pooled connections that PostgreSQL closed meanwhile are passed over."""
        for _ in range(self._pool.size() + 1):
            try:
                pooled = self._pool.connect()
            except (psycopg.OperationalError, PoolTimeout) as error:
                raise Unavailable(AWAY) from error
            try:
                cursor = pooled.driver_connection.execute(statement, values, prepare=True)  # type: ignore[union-attr]
                return cursor.fetchone() if cursor.description else None
            except (psycopg.OperationalError, psycopg.InterfaceError):
                pooled.invalidate()
            finally:
                pooled.close()
        raise Unavailable(AWAY)

    def dispose(self) -> None:
        self._pool.dispose()
