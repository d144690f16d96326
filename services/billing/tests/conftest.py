"""A small MSP in billing's replicas, created from the events of other services."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from billing.wiring import app as make
from common.ids import new_id
from common.testing.fixtures import MakeApp

SHEETS = Path(__file__).parent / "fixtures" / "november"
Deliver = Callable[..., Any]


@pytest.fixture
def make_app() -> MakeApp:
    return make


def sheet(name: str) -> list[dict[str, str]]:
    with (SHEETS / name).open(newline="") as file:
        return list(csv.DictReader(file))


@dataclass
class World:
    """Publishes events as other services would. Amounts are decimal strings, as in the events."""

    deliver: Deliver
    said: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def tell(self, type: str, data: dict[str, Any]) -> dict[str, Any]:
        self.deliver(type, data)
        self.said.append((type, data))
        return data

    def service(self, name: str = "Remote Support", rate: str = "125.00", **values: Any) -> dict[str, Any]:
        data = {"id": new_id(), "name": name, "description": name, "default_rate": rate, "default_unit": "Hour"}
        data |= {"currency": "USD", "status": "active", "version": 1, **values}
        return self.tell("catalog.service.created.v1", data)

    def tax(self, percent: str, *, inclusive: bool = False, **values: Any) -> dict[str, Any]:
        data = {"id": new_id(), "name": f"Tax {percent} %", "rate_percent": percent, "inclusive": inclusive}
        return self.tell("catalog.tax_code.created.v1", {**data, "status": "active", "version": 1, **values})

    def client(self, name: str = "Acme Corp", **values: Any) -> dict[str, Any]:
        data = {"id": new_id(), "name": name, "status": "active", "currency": "USD", "net_terms": 30, "version": 1}
        data |= {"tax_code_id": None, "hourly_rate": None, "country": "US", "tax_id": None}
        data |= {"billing_contact_name": "Sarah Johnson", "invoice_email": "billing@acme.example", **values}
        return self.tell("clients.client.created.v1", data)

    def location(self, client: dict[str, Any], formatted: str, **values: Any) -> dict[str, Any]:
        data = {"id": new_id(), "client_id": client["id"], "name": "Head office", "formatted": formatted}
        data |= {"is_primary": True, "status": "active", "version": 1, **values}
        archived = data["status"] != "active"
        return self.tell(f"clients.location.{'archived' if archived else 'changed'}.v1", data)

    def card(
        self,
        client: dict[str, Any],
        service: dict[str, Any] | None,
        custom_rate: str | None = None,
        *,
        name: str | None = None,
        included: bool = True,
        version: int = 1,
        id: UUID | None = None,
    ) -> dict[str, Any]:
        """Returns a rate card row: inherited from `service`, or custom with a name and a rate."""
        default = service["default_rate"] if service else None
        row = {
            "id": id or new_id(),
            "service_id": service["id"] if service else None,
            "name": name or service["name"],
            "unit": "Hour",
            "default_rate": default,
            "custom_rate": custom_rate,
            "effective_rate": (custom_rate if custom_rate is not None else default) if included else None,
            "rate_source": "client" if custom_rate is not None else "catalog",
            "included": included,
            "is_custom": service is None,
            "version": version,
        }
        self.tell("clients.client_service.changed.v1", {"client_id": client["id"], "services": [row]})
        return row

    def agreement(self, client: dict[str, Any], covered: dict[UUID, str | None], **values: Any) -> dict[str, Any]:
        services = [{"client_service_id": key, "custom_rate": rate} for key, rate in covered.items()]
        data = {"id": new_id(), "number": "AGR-0001", "client_id": client["id"], "name": "Agreement"}
        data |= {"type": "time_and_materials", "status": "active", "coverage": "chosen", "overage_rate": None}
        data |= {"currency": client["currency"], "services": services, "version": 1, **values}
        return self.tell("agreements.agreement.activated.v1", data)

    def time(
        self, client: dict[str, Any], row: dict[str, Any] | None, hours: str, on: str = "2025-11-10", **values: Any
    ) -> dict[str, Any]:
        data = {
            "id": new_id(),
            "work_order_id": new_id(),
            "work_order_number": "WO-1",
            "client_id": client["id"],
            "agreement_id": None,
            "client_service_id": row["id"] if row else None,
            "service_id": row["service_id"] if row else None,
            "service_name": row["name"] if row else None,
            "unit": "Hour",
            "worked_on": on,
            "hours": hours,
            "billable_hours": hours,
            "overage": False,
            "technician_name": "Dana",
            "note": "",
            "deleted": False,
            "version": 1,
            **values,
        }
        return self.tell("agreements.time.logged.v1", data)

    def simple(self, hours: str = "12.5", *, tax: str | None = "8", **client: Any) -> dict[str, Any]:
        """Creates a client with one service at 125.00, a tax, and open hours."""
        if tax is not None:
            client["tax_code_id"] = self.tax(tax)["id"]
        made = self.client(**client)
        row = self.card(made, self.service(f"Remote Support {new_id()}"[:60]))
        self.time(made, row, hours)
        return made


@pytest.fixture
def world(deliver: Deliver) -> World:
    return World(deliver)


@dataclass
class Month:
    """November's events; `split` is the result agreements would publish for each time entry."""

    world: World
    clients: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    agreements: dict[str, dict[str, Any]] = field(default_factory=dict)

    def load(self) -> None:
        """Delivers all events in one batch, like a consumer that was down."""
        told: list[tuple[str, dict[str, Any]]] = []
        deliver, self.world.deliver = self.world.deliver, lambda *event: told.append(event)
        self._tell()
        self.world.deliver = deliver
        deliver(told)

    def _tell(self) -> None:
        services = {row["name"]: self.world.service(row["name"], row["default_rate"]) for row in sheet("services.csv")}
        rates = {(row["client"], row["service"]): row["custom_rate"] for row in sheet("client_rates.csv")}
        for row in sheet("clients.csv"):
            client = self.world.client(
                row["name"],
                currency=row["currency"],
                net_terms=int(row["net_terms"]),
                hourly_rate=row["hourly_rate"] or None,
                tax_code_id=self.world.tax(row["tax_percent"])["id"],
                invoice_email=row["billing_email"],
            )
            self.clients[row["name"]] = client
            for name, service in services.items():
                key = row["name"], name
                self.rows[key] = self.world.card(client, service, rates.get(key))
        for row in sheet("custom_services.csv"):
            card = self.world.card(self.clients[row["client"]], None, row["rate"], name=row["name"])
            self.rows[row["client"], row["name"]] = card
        self._agreements()
        self._time()

    def _agreements(self) -> None:
        covered = sheet("agreement_services.csv")
        for row in sheet("agreements.csv"):
            mine = [one for one in covered if one["agreement"] == row["name"]]
            self.agreements[row["name"]] = self.world.agreement(
                self.clients[row["client"]],
                {self.rows[row["client"], one["service"]]["id"]: one["custom_rate"] or None for one in mine},
                name=row["name"],
                type=row["type"],
                overage_rate=row["overage_rate"] or None,
            ) | {
                "left": {one["service"]: Decimal(one["hours_allocated"] or 0) for one in mine},
                "pool": Decimal(row["total_hours"] or 0) - sum(Decimal(one["hours_allocated"] or 0) for one in mine),
            }

    def _time(self) -> None:
        for row in sheet("time_entries.csv"):
            hours, agreement = Decimal(row["hours"]), self.agreements.get(row["agreement"])
            block = agreement is not None and agreement["type"].startswith("block_hours")
            billable = hours - self._draw(agreement, row["service"], hours) if block else hours
            card = self.rows[row["client"], row["service"]]
            data = {
                "id": new_id(),
                "work_order_number": row["work_order"],
                "client_id": self.clients[row["client"]]["id"],
                "agreement_id": agreement["id"] if agreement else None,
                "client_service_id": card["id"],
                "service_id": card["service_id"],
                "service_name": row["service"],
                "unit": "Hour",
                "worked_on": date.fromisoformat(row["worked_on"]),
                "billable_hours": str(billable),
                "overage": block,
                "technician_name": row["technician"],
                "version": 1,
            }
            self.world.deliver("agreements.time.logged.v1", data)

    @staticmethod
    def _draw(agreement: dict[str, Any], service: str, hours: Decimal) -> Decimal:
        """Returns covered hours: from the service's own allocation first, then from the pool."""
        own = min(hours, agreement["left"][service])
        agreement["left"][service] -= own
        pooled = min(hours - own, agreement["pool"])
        agreement["pool"] -= pooled
        return own + pooled


@pytest.fixture
def november(world: World) -> Month:
    month = Month(world)
    month.load()
    return month
