"""Authenticates a request by its bearer token or its cookie, which needs a CSRF header."""

from typing import Any

from common.errors import Forbidden, Unauthenticated
from gateway.session import tokens
from gateway.session.lookup import Lookup
from gateway.session.models import ACCESS, COOKIE
from gateway.session.principal import Principal

SESSION_COOKIE = "__Host-evergreen_session"
DEVICE_COOKIE = "__Host-evergreen_device"
CSRF_COOKIE = "evergreen_csrf"
LONGEST_TOKEN = 100
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def recognise(lookup: Lookup, environ: dict[str, Any]) -> Principal:
    """Returns the request's principal; raises Unauthenticated, Forbidden (no CSRF header), TooMany or Unavailable."""
    authorization = environ.get("HTTP_AUTHORIZATION")
    if authorization:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated('The Authorization header must be "Bearer" followed by a token or API key.')
        return lookup.principal(token.strip(), (ACCESS, "key"))
    cookie = session_cookie(environ)
    if not cookie:
        raise Unauthenticated("Sign in first.")
    principal = lookup.principal(cookie, (COOKIE,))
    if environ["REQUEST_METHOD"] not in SAFE_METHODS:
        _check_csrf(environ, cookie)
    return principal


def session_cookie(environ: dict[str, Any]) -> str | None:
    return _cookie(environ.get("HTTP_COOKIE", ""), SESSION_COOKIE)


def device_cookie(environ: dict[str, Any]) -> str | None:
    """Returns the browser's token, if it is well-formed."""
    token = _cookie(environ.get("HTTP_COOKIE", ""), DEVICE_COOKIE)
    return token if token and token.startswith(tokens.DEVICE) and len(token) < LONGEST_TOKEN else None


def _cookie(header: str, name: str) -> str | None:
    for part in header.split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return None


def _check_csrf(environ: dict[str, Any], cookie: str) -> None:
    """Raises Forbidden unless the header repeats the readable cookie, which is derived from the session's token."""
    if not tokens.csrf_matches(cookie, environ.get("HTTP_X_CSRF_TOKEN")):
        raise Forbidden("Changes with the session cookie need the session's X-CSRF-Token header.")
