"""Builds the Flask application of a service: identity, request ids, metrics, health and problem answers."""

from time import perf_counter
from uuid import UUID

import structlog
from flask import Flask, Response, g, request

from common import health, metrics
from common.app import App
from common.context import Actor
from common.http import errors, openapi
from common.http.auth import Verifier
from common.ids import new_id
from common.logging import configure

log = structlog.get_logger()

LARGEST_BODY = 1024 * 1024
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


def create_app(app: App) -> Flask:
    """Builds the WSGI application of one service's `api` process."""
    configure(app.settings)
    flask_app = Flask(app.name, static_folder=None)
    flask_app.config.update(openapi.config(app.name), MAX_CONTENT_LENGTH=LARGEST_BODY)
    flask_app.url_map.strict_slashes = False
    flask_app.extensions["app"] = app
    verifier = Verifier(app.settings.identity_public_key_file, app.name)
    flask_app.extensions["identify"] = lambda: _identify(verifier)
    _instrument(flask_app, app)
    openapi.mount(flask_app, app)
    errors.install(flask_app)  # after flask-smorest, whose handler would answer in another format
    health.mount(flask_app, app)
    if app.on_api_start is not None:
        app.on_api_start(flask_app, app)
    return flask_app


def _identify(verifier: Verifier) -> Actor:
    actor = verifier.actor(request.headers.get("Authorization"))
    structlog.contextvars.bind_contextvars(actor=str(actor))
    return actor


def _instrument(flask_app: Flask, app: App) -> None:
    @flask_app.before_request
    def begin() -> None:
        g.started = perf_counter()
        request_id = _trusted_id(request.headers.get("X-Request-Id"))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(
            request_id=request_id,
            correlation_id=_trusted_id(request.headers.get("X-Correlation-Id"), request_id),
        )

    @flask_app.after_request
    def finish(response: Response) -> Response:
        elapsed = perf_counter() - g.get("started", perf_counter())
        rule = request.url_rule.rule if request.url_rule else "unmatched"
        response.headers["X-Request-Id"] = structlog.contextvars.get_contextvars().get("request_id", "")
        if request.path not in QUIET:
            metrics.observe_request(app.name, request.method, rule, response.status_code, elapsed)
            log.info(
                "request_finished",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round(elapsed * 1000, 1),
            )
        return response


def _trusted_id(header: str | None, fallback: str | None = None) -> str:
    """Returns the caller's id if it is a UUID, else `fallback` or a new id; other texts are kept out of logs."""
    try:
        return str(UUID(header or ""))
    except ValueError:
        return fallback or str(new_id())
