"""Signs identity tokens: each names the caller to one service for one minute."""

from pathlib import Path
from threading import Lock
from time import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from common.errors import Forbidden
from common.http.assignments import CLAIM, packed
from common.http.auth import ALGORITHM, ISSUER
from gateway.session.assignments import KEPT, MOST_CLOSED
from gateway.session.principal import Principal

LIFE = 60
KEPT_WHILE = 20
"""Seconds that must remain for a token to be reused, so that slow requests arrive before it expires."""
REMEMBERED = 5000


class Signer:
    """Signs tokens and reuses them, because signing and verifying take longer than the rest of forwarding."""

    def __init__(self, private_key_file: str) -> None:
        key = load_pem_private_key(Path(private_key_file).read_bytes(), None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"{private_key_file} holds no Ed25519 private key")
        self._key = key
        self._known: dict[tuple[Any, ...], tuple[float, str]] = {}
        self._lock = Lock()

    def authorization(self, who: Principal, audience: str) -> str:
        """Returns the value of the Authorization header; a change of the user leads to a new token.

        Raises Forbidden if more clients are closed to the user than fit into a token.
        """
        index = (audience, who.credential_id, who.version, who.role, who.closed)
        known = self._known.get(index)
        at = time()
        if known is not None and known[0] - at >= KEPT_WHILE:
            return known[1]
        if len(who.closed_clients) > MOST_CLOSED:
            raise Forbidden(f"You were unassigned from more than {MOST_CLOSED} clients in the last {KEPT.days} days.")
        expires = int(at) + LIFE
        value = "Bearer " + self._sign(who, audience, expires)
        with self._lock:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[index] = (expires, value)
        return value

    def _sign(self, who: Principal, audience: str, expires: int) -> str:
        claims = {
            "iss": ISSUER,
            "aud": audience,
            "sub": str(who.user_id),
            "name": who.name,
            "role": who.role,
            "iat": expires - LIFE,
            "exp": expires,
        }
        if who.client_id is not None:
            claims["client_id"] = str(who.client_id)
        if closed := who.closed_clients:
            claims[CLAIM] = packed(closed)
        return jwt.encode(claims, self._key, algorithm=ALGORITHM)
