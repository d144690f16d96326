"""The outermost layer: one spelling of every path, security headers, compressed answers of the API, and the way on."""

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
"""A path that nothing answers: paths of two meanings are read as this one."""
NO_FILE = "/assets/-"
"""The same beside the API, where nobody has to be signed in to be told."""

INTERNAL = frozenset({"/readyz", "/metrics"})
"""For those who run us, who ask directly; what came through a public proxy finds nothing there."""


class Front:
    """Wraps the Flask application, which serves what is the gateway's own."""

    def __init__(self, runtime: Runtime, inner: Any) -> None:
        self._inner, self._table, self._forwarding = inner, Table(), Forwarding(runtime)
        # What the gateway answers itself has a share of the threads as every service has, for its database may hang.
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
    """`/api/…` means the newest version; `/api/v1/…` is that version already."""
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
