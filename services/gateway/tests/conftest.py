"""What the gateway's tests share: people who can sign in, and services to forward to."""

import importlib.util
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from common.http.app import create_app
from common.ids import new_id
from common.testing.fixtures import MakeApp
from gateway import wiring
from gateway.config import UPSTREAMS
from gateway.inbound.replicas import Client
from gateway.runtime import EXTENSION
from gateway.session import sessions, tokens
from gateway.session.recognising import SESSION_COOKIE
from gateway.user import accounts
from gateway.user.models import User
from gateway.user.passwords import Passwords
from gateway.user.roles import of_client

# Test folders are no packages: what they share beside fixtures is loaded by its place.
_spec = importlib.util.spec_from_file_location("gateway_test_upstreams", Path(__file__).with_name("upstreams.py"))
_upstreams: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_upstreams)

PASSWORD = "a long enough passphrase"
HASH = Passwords(1).hash(PASSWORD)


@pytest.fixture
def make_app() -> MakeApp:
    return wiring.app


@pytest.fixture
def client_id(in_work) -> UUID:
    """A client the gateway has heard of."""
    identifier = new_id()
    with in_work("system") as work:
        work.session.add(Client(id=identifier, name="Acme", status="active", sequence=1))
    return identifier


@pytest.fixture
def make_user(in_work, client_id) -> Callable[..., User]:
    def make(role: str = "admin", email: str | None = None) -> User:
        with in_work("system") as work:
            return accounts.create(
                work,
                email=email or f"{role}-{new_id().hex[-6:]}@evergreen.example",
                name=f"The {role}",
                role=role,
                password_hash=HASH,
                client_id=client_id if of_client(role) else None,
            )

    return make


@dataclass
class Signed:
    """Somebody at a client of their own; paths are relative to /api/v1."""

    http: FlaskClient
    user: User | None = None
    access: str = ""
    refresh: str = ""
    cookie: str = ""
    csrf: str = ""

    def call(self, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.access}"} if self.access else {}
        return self.http.open(f"/api/v1{path}", method=method, headers=headers | options.pop("headers", {}), **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("POST", path, json=json, **options)

    def patch(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("PATCH", path, json=json, **options)

    def put(self, path: str, json: Any = None, **options: Any) -> TestResponse:
        return self.call("PUT", path, json=json, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.call("DELETE", path, **options)

    def with_token(self, token: str) -> "Signed":
        return replace(self, access=token)

    def by_cookie(self, method: str, path: str, csrf: str | None = None, **options: Any) -> TestResponse:
        headers = {"Cookie": f"{SESSION_COOKIE}={self.cookie}"} | ({"X-CSRF-Token": csrf} if csrf else {})
        return self.http.open(f"/api/v1{path}", method=method, headers=headers, **options)


@pytest.fixture
def make_flask_app(app) -> Iterator[Callable[..., Flask]]:
    """Applications as `gateway api` serves them, each its own process as far as memory goes; settings by name."""
    made: list[tuple[Any, Flask]] = []

    def make(**settings: Any) -> Flask:
        built = wiring.app(replace(app.settings, **settings))
        flask_app = create_app(built)
        made.append((built, flask_app))
        return flask_app

    yield make
    for built, flask_app in made:
        runtime = flask_app.extensions[EXTENSION]
        runtime.lookup.dispose()
        runtime.fetchers.shutdown()
        for upstream in runtime.upstreams.values():
            upstream.dispose()
        built.dispose()


@pytest.fixture
def flask_app(make_flask_app) -> Flask:
    return make_flask_app()


@pytest.fixture
def nobody(flask_app) -> Signed:
    return Signed(flask_app.test_client(use_cookies=False))


@pytest.fixture
def sign_in(flask_app, make_user, in_work, app) -> Callable[..., Signed]:
    """`sign_in("technician")`, or an existing user, at an application of one's choice: with a session as signing in
    begins one, but without the time a password takes."""

    def sign(role: str | User = "admin", at: Flask | None = None) -> Signed:
        user = make_user(role) if isinstance(role, str) else role
        with in_work("system") as work:
            granted = sessions.begin(work, app.settings, user, "192.0.2.1", "pytest")
            accounts.note_sign_in(work, user.id, None)
        http = (at or flask_app).test_client(use_cookies=False)
        csrf = tokens.csrf_token(granted.cookie)
        return Signed(http, user, granted.access, granted.refresh, granted.cookie, csrf)

    return sign


def _cookies(answer: TestResponse) -> Iterator[tuple[str, str, str]]:
    for header in answer.headers.getlist("Set-Cookie"):
        pair, _, rest = header.partition(";")
        name, _, value = pair.partition("=")
        yield name, value, rest


@pytest.fixture
def cookies_of() -> Callable[[TestResponse], list[tuple[str, str, str]]]:
    return lambda answer: list(_cookies(answer))


@pytest.fixture(scope="session")
def upstreams() -> Any:
    """The module upstreams.py."""
    return _upstreams


@pytest.fixture
def upstream() -> Iterator[Any]:
    """A service that answers for all of them."""
    server = _upstreams.Server()
    yield server
    server.stop()


@pytest.fixture
def forwarding_app(make_flask_app, upstream) -> Flask:
    return make_flask_app(upstreams=dict.fromkeys(UPSTREAMS, upstream.url))
