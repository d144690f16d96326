"""Finds the owner of a request's token and counts the request.

A prepared statement does both on every request, so that signing out or disabling a user takes effect with the next
request in all workers. It has its own connections in autocommit mode, because a transaction would cost two more round
trips.
"""

import select
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from time import monotonic, time
from typing import Any
from uuid import UUID

import psycopg
import structlog
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGresult
from sqlalchemy.engine import make_url

from common.errors import Unauthenticated, Unavailable
from common.http.assignments import Assignment
from gateway.config import Settings
from gateway.limits.breaker import Breaker
from gateway.limits.counting import UPSERT, TooMany
from gateway.limits.window import retry_after, slot, used
from gateway.session import tokens
from gateway.session.models import ACCESS, COOKIE
from gateway.session.principal import Principal
from gateway.user.models import ACTIVE
from gateway.user.roles import within

log = structlog.get_logger()

SEEN_EVERY = 60
"""Seconds between updates of `last_seen_at` and `last_used_at`."""

ANSWER_SECONDS = 3.0
"""Seconds after which a database that does not answer counts as unavailable."""
AT_ONCE = 16
"""The maximum of connections in a process."""

AWAY = "The database is temporarily unavailable. Try again shortly."
OPTIONS = "-c timezone=UTC -c statement_timeout=5000 -c lock_timeout=2000"

_CLOSED = """
CASE WHEN {role} = 'technician' THEN (
  SELECT string_agg(replace(a.client_id::text, '-', ''), '' ORDER BY a.client_id)
  FROM assignment_change a WHERE a.user_id = u.id AND NOT a.active
) END AS closed"""
_COLUMNS = "u.id, u.email, u.name, u.role, u.client_id, u.version"
_COUNT = f"""
, hit AS (
  INSERT INTO rate_count AS r (key, slot, current, previous, slot_ends)
  SELECT 'api ' || who.id, $3, 1, 0, $4 FROM who
  {UPSERT.format(ceiling="$5")}
)
SELECT who.*, hit.current, hit.previous FROM who, hit"""  # noqa: S608 - only constants are put in

_BY_SESSION = f"""
WITH who AS (
  SELECT s.id AS credential_id, t.kind, {_COLUMNS}, u.role AS granted,
         s.last_seen_at < to_timestamp($2 - {SEEN_EVERY}) AS unseen, {_CLOSED.format(role="u.role")}
  FROM session_token t JOIN session s ON s.id = t.session_id JOIN users u ON u.id = s.user_id
  WHERE t.hash = $1 AND t.kind IN ('{ACCESS}', '{COOKIE}') AND t.expires_at > to_timestamp($2)
    AND s.ended_at IS NULL AND u.status = '{ACTIVE}'
){_COUNT}"""  # noqa: S608

_BY_KEY = f"""
WITH who AS (
  SELECT k.id AS credential_id, 'key' AS kind, {_COLUMNS}, k.role AS granted,
         k.last_used_at IS NULL OR k.last_used_at < to_timestamp($2 - {SEEN_EVERY}) AS unseen,
         {_CLOSED.format(role="k.role")}
  FROM api_key k JOIN users u ON u.id = k.user_id
  WHERE k.hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > to_timestamp($2))
    AND u.status = '{ACTIVE}'
){_COUNT}"""  # noqa: S608

_ASSIGNED = """
INSERT INTO assignment_change AS a (user_id, client_id, version, active, changed_at)
VALUES ($1, $2, $3, $4, now())
ON CONFLICT (user_id, client_id)
DO UPDATE SET version = EXCLUDED.version, active = EXCLUDED.active, changed_at = EXCLUDED.changed_at
WHERE a.version < EXCLUDED.version"""

_BYTEA, _FLOAT8, _INT8, _INT4, _UUID, _BOOL = 17, 701, 20, 23, 2950, 16
_PREPARED: dict[bytes, tuple[str, list[int]]] = {
    b"session": (_BY_SESSION, [_BYTEA, _FLOAT8, _INT8, _INT8, _INT4]),
    b"key": (_BY_KEY, [_BYTEA, _FLOAT8, _INT8, _INT8, _INT4]),
    b"session_seen": ("UPDATE session SET last_seen_at = to_timestamp($1) WHERE id = $2", [_FLOAT8, _UUID]),
    b"assigned": (_ASSIGNED, [_UUID, _UUID, _INT4, _BOOL]),
    b"key_seen": ("UPDATE api_key SET last_used_at = to_timestamp($1) WHERE id = $2", [_FLOAT8, _UUID]),
}
Values = tuple[bytes, ...]


