"""The rate of an hour: agreement, client, catalog, flat rate, and free services."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import count
from threading import Barrier
from time import sleep
from typing import Any

import pytest

from local.api import Api, Problem
from local.importer.waiting import until

names = (f"{secrets.token_hex(2)}-{number}" for number in count(1))
AS_OF = "2024-05-31"
"""Before the demo's year, so that a run bills none of it."""


class Client:
    """A new client for one scenario, with the services that the test adds."""

    def __init__(self, api: Api, **fields: Any) -> None:
        self.api, self.number = api, next(names)
        self.record = api.post("/clients", {"name": f"Rate Scenario {self.number}", **fields})
        self.id = self.record["id"]
        self.path = f"/clients/{self.id}/services"

    def service(self, default_rate: str = "100.00") -> dict[str, Any]:
        """Creates a catalog service and adds it to the client's card."""
        name = f"24/7 Support {self.number}-{next(names)}"
        service = self.api.post(
            "/services", {"name": name, "description": "Around the clock", "default_rate": default_rate}
        )
        return self.api.post(self.path, {"service_id": service["id"]})

    def custom_rate(self, row: dict[str, Any], rate: str | None) -> dict[str, Any]:
        return self.api.patch(f"{self.path}/{row['id']}", {"custom_rate": rate})

    def agreement(self, row: dict[str, Any], rate: str | None) -> dict[str, Any]:
        covered = {"client_service_id": row["id"], **({"custom_rate": rate} if rate is not None else {})}
        return self.api.post(
            "/agreements",
            {
                "client_id": self.id,
                "name": f"Agreement {self.number}",
                "type": "time_and_materials",
                "start_date": "2024-01-01",
                "end_date": "2024-12-31",
                "coverage": "selected",
                "services": [covered],
                "activate": True,
            },
        )

    def log(self, row: dict[str, Any] | None, hours: str = "2", agreement: dict[str, Any] | None = None) -> str:
        order = {"client_id": self.id, **({"agreement_id": agreement["id"]} if agreement else {})}
        order_id = self.api.post("/work-orders", order)["id"]
        entry = {
            "hours": hours,
            "worked_on": "2024-05-14",
            "confirm": True,
            **({"service_id": row["id"]} if row else {}),
        }
        return str(self.api.post(f"/work-orders/{order_id}/time-entries", entry)["id"])

    def line(self, *entries: str) -> dict[str, Any]:
        """Returns the single line of the client's next invoice."""
        for entry in entries:
            assert until(lambda entry=entry: self.api.get("/billable-items", source_id=entry)["items"], seconds=20)
        self.api.post("/invoice-runs", {"as_of": AS_OF, "client_ids": [self.id]})
        newest = self.api.get("/invoices", client_id=self.id, sort="-created_at")["items"][0]
        (line,) = self.api.get(f"/invoices/{newest['id']}")["lines"]
        return line


@pytest.fixture
def client(admin: Api) -> Client:
    return Client(admin, billing_email="billing@scenario.example")


def billed(line: dict[str, Any]) -> tuple[str, str, str]:
    return line["unit_rate"], line["rate_source"], line["amount"]


def settle(client: Client, row: dict[str, Any], expected: str) -> None:
    """Waits until billing offers the client's new rate."""

    def known() -> bool:
        draft = client.api.post("/invoices", {"client_id": client.id, "lines": []})
        offered = client.api.get(f"/invoices/{draft['id']}/services", scope="all")["items"]
        client.api.delete(f"/invoices/{draft['id']}")
        return any(
            o["client_service_id"] == row["id"] and Decimal(o["unit_rate"]) == Decimal(expected) for o in offered
        )

    assert until(known, seconds=20)


def test_the_catalog_rate_holds_where_nobody_negotiated(client):
    row = client.service("100.00")
    assert billed(client.line(client.log(row))) == ("100.00", "catalog", "200.00")


def test_the_clients_rate_beats_the_catalogs(client):
    row = client.custom_rate(client.service("100.00"), "85.00")
    assert billed(client.line(client.log(row))) == ("85.00", "client", "170.00")


def test_the_agreements_rate_beats_the_clients(client):
    row = client.custom_rate(client.service("100.00"), "85.00")
    entry = client.log(row, agreement=client.agreement(row, "75.00"))
    assert billed(client.line(entry)) == ("75.00", "agreement", "150.00")


def test_an_explicit_zero_is_a_free_service_and_not_a_gap(client):
    row = client.custom_rate(client.service("100.00"), "0.00")
    assert billed(client.line(client.log(row))) == ("0.00", "client", "0.00")


def test_removing_a_negotiated_rate_falls_back_to_the_catalog(client):
    row = client.custom_rate(client.service("100.00"), "85.00")
    first = client.log(row)
    row = client.custom_rate(row, None)
    settle(client, row, "100.00")
    assert billed(client.line(first)) == ("100.00", "catalog", "200.00")


def test_a_flat_rate_client_without_services_still_bills(admin):
    """No service on the entry or the card: the client's flat hourly rate applies."""
    client = Client(admin, hourly_rate="110.00", billing_email="billing@flat.example")
    entry = client.log(None, "1.5")
    assert billed(client.line(entry)) == ("110.00", "flat", "165.00")


def test_an_issued_invoice_keeps_its_rate(client):
    row = client.service("100.00")
    client.line(client.log(row))
    client.custom_rate(row, "500.00")
    settle(client, row, "500.00")

    (invoice,) = client.api.get("/invoices", client_id=client.id)["items"]
    (line,) = client.api.get(f"/invoices/{invoice['id']}")["lines"]
    assert billed(line) == ("100.00", "catalog", "200.00")


@pytest.mark.parametrize("head_start", [0.0, 0.02, 0.1])
def test_a_service_deleted_at_the_moment_a_client_takes_it_goes_on_as_it_was_taken(client, head_start):
    """Whichever wins, all services agree: deletion is refused with the count, or the copy is billed."""
    api, name = client.api, f"Taken and deleted {client.number}"
    service = api.post("/services", {"name": name, "description": "Around the clock", "default_rate": "90.00"})
    path, begin = f"/services/{service['id']}", Barrier(2)

    def take() -> Any:
        begin.wait()
        return outcome(lambda: api.post(client.path, {"service_id": service["id"]}))

    def delete() -> Any:
        begin.wait()
        sleep(head_start)  # lets the event of the assignment arrive first
        return outcome(lambda: api.delete(path))

    with ThreadPoolExecutor(2) as pool:
        taking, deleting = pool.submit(take), pool.submit(delete)
        taken, deleted = taking.result(), deleting.result()

    if isinstance(deleted, Problem):
        assert (deleted.status, deleted.body["client_count"], deleted.body["agreement_count"]) == (409, 1, 0)
        assert api.get(path)["client_count"] == 1
    else:
        assert outcome(lambda: api.get(path)).status == 404
    if isinstance(taken, Problem):
        assert taken.status == 422
        assert api.get(client.path, service_id=service["id"])["items"] == []
        return
    row = api.get(f"{client.path}/{taken['id']}")
    assert (row["name"], row["effective_rate"], row["included"]) == (name, "90.00", True)
    entry = client.log(row, agreement=client.agreement(row, None))
    assert billed(client.line(entry)) == ("90.00", "catalog", "180.00")
    if not isinstance(deleted, Problem):
        other = Client(api, billing_email="billing@other.example")
        refused = outcome(lambda: api.post(other.path, {"service_id": service["id"]}))
        assert refused.status == 422
        assert outcome(lambda: api.get(path)).status == 404


def outcome(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Problem as problem:
        return problem
