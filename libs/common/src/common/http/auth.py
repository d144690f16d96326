"""Verifies the gateway's short-lived EdDSA tokens."""

from functools import lru_cache
from pathlib import Path
from threading import Lock
from time import time
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from common.context import Actor
from common.errors import Forbidden, Unauthenticated
from common.http.assignments import CLAIM, unpacked

ISSUER = "evergreen-gateway"
ALGORITHM = "EdDSA"
LEEWAY = 5


@lru_cache(maxsize=4)
def _public_key(path: str) -> Ed25519PublicKey:
    key = load_pem_public_key(Path(path).read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError(f"{path} holds no Ed25519 public key")
    return key


class Verifier:
    """Checks tokens for one audience. A token seen before is not verified again until it expires."""

    def __init__(self, public_key_file: str, audience: str, remember: int = 2000) -> None:
        self._key_file, self._audience, self._remember = public_key_file, audience, remember
        self._seen: dict[str, tuple[float, Actor]] = {}
        self._lock = Lock()

    def actor(self, authorization: str | None) -> Actor:
        """Returns the actor of an `Authorization: Bearer` header; raises Unauthenticated."""
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthenticated("Sign in first.")
        known = self._seen.get(token)
        if known and known[0] > time():
            return known[1]
        claims = self._claims(token)
        actor = Actor(
            id=claims["sub"],
            name=claims.get("name", ""),
            role=claims["role"],
            client_id=UUID(claims["client_id"]) if claims.get("client_id") else None,
            closed_clients=unpacked(claims.get(CLAIM, "")),
        )
        with self._lock:
            if len(self._seen) >= self._remember:
                self._seen.clear()
            self._seen[token] = (claims["exp"] + LEEWAY, actor)
        return actor

    def _claims(self, token: str) -> dict[str, Any]:
        try:
            return jwt.decode(
                token,
                _public_key(self._key_file),
                algorithms=[ALGORITHM],
                audience=self._audience,
                issuer=ISSUER,
                leeway=LEEWAY,
                options={"require": ["exp", "sub", "role", "aud", "iss"]},
            )
        except jwt.PyJWTError as error:
            raise Unauthenticated("The identity token is not valid for this service.") from error


def allow(actor: Actor, roles: frozenset[str]) -> None:
    """Raises Forbidden unless the actor's role is among `roles`."""
    if actor.role not in roles:
        raise Forbidden("Your role does not allow this.")