class Lookup:
    """Finds principals by token, with up to AT_ONCE connections in each process.

    Statements go directly to libpq (psycopg.pq), because a cursor costs this process more time than the query costs
    PostgreSQL.
    """

    def __init__(self, settings: Settings) -> None:
        self._limit = settings.api_rate_limit
        url = make_url(settings.database_url).set(drivername="postgresql")
        self._url = url.render_as_string(hide_password=False)
        self._idle: deque[psycopg.Connection[Any]] = deque()
        self._turns = BoundedSemaphore(AT_ONCE)
        self._breaker = Breaker(settings.breaker_failures, settings.breaker_seconds)

    def principal(self, token: str, kinds: tuple[str, ...]) -> Principal:
        """Returns the token's principal. Raises Unauthenticated, TooMany, or Unavailable without the database."""
        statement = b"key" if token.startswith(tokens.API_KEY) else b"session"
        at = time()
        number = slot(self._limit, at)
        ends = (number + 1) * self._limit.seconds
        parameters = (b"%r" % at, b"%d" % number, b"%d" % ends, b"%d" % (self._limit.hits + 1))
        row = self._row(statement, (b"\\x" + tokens.digest(token).hex().encode(), *parameters))
        if row is None or row[1] not in kinds:
            raise Unauthenticated("Your session has ended. Sign in again.")
        credential_id, kind, user_id, email, name, role, client_id, version, granted, *rest = row
        unseen, closed, current, previous = rest
        if granted not in within(role):
            raise Unauthenticated("The role of this API key exceeds its owner's current role. Create a new key.")
        self._check_limit(at, int(current), int(previous))
        if unseen == "t":
            self._row(statement + b"_seen", (parameters[0], credential_id.encode()))
        client = UUID(client_id) if client_id else None
        return Principal(UUID(credential_id), kind, UUID(user_id), email, name, granted, client, int(version), closed)

    def take_note(self, assignment: Assignment) -> None:
        """Stores a change of an assignment, effective with the technician's next request. Raises Unavailable."""
        ids = (str(assignment.user_id).encode(), str(assignment.client_id).encode())
        self._row(b"assigned", (*ids, b"%d" % assignment.version, b"t" if assignment.active else b"f"))

    def _check_limit(self, at: float, current: int, previous: int) -> None:
        if used(self._limit, at, current, previous) > self._limit.hits:
            wait = max(1, retry_after(self._limit, at, current, previous))
            raise TooMany(f"More than {self._limit.hits} requests in {self._limit.seconds} seconds.", wait)

    def _row(self, statement: bytes, values: Values) -> tuple[str, ...] | None:
        """Returns the statement's only row as texts. Raises Unavailable if the database does not answer."""
        with self._turn():
            return self._execute(statement, values)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Waits for a connection. Raises Unavailable at once while the circuit is open."""
        if self._breaker.wait():
            raise Unavailable(AWAY)
        if not self._turns.acquire(timeout=ANSWER_SECONDS):
            self._breaker.failed()
            raise Unavailable(AWAY)
        try:
            yield
        except Unavailable:
            self._breaker.failed()
            raise
        except BaseException:
            self._breaker.abandoned()
            raise
        else:
            self._breaker.succeeded()
        finally:
            self._turns.release()

    def _execute(self, statement: bytes, values: Values) -> tuple[str, ...] | None:
        """Returns the row; skips idle connections that PostgreSQL has closed."""
        while True:
            try:
                connection, kept = self._idle.pop(), True
            except IndexError:
                connection, kept = self._connect(), False
            result = _answer(connection, statement, values)
            if result is not None and result.status in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
                self._idle.append(connection)
                return _first(result)
            message = connection.pgconn.get_error_message().strip() if result is not None else "no answer"
            connection.close()
            if result is None or not kept:
                log.warning("lookup_failed", error=message)
                raise Unavailable(AWAY)

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            connection = psycopg.connect(
                self._url,
                autocommit=True,
                connect_timeout=3,
                tcp_user_timeout=5000,
                application_name="gateway lookup",
                options=OPTIONS,
            )
        except psycopg.OperationalError as error:
            raise Unavailable(AWAY) from error
        for name, (statement, types) in _PREPARED.items():
            connection.pgconn.prepare(name, statement.encode(), types)
        return connection

    def dispose(self) -> None:
        while self._idle:
            self._idle.pop().close()


def _answer(connection: psycopg.Connection[Any], statement: bytes, values: Values) -> PGresult | None:
    """Returns the statement's result (a failed result if the connection broke), or None after a timeout."""
    link, until = connection.pgconn, monotonic() + ANSWER_SECONDS
    result = link.make_empty_result(ExecStatus.FATAL_ERROR)
    readable = select.poll()
    try:
        readable.register(link.socket, select.POLLIN)
        link.send_query_prepared(statement, values)
        link.flush()
        while True:
            while link.is_busy():
                if not readable.poll(max(0.0, until - monotonic()) * 1000):
                    return None
                link.consume_input()
            following = link.get_result()
            if following is None:
                return result
            result = following
    except psycopg.OperationalError:
        return result


def _first(result: PGresult) -> tuple[str, ...] | None:
    """Returns the first row as texts, with NULL as an empty text."""
    if not result.ntuples:
        return None
    return tuple((result.get_value(0, column) or b"").decode() for column in range(result.nfields))
