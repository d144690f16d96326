"""A technician who is unassigned loses access with that response, even while no worker runs."""

import importlib
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server

from common import migrations
from common.app import App
from common.context import Context
from common.http.app import create_app
from common.messaging.handling import handle
from common.testing import infra as infrastructure
from common.testing.fixtures import envelope
from common.testing.http import Caller

CLIENT = {"name": "Acme", "status": "active", "currency": "USD", "net_terms": 30, "hourly_rate": "100.00"}


@pytest.fixture
def start(infra, worker_name, monkeypatch) -> Iterator[Callable[[str], tuple[App, Any]]]:
    """Returns `start("clients")`: the service's API on an empty database, without a consumer."""
    ends: list[Callable[[], Any]] = []

    def run(name: str) -> tuple[App, Any]:
        url = infra.create_database(f"taken_off_{name}_{worker_name}")
        for key, value in infrastructure.environment(infra, name, url).items():
            monkeypatch.setenv(key, value)
        service = importlib.import_module(f"{name}.wiring").app()
        migrations.migrate(service)
        flask_app = create_app(service)
        if name != "gateway":
            server = make_server("127.0.0.1", 0, flask_app, threaded=True)
            threading.Thread(target=server.serve_forever, daemon=True).start()
            monkeypatch.setenv(f"{name.upper()}_URL", f"http://127.0.0.1:{server.server_port}")
            ends.append(server.shutdown)
        ends.append(service.dispose)
        return service, flask_app

    yield run
    for end in ends:
        end()


def hear(app: App, type_: str, **data: Any) -> None:
    handle(app, [envelope(type_, {"version": 1, **data})])


def sign_in(app: App, flask_app: Any, role: str) -> tuple[str, Caller]:
    accounts, sessions = (importlib.import_module(f"gateway.{part}") for part in ("user.accounts", "session.sessions"))
    with app.work(Context()) as work:
        email = f"{role}@evergreen.example"
        user = accounts.create(work, email=email, name=role.title(), role=role, password_hash="none")
        work.flush()
        granted = sessions.begin(work, app.settings, user, "127.0.0.1", "tests")
        return str(user.id), Caller(flask_app, granted.access)


def test_taken_off_while_every_worker_is_away(start):
    clients, _ = start("clients")
    agreements, _ = start("agreements")
    gateway, door = start("gateway")
    _, manager = sign_in(gateway, door, "manager")
    user_id, technician = sign_in(gateway, door, "technician")
    hear(clients, "gateway.user.created.v1", id=user_id, name="Technician", email="t@e.example", role="technician",
         status="active", client_id=None)  # fmt: skip
    client = manager.post("/clients", {"name": "Acme"}).json["id"]
    hear(agreements, "clients.client.created.v1", id=client, **CLIENT)
    assigned = manager.post(f"/clients/{client}/technicians", {"user_id": user_id}).json
    hear(agreements, "clients.technician.assigned.v1", **assigned)
    body = {"client_id": client, "name": "Support", "type": "time_and_materials", "start_date": "2025-01-01"}
    agreement = manager.post("/agreements", body | {"activate": True}).json["id"]
    order = manager.post("/work-orders", {"client_id": client, "technician_id": user_id}).json["id"]
    time = f"/work-orders/{order}/time-entries"
    entry = technician.post(time, {"hours": "1", "worked_on": "2025-11-03"}).json["id"]
    things = (f"/agreements/{agreement}", f"/work-orders/{order}", time, f"{time}/{entry}")
    assert [technician.get(path).status_code for path in things] == [200] * len(things)

    ended = manager.delete(f"/clients/{client}/technicians/{assigned['id']}")

    assert (ended.status_code, "Evergreen-Assignment" in ended.headers) == (204, False)
    assert [technician.get(path).status_code for path in things] == [404] * len(things)
    for path in ("/agreements", "/work-orders", "/time-entries"):
        assert technician.get(path).json["items"] == []
    assert technician.post(time, {"hours": "1", "worked_on": "2025-11-03"}).status_code == 404
    assert manager.get(f"/work-orders/{order}").status_code == 200

    again = manager.post(f"/clients/{client}/technicians", {"user_id": user_id}).json
    hear(agreements, "clients.technician.assigned.v1", **again)
    assert [technician.get(path).status_code for path in things] == [200] * len(things)
