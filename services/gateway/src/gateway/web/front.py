"""The outermost layer: normalizes paths, adds security headers, compresses API answers and routes requests."""

from collections.abc import Iterable
from functools import partial
from threading import BoundedSemaphore
from typing import Any

from common.errors import Unavailable
from common.http.errors import problem
from common.http.routes import BASE
from gateway.proxy.forwarding import Forwarding, bind_ids
from gateway.proxy.table import Table, segments_of
from gateway.runtime import Runtime
from gateway.web import security
from gateway.web.compressing import compressed

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
NOWHERE = f"{BASE}/-"
"""A path without a route, which replaces ambiguous paths."""
NO_FILE = "/assets/-"
"""The same outside the API, answered without a sign-in."""

INTERNAL = frozenset({"/readyz", "/metrics"})
"""Paths for operators, hidden from requests that come through a public proxy."""


class Front:
    """Wraps the Flask application, which serves the gateway's own routes."""

    def __init__(self, runtime: Runtime, inner: Any) -> None:
        self._inner, self._table, self._forwarding = inner, Table(), Forwarding(runtime)
        # The gateway's own routes have a share of the threads as each service has, because its database may hang.
        self._own = BoundedSemaphore(runtime.settings.own_share)
        self._headers = security.headers(production=runtime.settings.production)

    def __call__(self, environ: dict[str, Any], start_response: security.StartResponse) -> Iterable[bytes]:
        path = newest_version(environ["PATH_INFO"])
        api = path.startswith("/api/")
        start = security.secured(start_response, self._headers, api=api)
        if api:
            return compressed(partial(self._answer, path=path, api=True), environ, start)
        return self._answer(environ, start, path=path, api=False)

    def _answer(
        self, environ: dict[str, Any], start: security.StartResponse, *, path: str, api: bool
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in METHODS:
            return _unknown_method(environ, start)
        if path.rstrip("/") in INTERNAL and "HTTP_X_FORWARDED_FOR" in environ:
            path = NO_FILE
        if api:
            segments = segments_of(path)
            if segments is None:
                path = NOWHERE
            elif path.startswith(BASE):
                route = self._table.find(segments[2:])
                if route is not None:
                    environ["PATH_INFO"] = path
                    return self._forwarding(environ, start, route)
        environ["PATH_INFO"] = path
        return self._answer_itself(environ, start) if api else self._inner(environ, start)

    def _answer_itself(self, environ: dict[str, Any], start_response: security.StartResponse) -> Iterable[bytes]:
        if not self._own.acquire(blocking=False):
            return _busy(environ, start_response)
        try:
            answer: Iterable[bytes] = self._inner(environ, start_response)
        finally:
            self._own.release()
        return answer


def newest_version(path: str) -> str:
    """Returns the path with the newest version: `/api/…` becomes `/api/v1/…`."""
    if not path.startswith("/api/") or path.startswith(BASE + "/") or path == BASE:
        return path
    return BASE + path[4:]


def _busy(environ: dict[str, Any], start_response: security.StartResponse) -> Iterable[bytes]:
    request_id, _ = bind_ids(environ)
    response = problem(Unavailable.status, Unavailable.title, "The gateway is busy. Try again shortly.")
    response.headers["X-Request-Id"] = request_id
    response.headers["Retry-After"] = "1"
    answer: Iterable[bytes] = response(environ, start_response)
    return answer


def _unknown_method(environ: dict[str, Any], start_response: security.StartResponse) -> Iterable[bytes]:
    request_id, _ = bind_ids(environ)
    response = problem(405, "Method Not Allowed", "This method is not allowed here.")
    response.headers["X-Request-Id"] = request_id
    response.headers["Allow"] = ", ".join(sorted(METHODS))
    answer: Iterable[bytes] = response(environ, start_response)
    return answer
