"""The two cookies of a browser's session, and the cookie that identifies the browser at later sign-ins.

`__Host-` cookies are Secure. Browsers take such cookies from localhost over plain http as well (seen with Chromium
156 on 127.0.0.1 and localhost), so development needs no weaker kind.
"""

from flask import Response

from gateway.config import Settings
from gateway.session import tokens
from gateway.session.recognising import CSRF_COOKIE, DEVICE_COOKIE, SESSION_COOKIE

DEVICE_LIFE = 400 * 24 * 3600
"""Seconds; the maximum that browsers accept."""


def give(response: Response, settings: Settings, cookie: str) -> None:
    """Sets the session's cookie, which scripts can't read, and its CSRF cookie, which our pages read."""
    life = settings.cookie_hours * 3600
    _set(response, SESSION_COOKIE, cookie, life, httponly=True)
    _set(response, CSRF_COOKIE, tokens.csrf_token(cookie), life, httponly=False)


def give_device(response: Response, token: str) -> None:
    """Sets the browser's cookie, which outlives the session and grants no access."""
    _set(response, DEVICE_COOKIE, token, DEVICE_LIFE, httponly=True)


def take_back(response: Response) -> None:
    _set(response, SESSION_COOKIE, "", 0, httponly=True)
    _set(response, CSRF_COOKIE, "", 0, httponly=False)


def _set(response: Response, name: str, value: str, life: int, *, httponly: bool) -> None:
    response.set_cookie(name, value, max_age=life, path="/", secure=True, httponly=httponly, samesite="Lax")
