"""Bodies on their way through: small ones are held, larger ones pass in pieces, too large ones are refused."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from time import monotonic
from typing import Any, Protocol

from common.errors import DomainError, Unreadable

HELD = 64 * 1024
"""Bytes. A body up to this size is read before the service is asked, so that a slow caller keeps nobody waiting
and a request on a stale connection can be sent again."""

DISCARDED = 512 * 1024 * 1024
"""Bytes of a body that nobody wants that are read all the same."""
LINGERING, LINGERING_FOR_STRANGERS = 60.0, 2.0
"""Seconds that this may take in all."""
SILENCE = 5.0
"""Seconds without a byte after which the caller is taken for gone: a busy machine may take long over many bytes."""


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
        raise _too_large(limit)
    passing = Passing(source, length, limit)
    return passing if length > HELD else _all(passing, length)


def _all(passing: Passing, length: int) -> bytes:
    body = passing.read(length)
    while len(body) < length:
        body += passing.read(length - len(body))
    return body


class Lingering:
    """An answer given before the whole body was read. What is left of that is read off the connection after it:
    closed on unread bytes, many callers would find a broken connection instead of their answer."""

    def __init__(self, answer: Iterable[bytes], environ: dict[str, Any], seconds: float) -> None:
        self._answer, self._source, self._seconds = answer, environ["wsgi.input"], seconds
        self._connection = environ.get("gunicorn.socket")

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        if hasattr(self._answer, "close"):
            self._answer.close()
        with suppress(Exception):  # a caller who left or sent nonsense has had the answer
            self._discard(monotonic() + self._seconds)

    def _discard(self, until: float) -> None:
        left = DISCARDED
        before = self._connection.gettimeout() if self._connection else None
        try:
            while left > 0 and (seconds := until - monotonic()) > 0:
                if self._connection:
                    self._connection.settimeout(min(seconds, SILENCE))
                piece = self._source.read(HELD)
                if not piece:
                    return
                left -= len(piece)
        finally:
            if self._connection:
                self._connection.settimeout(before)


def passes_in_pieces(environ: dict[str, Any]) -> bool:
    """Whether the body may not have been read when the answer is there; what is small, the server reads off itself."""
    length = environ.get("CONTENT_LENGTH", "")
    return bool(environ.get("HTTP_TRANSFER_ENCODING")) or (length.isdecimal() and int(length) > HELD)


def _length(environ: dict[str, Any]) -> int | None:
    text = environ.get("CONTENT_LENGTH") or ""
    if not text:
        return None
    if not text.isascii() or not text.isdigit():
        raise Unreadable("Content-Length is not a number.")
    return int(text)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"The request is too large. The limit is {limit // (1024 * 1024)} MiB.")
