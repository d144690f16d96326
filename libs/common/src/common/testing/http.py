"""A test client that authenticates as any role with the gateway's tokens."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import time
from typing import Any
from uuid import UUID

import jwt
from flask import Flask
from werkzeug.test import TestResponse

from common.http.assignments import CLAIM, packed
from common.http.auth import ALGORITHM, ISSUER
from common.ids import new_id
from common.testing import conformance


def identity_token(
    private_key: Path,
    audience: str,
    *,
    role: str,
    user_id: str,
    client_id: UUID | None = None,
    closed_clients: Iterable[UUID] = (),
) -> str:
    claims = {"iss": ISSUER, "aud": audience, "sub": user_id, "name": f"Test {role}", "role": role, "exp": time() + 60}
    if client_id is not None:
        claims["client_id"] = str(client_id)
    if closed_clients:
        claims[CLAIM] = packed(closed_clients)
    return jwt.encode(claims, private_key.read_text(), algorithm=ALGORITHM)


@dataclass
class Caller:
    """A signed-in caller; `path` is relative to /api/v1."""

    app: Flask
    token: str

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._call("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self._call("POST", path, json=json, **options)

    def patch(self, path: str, json: Any, **options: Any) -> TestResponse:
        return self._call("PATCH", path, json=json, **options)

    def put(self, path: str, json: Any, **options: Any) -> TestResponse:
        return self._call("PUT", path, json=json, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self._call("DELETE", path, **options)

    def _call(self, method: str, path: str, headers: dict[str, str] | None = None, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        answer = self.app.test_client().open(f"/api/v1{path}", method=method, headers=headers, **options)
        conformance.check(self.app, answer)
        return answer


@dataclass
class Callers:
    """Makes callers: `callers("admin").get("/services")`."""

    app: Flask
    audience: str
    private_key: Path

    def __call__(self, role: str = "admin", *, user_id: str | None = None, **claims: Any) -> Caller:
        """`claims` are those of `identity_token`, such as `client_id`."""
        who = {"role": role, "user_id": user_id or str(new_id()), **claims}
        return Caller(self.app, identity_token(self.private_key, self.audience, **who))
