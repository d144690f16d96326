"""Stores an `Idempotency-Key` in the same transaction as the effect, so that a repeat finds both or neither."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects.postgresql import insert

from common.context import Idempotency
from common.errors import Invalid, Unreadable
from common.tables import idempotency_key
from common.uow import UnitOfWork

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST = 200

BY_ROUTE, BY_FUNCTION, NOT_KEPT = "by_route", "by_function", "not_kept"
"""Where a POST's key is stored: by `Routes` (the usual way), by its function (`context.idempotency`), or not at all,
because a repeat is another request or the answer must not be stored."""


@dataclass(frozen=True)
class StoredReply:
    status: int
    body: bytes


def parse(header: str | None, operation: str, path: str, body: bytes, *, required: bool) -> Idempotency | None:
    """Returns the request's idempotency key, or None. Raises Unreadable if it is required but missing, or invalid."""
    if not header:
        if required:
            raise Unreadable(f"Requests that move money need an {HEADER} header. Use a new key for each payment.")
        return None
    if len(header) > LONGEST or not header.isprintable():
        raise Unreadable(f"{HEADER} must be at most {LONGEST} printable characters.")
    return Idempotency(header, operation, sha256(path.encode() + b"\n" + body).hexdigest())


class Repeated(Exception):
    """The key was stored while this request ran: its effects must be rolled back, and the stored reply sent."""


def keep(work: UnitOfWork, promise: Idempotency, status: int, body: bytes) -> None:
    """Stores the key with the reply of a unit of work that is about to commit, waiting for a concurrent holder.

    Raises Repeated if the key is taken.
    """
    if not _insert(work, promise, status=status, body=body):
        raise Repeated


def begin(work: UnitOfWork, promise: Idempotency) -> StoredReply | None:
    """Takes the key before work that commits in portions; gives the stored reply when that is done already.

    Waits for a concurrent holder.
    """
    return None if _insert(work, promise) else stored(work, promise)


def stored(work: UnitOfWork, promise: Idempotency) -> StoredReply | None:
    """Returns the reply that is stored under the key, if any. Raises Invalid if it answers a different request."""
    row = work.session.execute(select(idempotency_key).where(*_is(work, promise))).one_or_none()
    if row is None:
        return None
    if (row.operation, row.fingerprint) != (promise.operation, promise.fingerprint):
        raise Invalid({HEADER: ["This key was used for a different request. Use a new key."]})
    return StoredReply(row.status, row.body)


def complete(work: UnitOfWork, promise: Idempotency, status: int, body: bytes) -> None:
    work.session.execute(update(idempotency_key).where(*_is(work, promise)).values(status=status, body=body))


def _is(work: UnitOfWork, promise: Idempotency) -> tuple[ColumnElement[bool], ...]:
    return idempotency_key.c.actor == str(work.actor), idempotency_key.c.key == promise.key


def _insert(work: UnitOfWork, promise: Idempotency, **reply: Any) -> bool:
    values = {"actor": str(work.actor), "key": promise.key, "operation": promise.operation}
    statement = insert(idempotency_key).values(**values, fingerprint=promise.fingerprint, **reply)
    taken = statement.on_conflict_do_nothing().returning(idempotency_key.c.key)
    return work.session.scalar(taken) is not None
