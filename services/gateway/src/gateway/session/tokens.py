"""Opaque tokens with 256 random bits, for which a plain SHA-256 is a sufficient hash."""

import hmac
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

API_KEY = "evg_"
SESSION = "evs_"
REFRESH = "evr_"
DEVICE = "evd_"


def new_token(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def csrf_token(cookie_token: str) -> str:
    """Returns the CSRF token derived from the session's HttpOnly cookie, so that it can't be forged."""
    return urlsafe_b64encode(hmac.digest(cookie_token.encode(), b"evergreen csrf", "sha256")).decode().rstrip("=")


def csrf_matches(cookie_token: str, header: str | None) -> bool:
    return hmac.compare_digest(csrf_token(cookie_token).encode(), (header or "").encode("utf-8", "replace"))
