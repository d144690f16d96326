"""Forwards requests: authenticates the caller, filters the headers, and streams the service's answer back.

Plain WSGI in front of the Flask application, because most requests are forwarded and need none of Flask's routing and
contexts.
"""

from collections.abc import Callable, Iterable, Iterator
from time import perf_counter
from typing import Any
from urllib.parse import quote
from uuid import UUID

import structlog
from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from common import metrics
from common.errors import DomainError, NotFound, Unavailable
from common.http import assignments, contexts
from common.http.errors import problem
from common.ids import new_id
from gateway.proxy import headers
from gateway.proxy.bodies import HELD, LINGERING, LINGERING_FOR_STRANGERS, Lingering, body_of, passes_in_pieces
from gateway.proxy.table import Route
from gateway.proxy.upstream import BrokeOff
from gateway.runtime import Runtime
from gateway.session.principal import VISITOR
from gateway.session.recognising import recognise
from gateway.web.address import client_address

log = structlog.get_logger()

StartResponse = Callable[..., Any]


class Forwarding:
    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def __call__(self, environ: dict[str, Any], start_response: StartResponse, route: Route) -> Iterable[bytes]:
        started = perf_counter()
        request_id, correlation_id = bind_ids(environ)
        try:
            response = self._forward(environ, route, request_id, correlation_id)
            pieces = _pieces(response, environ["REQUEST_METHOD"])
        except DomainError as error:
            return self._refuse(environ, start_response, route, error, started)
        except Exception:
            log.exception("request_failed")
            return self._refuse(environ, start_response, route, _Internal(), started)
        start_response(f"{response.status} {response.reason or 'Unknown'}", headers.outbound(response.headers.items()))
        _report(environ, route, response.status, started)
        return Lingering(pieces, environ, LINGERING) if passes_in_pieces(environ) else pieces

    def _forward(self, environ: dict[str, Any], route: Route, request_id: str, correlation_id: str) -> BaseHTTPResponse:
        address = self._visit(environ) if route.visitors else None
        who = VISITOR if address else recognise(self._runtime.lookup, environ)
        if not route.service:
            raise NotFound("This address does not exist.")
        upstream = self._runtime.upstreams[route.service]
        body = body_of(environ, route.largest_body)
        passed = headers.inbound(environ)
        passed["Authorization"] = self._runtime.signer.authorization(who, route.service)
        if address:
            passed[contexts.ADDRESS] = address
        passed["X-Request-Id"] = request_id
        passed["X-Correlation-Id"] = correlation_id
        if body is not None and environ.get("CONTENT_LENGTH"):
            passed["Content-Length"] = environ["CONTENT_LENGTH"]
        share = upstream.long if route.long else upstream.ordinary
        response = upstream.send(environ["REQUEST_METHOD"], _target(environ), passed, body, share)
        if assignments.HEADER in response.headers:
            self._store_assignment(response)
        return response

    def _visit(self, environ: dict[str, Any]) -> str:
        """Counts a request without an account, and returns its address. Raises TooMany."""
        address = client_address(environ, self._runtime.settings.trusted_proxies)
        self._runtime.visits.count(address)
        return address

    def _store_assignment(self, response: BaseHTTPResponse) -> None:
        """Stores a change of an assignment before the answer is sent.

        Raises Unavailable if that fails; the owner reports the change again when the request is repeated.
        """
        try:
            self._runtime.lookup.take_note(assignments.Assignment.parse(response.headers[assignments.HEADER]))
        except DomainError:
            response.close()
            response.release_conn()
            raise

    def _refuse(
        self, environ: dict[str, Any], start_response: StartResponse, route: Route, error: DomainError, started: float
    ) -> Iterable[bytes]:
        response = problem(error.status, error.title, error.detail)
        response.headers["X-Request-Id"] = structlog.contextvars.get_contextvars()["request_id"]
        if isinstance(error, Unavailable):
            response.headers["Retry-After"] = str(error.retry_after)
        if error.status == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        _report(environ, route, error.status, started)
        answer: Iterable[bytes] = response(environ, start_response)
        seconds = LINGERING_FOR_STRANGERS if error.status == 401 else LINGERING
        return Lingering(answer, environ, seconds) if passes_in_pieces(environ) else answer


class _Internal(DomainError):
    status, title = 500, "Internal error"

    def __init__(self) -> None:
        super().__init__("Something went wrong on our side. The error was logged with this request ID.")


class _Streamed:
    """A streamed answer. If the caller leaves early, closes the service's connection, because of the unread rest."""

    def __init__(self, response: BaseHTTPResponse) -> None:
        self._response = response
        self._ended = False

    def __iter__(self) -> Iterator[bytes]:
        yield from self._response.stream(HELD, decode_content=False)
        self._ended = True

    def close(self) -> None:
        if not self._ended:
            self._response.close()
        self._response.release_conn()


def _pieces(response: BaseHTTPResponse, method: str) -> Iterable[bytes]:
    """Returns a small answer as a whole, which frees the connection early, and a large answer as a stream."""
    length = response.headers.get("Content-Length")
    small = method == "HEAD" or response.status in {204, 304} or (length is not None and int(length) <= HELD)
    if not small:
        return _Streamed(response)
    try:
        return [response.read(decode_content=False)]
    except HTTPError as error:
        raise BrokeOff("The service stopped before its response was complete.") from error
    finally:
        response.release_conn()


def _target(environ: dict[str, Any]) -> str:
    """Returns the path encoded again, so that the service sees exactly the path that the route table matched."""
    path = environ["PATH_INFO"]
    target = (
        path if path.isascii() and path.replace("/", "").replace("-", "").isalnum() else quote(path.encode("latin-1"))
    )
    query = environ.get("QUERY_STRING")
    return f"{target}?{query}" if query else target


def bind_ids(environ: dict[str, Any]) -> tuple[str, str]:
    """Binds the caller's request and correlation ids, or new ones if they are not UUIDs, and returns them."""
    request_id = _uuid(environ.get("HTTP_X_REQUEST_ID")) or str(new_id())
    correlation_id = _uuid(environ.get("HTTP_X_CORRELATION_ID")) or request_id
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id, correlation_id=correlation_id)
    return request_id, correlation_id


def _uuid(header: str | None) -> str | None:
    if not header:
        return None
    try:
        return str(UUID(header))
    except ValueError:
        return None


def _report(environ: dict[str, Any], route: Route, status: int, started: float) -> None:
    elapsed = perf_counter() - started
    method = environ["REQUEST_METHOD"]
    metrics.observe_request("gateway", method, route.pattern, status, elapsed)
    log.info(
        "request_forwarded",
        method=method,
        path=environ["PATH_INFO"],
        status=status,
        upstream=route.service,
        ms=round(elapsed * 1000, 1),
    )
