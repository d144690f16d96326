"""The two cookies of a browser's session.

`__Host-` cookies are Secure. Browsers take such cookies from localhost over plain http as well (seen with Chromium
156 on 127.0.0.1 and localhost), so development needs no weaker kind.
"""

from flask import Response

from gateway.config import Settings
from gateway.session import tokens
from gateway.session.recognising import CSRF_COOKIE, SESSION_COOKIE


def give(response: Response, settings: Settings, cookie: str) -> None:
    """The session's token, which scripts cannot read, and its CSRF token, which our own pages must."""
    life = settings.cookie_hours * 3600
    _set(response, SESSION_COOKIE, cookie, life, httponly=True)
    _set(response, CSRF_COOKIE, tokens.csrf_token(cookie), life, httponly=False)


def take_back(response: Response) -> None:
    _set(response, SESSION_COOKIE, "", 0, httponly=True)
    _set(response, CSRF_COOKIE, "", 0, httponly=False)


def _set(response: Response, name: str, value: str, life: int, *, httponly: bool) -> None:
    response.set_cookie(name, value, max_age=life, path="/", secure=True, httponly=httponly, samesite="Lax")
