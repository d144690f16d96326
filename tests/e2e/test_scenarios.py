"""The four scenarios of the requirements, through the gateway."""

import json
import urllib.request
from decimal import Decimal
from typing import Any

import pytest

from local.api import Api, Problem
from local.importer.waiting import until
from local.system import System
from local.testing import new_tag

AS_OF = "2024-03-31"


def card(api: Api, client_id: str) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in api.items(f"/clients/{client_id}/services")}


def log(api: Api, client_id: str, service_id: str, hours: str, agreement_id: str | None = None) -> dict[str, Any]:
    order = {"client_id": client_id, **({"agreement_id": agreement_id} if agreement_id else {})}
    order_id = api.post("/work-orders", order)["id"]
    # confirmed: all scenarios log on one day, more hours than it has
    entry = {"service_id": service_id, "hours": hours, "worked_on": "2024-03-12", "confirm": True}
    return api.post(f"/work-orders/{order_id}/time-entries", entry)


def invoice_of(api: Api, client_id: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    for entry in entries:
        assert until(lambda entry=entry: api.get("/billable-items", source_id=entry["id"])["items"], seconds=20)
    api.post("/invoice-runs", {"as_of": AS_OF, "client_ids": [client_id]})
    (invoice,) = api.get("/invoices", client_id=client_id)["items"]
    return api.get(f"/invoices/{invoice['id']}")


def mail_to(system: System, address: str) -> dict[str, Any]:
    def find() -> list[dict[str, Any]]:
        with urllib.request.urlopen(f"{system.env['MAILBOX_URL']}/messages?to={address}") as response:
            return json.load(response)

    (mail,) = until(find, seconds=60) or []
    return mail


@pytest.fixture(scope="module")
def acme(admin: Api) -> dict[str, Any]:
    tag = new_tag()
    client = admin.post(
        "/clients",
        {
            "name": f"Acme Corp {tag}",
            "billing_email": f"billing@acmecorp-{tag}.example",
            "billing_cc_emails": [f"accounting@acmecorp-{tag}.example", f"cfo@acmecorp-{tag}.example"],
        },
    )
    rows = until(lambda: (found := card(admin, client["id"])) and "Server Maintenance" in found and found)
    assert rows, "the card was never filled"
    return {**client, "card": rows}


def test_1_a_new_client_inherits_the_catalog_and_negotiates(admin, acme):
    active = {service["name"] for service in admin.items("/services", status="active")}
    assert set(acme["card"]) == active
    assert {row["badge"] for row in acme["card"].values()} == {"Default Rate"}

    path = f"/clients/{acme['id']}/services"
    remote = admin.patch(f"{path}/{acme['card']['Remote Support']['id']}", {"custom_rate": "110.00"})
    executive = admin.post(
        path,
        {
            "is_custom": True,
            "name": "Executive Support",
            "description": "A named engineer",
            "rate": "250.00",
            "category": "Support",
        },
    )

    assert (remote["badge"], remote["effective_rate"], remote["default_rate"]) == ("Custom Rate", "110.00", "125.00")
    assert (executive["badge"], executive["effective_rate"]) == ("Custom Service", "250.00")
    assert len(card(admin, acme["id"])) == len(active) + 1


def test_2_a_block_of_hours_is_drawn_by_service(admin, acme):
    hours = {"Remote Support": "60", "Onsite Support": "20", "Project Work": "15", "Emergency Support": "5"}
    services = [{"client_service_id": acme["card"][n]["id"], "hours_allocated": h} for n, h in hours.items()]
    gold = {
        "client_id": acme["id"],
        "name": "Gold Support",
        "type": "block_hours_prepaid",
        "start_date": "2024-01-01",
        "end_date": "2024-12-31",
        "total_hours": "100",
        "coverage": "selected",
        "services": services,
        "activate": True,
    }
    agreement = admin.post("/agreements", gold)

    entry = log(admin, acme["id"], acme["card"]["Remote Support"]["id"], "3", agreement["id"])

    assert (entry["covered_hours"], entry["overage_hours"]) == ("3.00", "0.00")
    after = admin.get(f"/agreements/{agreement['id']}")
    assert (Decimal(after["hours_used"]), Decimal(after["hours_remaining"])) == (3, 97)
    covered = {row["client_service_id"]: row for row in admin.items(f"/agreements/{agreement['id']}/services")}
    assert Decimal(covered[acme["card"]["Remote Support"]["id"]]["hours_remaining"]) == 57

    with pytest.raises(Problem) as refused:
        admin.post("/agreements", {**gold, "name": "Too much", "total_hours": "99"})
    assert refused.value.status == 422


def test_3_the_month_is_invoiced_by_service_and_mailed(admin, acme, system):
    work = {"Remote Support": "10", "Onsite Support": "4", "Project Work": "5"}
    entries = [log(admin, acme["id"], acme["card"][name]["id"], hours) for name, hours in work.items()]

    invoice = invoice_of(admin, acme["id"], entries)

    assert [(line["description"], line["unit_rate"], line["amount"]) for line in invoice["lines"]] == [
        ("Onsite Support - 4.0 hours", "175.00", "700.00"),
        ("Project Work - 5.0 hours", "150.00", "750.00"),
        ("Remote Support - 10.0 hours", "110.00", "1100.00"),
    ]
    assert invoice["total"] == "2550.00"
    mail = mail_to(system, acme["billing_email"])
    assert sorted(mail["cc"]) == acme["billing_cc_emails"]
    assert invoice["number"] in mail["subject"]


def test_4_a_cayman_islands_client_is_billed_in_its_dollars(admin, system, tag):
    client = admin.post(
        "/clients",
        {
            "name": f"Caribbean Tech {tag}",
            "country": "Cayman Islands",
            "currency": "KYD",
            "billing_email": f"billing@caribbean-{tag}.example",
        },
    )
    rows = until(lambda: (found := card(admin, client["id"])) and "Consulting" in found and found)
    entries = [log(admin, client["id"], rows["Consulting"]["id"], hours) for hours in ("20", "5")]

    invoice = invoice_of(admin, client["id"], entries)

    assert (client["country"], client["country_name"]) == ("KY", "Cayman Islands")
    assert (invoice["currency"], invoice["total"]) == ("KYD", "5000.00")
    mail = mail_to(system, f"billing@caribbean-{tag}.example")
    with urllib.request.urlopen(f"{system.env['MAILBOX_URL']}/messages/{mail['id']}") as response:
        letter = json.load(response)
    assert "$5,000.00 KYD" in letter["text"]
    assert "$5,000.00 KYD" in letter["html"]
    names = [country["name"] for country in admin.get("/reference/countries")["items"]]
    canada, cayman, african = map(names.index, ("Canada", "Cayman Islands", "Central African Republic"))
    assert canada < cayman < african
