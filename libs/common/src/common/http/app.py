"""The Flask application around a service's routes: identity, request ids, metrics, health, problem answers."""

from time import perf_counter
from uuid import UUID

import structlog
from flask import Flask, Response, g, request
from flask_smorest import Api

from common import health, metrics
from common.context import Actor
from common.http import errors, openapi
from common.http.auth import Verifier
from common.ids import new_id
from common.logging import configure
from common.service import Service

log = structlog.get_logger()

LARGEST_BODY = 1024 * 1024
QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


def create_app(service: Service) -> Flask:
    """Builds the WSGI application of one service's `api` process."""
    configure(service.settings)
    app = Flask(service.name, static_folder=None)
    app.config.update(openapi.config(service.name), MAX_CONTENT_LENGTH=LARGEST_BODY)
    app.url_map.strict_slashes = False
    app.extensions["service"] = service
    verifier = Verifier(service.settings.identity_public_key_file, service.name)
    app.extensions["identify"] = lambda: _identify(verifier)
    _instrument(app, service)
    mount(app, service)
    errors.install(app)  # after flask-smorest, whose own handler answers in another shape
    health.mount(app, service)
    if service.on_api_start is not None:
        service.on_api_start(app, service)
    return app


def mount(app: Flask, service: Service) -> Api:
    api = Api(app)
    api.spec.components.response("Problem", openapi.PROBLEM)
    openapi.describe_money(api.spec)
    for routes in service.routes:
        api.register_blueprint(routes.blueprint)
    return api


def _identify(verifier: Verifier) -> Actor:
    actor = verifier.actor(request.headers.get("Authorization"))
    structlog.contextvars.bind_contextvars(actor=str(actor))
    return actor


def _instrument(app: Flask, service: Service) -> None:
    @app.before_request
    def begin() -> None:
        g.started = perf_counter()
        request_id = _trusted_id(request.headers.get("X-Request-Id"))
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(
            request_id=request_id,
            correlation_id=_trusted_id(request.headers.get("X-Correlation-Id"), request_id),
        )

    @app.after_request
    def finish(response: Response) -> Response:
        elapsed = perf_counter() - g.get("started", perf_counter())
        rule = request.url_rule.rule if request.url_rule else "unmatched"
        response.headers["X-Request-Id"] = structlog.contextvars.get_contextvars().get("request_id", "")
        if request.path not in QUIET:
            metrics.observe_request(service.name, request.method, rule, response.status_code, elapsed)
            log.info(
                "request_finished",
                method=request.method,
                path=request.path,
                status=response.status_code,
                ms=round(elapsed * 1000, 1),
            )
        return response


def _trusted_id(header: str | None, fallback: str | None = None) -> str:
    """A caller's id if it is a UUID (nothing else goes into logs and events), else a new one."""
    try:
        return str(UUID(header or ""))
    except ValueError:
        return fallback or str(new_id())
