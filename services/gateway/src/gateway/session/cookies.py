"""The two cookies of a browser's session, and the one by which an account knows the browser again.

`__Host-` cookies are Secure. Browsers take such cookies from localhost over plain http as well (seen with Chromium
156 on 127.0.0.1 and localhost), so development needs no weaker kind.
"""

from flask import Response

from gateway.config import Settings
from gateway.session import tokens
from gateway.session.recognising import CSRF_COOKIE, DEVICE_COOKIE, SESSION_COOKIE

DEVICE_LIFE = 400 * 24 * 3600
"""Seconds; browsers keep no cookie longer."""


def give(response: Response, settings: Settings, cookie: str) -> None:
    """The session's token, which scripts cannot read, and its CSRF token, which our own pages must."""
    life = settings.cookie_hours * 3600
    _set(response, SESSION_COOKIE, cookie, life, httponly=True)
    _set(response, CSRF_COOKIE, tokens.csrf_token(cookie), life, httponly=False)


def give_device(response: Response, token: str) -> None:
    """Outlives the session: signing out leaves the browser known. It opens nothing by itself."""
    _set(response, DEVICE_COOKIE, token, DEVICE_LIFE, httponly=True)


def take_back(response: Response) -> None:
    _set(response, SESSION_COOKIE, "", 0, httponly=True)
    _set(response, CSRF_COOKIE, "", 0, httponly=False)


def _set(response: Response, name: str, value: str, life: int, *, httponly: bool) -> None:
    response.set_cookie(name, value, max_age=life, path="/", secure=True, httponly=httponly, samesite="Lax")
