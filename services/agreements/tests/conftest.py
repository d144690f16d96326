"""Clients and rate cards, created from the events of their services."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from agreements.wiring import app as make
from common.ids import new_id
from common.testing.fixtures import MakeApp


@pytest.fixture
def make_app() -> MakeApp:
    return make


def an_hour_old() -> UUID:
    """Returns an id from an hour ago, for which no code waits for events."""
    hour = 60 * 60 * 1000
    return UUID(int=new_id().int - (hour << 80))


@dataclass
class World:
    deliver: Callable[..., Any]

    def client(self, name: str = "Acme Corp", **values: Any) -> UUID:
        identifier = values.pop("id", None) or an_hour_old()
        data = {"id": identifier, "name": name, "status": "active", "currency": "USD", "net_terms": 30, "version": 1}
        self.deliver("clients.client.created.v1", data | {"hourly_rate": None} | values)
        return identifier

    def card(self, client_id: UUID, *names: str, rate: str = "125.00", **values: Any) -> list[UUID]:
        """Adds a rate card row for each name. Returns their ids."""
        rows = [self.row(name, rate, **values) for name in names]
        self.deliver("clients.client_service.changed.v1", {"client_id": client_id, "services": rows})
        return [row["id"] for row in rows]

    def row(self, name: str, rate: str | None = "125.00", **values: Any) -> dict[str, Any]:
        row = {"id": an_hour_old(), "service_id": an_hour_old(), "name": name, "unit": "Hour", "effective_rate": rate}
        return row | {"rate_source": "catalog", "included": True, "version": 1} | values

    def catalog_service(
        self, name: str, *, kind: str = "labor", minimum_hours: str | None = None, **values: Any
    ) -> UUID:
        identifier = values.pop("id", None) or an_hour_old()
        data = {"id": identifier, "name": name, "status": "active", "kind": kind, "minimum_hours": minimum_hours}
        self.deliver("catalog.service.changed.v1", data | {"version": 1} | values)
        return identifier

    def user(self, user_id: Any, name: str = "Dana Reyes", *, role: str = "technician", version: int = 1) -> str:
        data = {"id": user_id, "name": name, "role": role, "status": "active", "version": version}
        self.deliver("gateway.user.created.v1", data)
        return str(user_id)

    def technician(
        self, client_id: UUID, user_id: str, *, active: bool = True, version: int = 1, **values: Any
    ) -> None:
        kind = "assigned" if active else "unassigned"
        data = {"id": new_id(), "client_id": client_id, "user_id": user_id, "active": active, "version": version}
        self.deliver(f"clients.technician.{kind}.v1", data | values)

    def invoice(self, entry_ids: list[Any], *, kind: str = "issued", **values: Any) -> UUID:
        identifier = values.pop("id", None) or new_id()
        data = {"id": identifier, "number": "INV-2025-001", "time_entry_ids": entry_ids, "version": 2}
        self.deliver(f"billing.invoice.{kind}.v1", data | values)
        return identifier


@pytest.fixture
def world(deliver) -> World:
    return World(deliver)


@pytest.fixture
def gold(world, callers):
    """Activates "Gold Support" of Acme Corp: 100 prepaid hours, split 60/20/15/5."""
    client_id = world.client()
    names = ("Remote Support", "Onsite Support", "Project Work", "Emergency Support")
    rows = world.card(client_id, *names)
    hours = ("60", "20", "15", "5")
    covered = [{"client_service_id": str(row), "hours_allocated": h} for row, h in zip(rows, hours, strict=True)]
    body = block(
        client_id, name="Gold Support", total_hours="100", coverage="selected", services=covered, activate=True
    )
    answer = callers("manager").post("/agreements", body)
    assert answer.status_code == 201, answer.json
    return {**answer.json, "rows": dict(zip(names, map(str, rows), strict=True))}


def block(client_id: UUID, **values: Any) -> dict[str, Any]:
    """Returns a year of prepaid hours."""
    body = {"client_id": str(client_id), "name": "Block", "type": "block_hours_prepaid", "total_hours": "10"}
    return body | {"start_date": "2025-10-01", "end_date": "2027-09-30"} | values


@dataclass
class Desk:
    """Opens work orders and logs time."""

    caller: Any

    def order(self, client_id: Any, agreement_id: Any = None, **values: Any) -> str:
        body = {"client_id": str(client_id), "agreement_id": agreement_id} | values
        answer = self.caller.post("/work-orders", body)
        assert answer.status_code == 201, answer.json
        return answer.json["id"]

    def log(self, order_id: str, service_id: Any, hours: str, worked_on: str = "2025-11-03", **values: Any) -> Any:
        body = {"service_id": service_id and str(service_id), "hours": hours, "worked_on": worked_on} | values
        return self.caller.post(f"/work-orders/{order_id}/time-entries", body)


@pytest.fixture
def desk(callers) -> Desk:
    return Desk(callers("manager"))


@pytest.fixture
def make_block() -> Callable[..., dict[str, Any]]:
    return block


@pytest.fixture
def long_known() -> Callable[[], UUID]:
    return an_hour_old
