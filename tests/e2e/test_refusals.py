"""Bad input through the gateway gets an error that names the field, and changes nothing."""

from typing import Any

import pytest

from local.api import Api
from local.importer.waiting import until
from local.testing import named

UNKNOWN = "00000000-0000-7000-8000-000000000000"


@pytest.fixture(scope="module")
def client(admin: Api) -> dict[str, Any]:
    return admin.post("/clients", {"name": named("Refusal Inc"), "billing_email": "billing@refusal.example"})


@pytest.fixture(scope="module")
def card(admin: Api, client: dict[str, Any]) -> list[dict[str, Any]]:
    path = f"/clients/{client['id']}/services"
    return until(lambda: list(admin.items(path))) or []


def refused(api: Api, method: str, path: str, body: Any, field: str, status: int = 422) -> None:
    answer = api.raw(method, path, body, {"Idempotency-Key": f"refusal {method} {path} {body}"[:190]})
    problem = answer.json()
    assert answer.status == status, problem
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert any(name == field or name.startswith(f"{field}.") for name in problem["errors"]), problem
    assert problem["request_id"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"favourite_colour": "green"}, "favourite_colour"),
        ({"net_terms": "thirty"}, "net_terms"),
        ({"net_terms": -1}, "net_terms"),
        ({"hourly_rate": "-5.00"}, "hourly_rate"),
        ({"currency": "XXQ"}, "currency"),
        ({"country": "Atlantis"}, "country"),
        ({"billing_email": "not an address"}, "billing_email"),
        ({"billing_cc_emails": ["fine@cc.example", "wrong"]}, "billing_cc_emails"),
        ({"billing_cc_emails": [f"cc{number}@cc.example" for number in range(11)]}, "billing_cc_emails"),
        ({"tax_code_id": UNKNOWN}, "tax_code_id"),
    ],
)
def test_a_client_with_a_bad_field(admin, client, change, field):
    refused(admin, "PATCH", f"/clients/{client['id']}", change, field)
    refused(admin, "POST", "/clients", {"name": "Never Made", **change}, field)

    assert admin.get(f"/clients/{client['id']}")["version"] == client["version"]
    assert admin.get("/clients", q="Never Made")["total"] == 0


def test_ten_cc_addresses_are_fine(admin, tag):
    made = admin.post(
        "/clients", {"name": f"Ten CCs {tag}", "billing_cc_emails": [f"cc{n}@cc.example" for n in range(10)]}
    )
    assert len(made["billing_cc_emails"]) == 10


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"custom_rate": "-0.01"}, "custom_rate"),
        ({"custom_rate": "12.345"}, "custom_rate"),
        ({"custom_rate": "lots"}, "custom_rate"),
        ({"custom_rates": "1.00"}, "custom_rates"),
    ],
)
def test_a_rate_that_is_none(admin, client, card, change, field):
    path = f"/clients/{client['id']}/services/{card[0]['id']}"
    refused(admin, "PATCH", path, change, field)
    assert [row for row in admin.items(f"/clients/{client['id']}/services") if row["id"] == card[0]["id"]] == [card[0]]


@pytest.mark.parametrize(
    ("policy", "hours", "field"),
    [("pooled", ["8", "3"], "services"), ("strict", ["5", "4"], "services"), ("pooled", ["5", "-1"], "services")],
)
def test_hours_that_do_not_add_up(admin, client, card, policy, hours, field):
    rows = zip(card, hours, strict=False)
    body = {
        "client_id": client["id"],
        "name": "Overbooked",
        "type": "block_hours_prepaid",
        "start_date": "2025-01-01",
        "end_date": "2025-12-31",
        "total_hours": "10",
        "allocation_policy": policy,
        "coverage": "selected",
        "services": [{"client_service_id": row["id"], "hours_allocated": part} for row, part in rows],
        "activate": True,
    }
    refused(admin, "POST", "/agreements", body, field)
    assert admin.get("/agreements", client_id=client["id"])["total"] == 0


def test_an_unknown_service(admin, client):
    refused(admin, "POST", f"/clients/{client['id']}/services", {"service_id": UNKNOWN}, "service_id")
    order = admin.post("/work-orders", {"client_id": client["id"], "subject": "Odd"})
    entry = {"service_id": UNKNOWN, "hours": "1", "worked_on": "2025-11-03"}
    refused(admin, "POST", f"/work-orders/{order['id']}/time-entries", entry, "service_id")
    assert list(admin.items(f"/work-orders/{order['id']}/time-entries")) == []


@pytest.mark.parametrize("hours", ["0", "-1", "24.01", "0.001", "ten", "1e1", None])
def test_hours_nobody_worked(admin, client, card, hours):
    order = admin.post("/work-orders", {"client_id": client["id"], "subject": "Odd"})
    entry = {"service_id": card[0]["id"], "hours": hours, "worked_on": "2025-11-03"}
    refused(admin, "POST", f"/work-orders/{order['id']}/time-entries", entry, "hours")


def test_a_payment_needs_its_own_key_and_keeps_its_word(admin, client, tag):
    body = {"client_id": client["id"], "amount": "10.00", "method": "check", "received_on": "2025-11-03"}
    missing = admin.raw("POST", "/payments", body)
    admin.post("/payments", body, key=f"refusal {tag}")
    other = admin.raw("POST", "/payments", {**body, "amount": "11.00"}, {"Idempotency-Key": f"refusal {tag}"})

    assert missing.status == 400
    assert other.status == 422
    assert [payment["amount"] for payment in admin.items("/payments", client_id=client["id"])] == ["10.00"]


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"[1]", 400), (b"", 400), (b'{"name": "' + b"x" * 2_000_000 + b'"}', 413)]
)
def test_bodies_that_are_none(admin, body, status):
    assert admin.raw("POST", "/clients", body).status == status


def test_a_stale_edit(admin, client):
    path = f"/clients/{client['id']}"
    fresh = admin.patch(path, {"billing_contact_name": "First"})
    stale = admin.raw("PATCH", path, {"billing_contact_name": "Second"}, {"If-Match": f'"{fresh["version"] - 1}"'})

    assert stale.status == 412
    assert admin.get(path)["billing_contact_name"] == "First"


def test_an_address_that_is_too_long(admin):
    answer = admin.raw("GET", f"/clients?q={'x' * 5000}")

    assert answer.status == 414
    assert answer.headers["Content-Type"] == "application/problem+json"
