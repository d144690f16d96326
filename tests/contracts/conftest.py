"""Fixtures of contract tests: the generator, the services, and the golden file of each event."""

import importlib.util
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

import pytest

from common import migrations
from common.app import App
from common.context import Context
from common.events import EventType
from common.handlers import Handler
from common.http.app import create_app
from common.ids import new_id
from common.testing import infra as infrastructure
from common.testing.http import Caller, Callers
from common.testing.infra import Infra
from common.testing.walking import Served

NAMES = ("agreements", "billing", "catalog", "clients", "gateway", "notifications")
ROLE = "super_admin"


@pytest.fixture(scope="session")
def generator() -> ModuleType:
    path = Path(__file__).with_name("generate.py")
    spec = importlib.util.spec_from_file_location("evergreen_contract_generator", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def services(generator: ModuleType) -> dict[str, App]:
    return {name: generator.service(name) for name in generator.SERVICES}


@dataclass(frozen=True)
class Golden:
    """An example event: `raw` as published, `envelope` parsed."""

    service: str
    path: Path
    raw: bytes

    @property
    def type(self) -> str:
        return self.path.stem

    @property
    def envelope(self) -> dict[str, Any]:
        parsed: dict[str, Any] = json.loads(self.raw)
        return parsed


@pytest.fixture(scope="session")
def goldens(generator: ModuleType) -> dict[str, Golden]:
    """Returns the golden files by event type, which is the file's name."""
    paths = sorted(generator.ROOT.glob("services/*/contracts/*.json"))
    found = [Golden(path.parents[1].name, path, path.read_bytes()) for path in paths]
    return {golden.type: golden for golden in found}


@pytest.fixture(scope="session")
def produced(services: dict[str, App]) -> dict[str, EventType]:
    return {event.name: event for service in services.values() for event in service.events}


@pytest.fixture(scope="session")
def bound(services: dict[str, App]) -> list[tuple[str, str, Handler]]:
    """Returns (consumer, event type, handler) for every exact binding; patterns such as `#` read no data."""
    return [
        (name, event_type, handler)
        for name, service in services.items()
        for handler in service.handlers
        for event_type in handler.types
        if not {"*", "#"} & set(event_type)
    ]


class _Ignorant(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def ignorant() -> Iterator[str]:
    """Returns the address of a server that answers 404 to everything."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Ignorant)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session", params=NAMES)
def served(request: pytest.FixtureRequest, infra: Infra, worker_name: str, ignorant: str) -> Iterator[Served]:
    """Returns each service's API on an empty database, called by a super administrator."""
    name = request.param
    url = infra.create_database(f"walked_{name}_{worker_name}")
    before = dict(os.environ)
    for key in [key for key in os.environ if key.startswith(name.upper())]:
        del os.environ[key]
    os.environ.update(infrastructure.environment(infra, name, url))
    os.environ.update({f"{owner.upper()}_URL": ignorant for owner in NAMES} if name == "gateway" else {})
    service = importlib.import_module(f"{name}.wiring").app()
    os.environ.clear()
    os.environ.update(before)
    migrations.migrate(service)
    flask_app = create_app(service)
    user_id, caller = _super_administrator(service, flask_app, infra)
    yield Served(service, flask_app, caller, f"{ROLE}:{user_id}")
    service.dispose()


def _super_administrator(app: App, flask_app: Any, infra: Infra) -> tuple[str, Caller]:
    """Returns a caller: the gateway uses sessions, other services use identity tokens."""
    if app.name != "gateway":
        user_id = str(new_id())
        return user_id, Callers(flask_app, app.name, infra.private_key)(ROLE, user_id=user_id)
    sessions = importlib.import_module("gateway.session.sessions")
    accounts = importlib.import_module("gateway.user.accounts")
    with app.work(Context()) as work:
        user = accounts.create(work, email="root@evergreen.example", name="Root", role=ROLE, password_hash="none")
        work.flush()
        granted = sessions.begin(work, app.settings, user, "127.0.0.1", "tests")
        return str(user.id), Caller(flask_app, granted.access)
