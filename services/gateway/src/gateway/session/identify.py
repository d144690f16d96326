"""Authenticates requests to the gateway's own routes; the other services verify an identity token instead."""

from typing import cast

import structlog
from flask import Flask, g, request

from common.context import Actor
from gateway.runtime import runtime
from gateway.session.principal import Principal
from gateway.session.recognising import recognise

OPEN_ENDPOINTS = frozenset({"auth.login", "auth.refreshTokens"})
STRANGER = Actor("anonymous", "", "anonymous")
OPEN_PATHS = frozenset({"/api/v1/openapi.json", "/api/v1/docs"})


def install(app: Flask) -> None:
    app.extensions["identify"] = _identify
    app.before_request(_require_sign_in)


def principal() -> Principal:
    """Returns the request's principal, which is set before the route's code runs."""
    return cast(Principal, g.principal)


def _identify() -> Actor:
    if request.endpoint in OPEN_ENDPOINTS:
        return STRANGER
    if "principal" not in g:
        g.principal = recognise(runtime().lookup, request.environ)
        structlog.contextvars.bind_contextvars(actor=str(g.principal.actor()))
    return principal().actor()


def _require_sign_in() -> None:
    """Raises Unauthenticated before any API path is answered, also for paths that do not exist."""
    if request.path.startswith("/api/") and request.path not in OPEN_PATHS:
        _identify()
