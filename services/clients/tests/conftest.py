"""Fixtures of the clients' tests: the service, what it hears from the catalog, and a client with a card."""

from collections.abc import Callable
from typing import Any

import pytest

from clients.wiring import app as make
from common.app import App
from common.clock import now
from common.ids import new_id
from common.messaging.handling import handle
from common.testing.fixtures import MakeApp, envelope
from common.testing.tasks import work_off

Record = dict[str, Any]
Say = Callable[..., Record]


@pytest.fixture
def make_app() -> MakeApp:
    return make


@pytest.fixture
def under_policy(app: App, organise: Callable[..., None]) -> Callable[..., App]:
    """`under_policy(inherit_services="set")` changes the organisation's settings and returns the service."""

    def other(**settings: str) -> App:
        organise(**settings)
        return app

    return other


@pytest.fixture
def catalog_says(app: App) -> Say:
    """`catalog_says("Remote Support", "125.00")` announces a new service; `of=` announces its next version."""

    def say(
        name: str = "Remote Support",
        rate: str = "125.00",
        *,
        of: Record | None = None,
        event: str = "created",
        to: App = app,
        **changes: Any,
    ) -> Record:
        state = {**of, "version": of["version"] + 1} if of else _service_state(name, rate)
        state |= changes
        handle(to, [envelope(f"catalog.service.{event}.v1", state)])
        settle(to)
        return state

    return say


def settle(app: App) -> None:
    """Carries all catalog news through all cards, as the worker does."""
    work_off(app)


def _service_state(name: str, rate: str, **changes: Any) -> Record:
    return {
        "id": str(new_id()),
        "name": name,
        "description": f"{name}, as described",
        "kind": "labor",
        "category": "Support",
        "default_rate": rate,
        "default_unit": "Hour",
        "currency": "USD",
        "status": "active",
        "sort_order": 0,
        "created_at": now().isoformat(),
        "version": 1,
        **changes,
    }


@pytest.fixture
def service_state() -> Callable[..., Record]:
    """The data of a catalog.service event, as the catalog would publish it."""
    return _service_state


@pytest.fixture
def tax_code(deliver: Callable[..., Any]) -> Record:
    state = {
        "id": str(new_id()),
        "name": "GST",
        "rate_percent": "5",
        "inclusive": False,
        "status": "active",
        "version": 1,
    }
    deliver("catalog.tax_code.created.v1", state)
    return state


@pytest.fixture
def make_user(deliver: Callable[..., Any]) -> Say:
    """`make_user("Dana")` announces somebody who may sign in; `of=` announces the next version."""

    def say(name: str = "Dana", *, of: Record | None = None, **changes: Any) -> Record:
        fresh = {"id": str(new_id()), "name": name, "email": f"{name.lower()}@msp.example", "client_id": None}
        state = {**of, "version": of["version"] + 1} if of else {**fresh, "version": 1}
        state = {"role": "technician", "status": "active", **state, **changes}
        deliver(f"gateway.user.{'changed' if of else 'created'}.v1", state)
        return state

    return say


@pytest.fixture
def make_client(callers: Callable[..., Any]) -> Say:
    """`make_client("Acme Corp", currency="KYD")` through the API, as its answer."""

    def create(name: str = "Acme Corp", **fields: Any) -> Record:
        answer = callers("manager").post("/clients", {"name": name, **fields})
        assert answer.status_code == 201, answer.json
        return dict(answer.json)

    return create


@pytest.fixture
def card_of(callers: Callable[..., Any]) -> Callable[[Record], dict[str, Record]]:
    """The rows of a client's card by name."""

    def read(client: Record) -> dict[str, Record]:
        items = callers("manager").get(f"/clients/{client['id']}/services?page_size=100").json["items"]
        return {row["name"]: row for row in items}

    return read
