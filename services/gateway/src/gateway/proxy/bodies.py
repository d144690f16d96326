"""Bodies on their way through: small ones are held, larger ones pass in pieces, too large ones are refused."""

from typing import Any, Protocol

from common.errors import DomainError, Unreadable

HELD = 64 * 1024
"""Bytes. A body up to this size is read before the service is asked, so that a slow caller keeps nobody waiting
and a request on a stale connection can be sent again."""

DISCARDED = 8 * 1024 * 1024
"""Bytes of a refused body that are read all the same."""


class TooLarge(DomainError):
    status, title = 413, "Too large"


class Source(Protocol):
    def read(self, size: int = -1) -> bytes: ...


class Passing:
    """A body read as it is sent on. Raises TooLarge beyond `limit`, Unreadable when it ends before its time."""

    def __init__(self, source: Source, length: int | None, limit: int) -> None:
        self._source, self._left, self._limit = source, length, limit
        self._passed = 0

    def read(self, size: int = -1) -> bytes:
        wanted = HELD if size < 0 else size
        if self._left is not None:
            wanted = min(wanted, self._left)
        piece = self._source.read(wanted) if wanted else b""
        self._passed += len(piece)
        if self._passed > self._limit:
            raise _too_large(self._limit)
        if self._left is not None:
            if wanted and not piece:
                raise Unreadable("The request ended before its Content-Length.")
            self._left -= len(piece)
        return piece


def body_of(environ: dict[str, Any], limit: int) -> bytes | Passing | None:
    """None when there is no body, bytes when it is small, else something to read."""
    source: Source = environ["wsgi.input"]
    length = _length(environ)
    if length is None:
        if "chunked" not in environ.get("HTTP_TRANSFER_ENCODING", "").lower():
            return None
        return Passing(source, None, limit)
    if length > limit:
        _discard(source, length)
        raise _too_large(limit)
    passing = Passing(source, length, limit)
    return passing if length > HELD else _all(passing, length)


def _all(passing: Passing, length: int) -> bytes:
    body = passing.read(length)
    while len(body) < length:
        body += passing.read(length - len(body))
    return body


def _discard(source: Source, length: int) -> None:
    """Reads what is refused, within reason: closing on unread bytes would fail the caller's next request."""
    left = min(length, DISCARDED)
    while left > 0 and (piece := source.read(min(HELD, left))):
        left -= len(piece)


def _length(environ: dict[str, Any]) -> int | None:
    text = environ.get("CONTENT_LENGTH") or ""
    if not text:
        return None
    if not text.isascii() or not text.isdigit():
        raise Unreadable("Content-Length is no number.")
    return int(text)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The request is larger than this resource takes: at most {limit // 1024} KiB.")
