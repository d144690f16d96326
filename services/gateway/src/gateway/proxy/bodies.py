"""Request bodies: small bodies are read first, larger ones are streamed, too large ones are refused."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from time import monotonic
from typing import Any, Protocol

from common.errors import DomainError, Unreadable

HELD = 64 * 1024
"""Bytes. A body up to this size is read before the service is asked, so that a slow caller holds no connection and a
request on a stale connection can be sent again."""

DISCARDED = 512 * 1024 * 1024
"""Bytes of an unwanted body that are read at most."""
LINGERING, LINGERING_FOR_STRANGERS = 60.0, 2.0
"""Seconds for reading an unwanted body."""
SILENCE = 5.0
"""Seconds without a byte after which the caller is considered gone."""


class TooLarge(DomainError):
    status, title = 413, "Too large"


class Source(Protocol):
    def read(self, size: int = -1) -> bytes: ...


class Passing:
    """A streamed body. Raises TooLarge beyond `limit`, Unreadable if it ends before its Content-Length."""

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
    """Returns None without a body, bytes for a small body, else a stream. Raises TooLarge, Unreadable."""
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
    """An answer sent before the whole body was read; reads the rest of the body after the answer.

    If the connection were closed with unread bytes, many callers would see a broken connection instead of the answer.
    """

    def __init__(self, answer: Iterable[bytes], environ: dict[str, Any], seconds: float) -> None:
        self._answer, self._source, self._seconds = answer, environ["wsgi.input"], seconds
        self._connection = environ.get("gunicorn.socket")

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._answer)

    def close(self) -> None:
        if hasattr(self._answer, "close"):
            self._answer.close()
        with suppress(Exception):  # the answer is already sent
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
    """Returns whether the body may still be unread when the answer is sent; the server reads small bodies itself."""
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
