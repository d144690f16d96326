"""A draft shows client changes, and is issued with the client's current data."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.testing.days import today
from common.testing.tasks import run_job


@pytest.fixture
def staff(callers):
    return callers("billing")


@pytest.fixture
def acme(world):
    client = world.client(tax_code_id=world.tax("8")["id"], tax_id="OLD-1")
    return {**client, "row": world.card(client, world.service())}


@pytest.fixture
def draft(staff, acme):
    line = {"client_service_id": str(acme["row"]["id"]), "quantity": "2"}
    return staff.post("/invoices", {"client_id": str(acme["id"]), "lines": [line]}).json


def changes(staff, draft):
    found = staff.get(f"/invoices/{draft['id']}").json["changes_since_draft"]
    return {one["field"]: (one["was"], one["now"]) for one in found}


def change(world, client, **values):
    data = {key: value for key, value in client.items() if key != "row"}
    return world.tell("clients.client.changed.v1", data | {"version": 2} | values)


def test_nothing_changed(staff, draft):
    assert draft["changes_since_draft"] == []


def test_all_of_the_client_is_that_of_the_day_of_issue(staff, world, acme, draft):
    change(
        world,
        acme,
        name="Acme International",
        tax_id="NEW-2",
        billing_contact_name="Lee Wong",
        invoice_email="ap@acme.example",
        net_terms=14,
        tax_code_id=world.tax("10")["id"],
    )
    assert changes(staff, draft) == {
        "client_name": ("Acme Corp", "Acme International"),
        "net_terms": ("30", "14"),
        "bill_to.contact": ("Sarah Johnson", "Lee Wong"),
        "bill_to.email": ("billing@acme.example", "ap@acme.example"),
        "bill_to.tax_id": ("OLD-1", "NEW-2"),
        "taxes": ("Tax 8 % $20.00", "Tax 10 % $25.00"),
        "total": ("$270.00", "$275.00"),
    }
    issued = staff.post(f"/invoices/{draft['id']}/issue").json
    assert (issued["client_name"], issued["bill_to"]["name"]) == ("Acme International", "Acme International")
    assert (issued["bill_to"]["tax_id"], issued["bill_to"]["email"]) == ("NEW-2", "ap@acme.example")
    assert issued["due_on"] == str(date.fromisoformat(issued["issued_on"]) + timedelta(days=14))
    assert (issued["tax_total"], issued["total"], issued["balance"]) == ("25.00", "275.00", "275.00")
    assert [tax["name"] for tax in issued["lines"][0]["taxes"]] == ["Tax 10 %"]
    assert [(tax["name"], tax["amount"]) for tax in issued["taxes"]] == [("Tax 10 %", "25.00")]
    assert issued["changes_since_draft"] == []


def test_a_client_exempt_since_pays_no_tax(staff, world, acme, draft):
    code = world.tax("0", exempt=True, exempt_reason="Reverse charge")
    change(world, acme, tax_code_id=code["id"])
    assert changes(staff, draft)["taxes"] == ("Tax 8 % $20.00", None)
    issued = staff.post(f"/invoices/{draft['id']}/issue").json
    assert (issued["total"], issued["tax_exemptions"], issued["taxes"]) == ("250.00", ["Reverse charge"], [])


def test_an_inclusive_price_loses_its_tax_when_the_client_became_exempt(staff, world):
    client = world.client()
    service = world.service("Support", "120.00", tax_code_id=world.tax("20", inclusive=True)["id"])
    line = {"client_service_id": str(world.card(client, service)["id"]), "quantity": "1"}
    draft = staff.post("/invoices", {"client_id": str(client["id"]), "lines": [line]}).json
    assert draft["total"] == "120.00"
    exempt = world.tax("0", exempt=True, exempt_reason="Charity")
    client = change(world, client, tax_code_id=exempt["id"])
    assert changes(staff, draft)["total"] == ("$120.00", "$100.00")
    change(world, client, version=3, tax_code_id=None)
    assert changes(staff, draft) == {}
    change(world, client, version=4)
    issued = staff.post(f"/invoices/{draft['id']}/issue").json
    assert (issued["total"], issued["lines"][0]["price_with_tax"]) == ("100.00", "120.00")
    assert "100.00" in issued["lines"][0]["explanation"]


def test_an_unknown_tax_code_is_waited_for(staff, world, acme, draft):
    change(world, acme, tax_code_id=new_id())
    assert "taxes" not in changes(staff, draft)
    refused = staff.post(f"/invoices/{draft['id']}/issue")
    assert refused.status_code == 409
    assert "has not arrived yet" in refused.json["detail"]
    assert staff.get(f"/invoices/{draft['id']}").json["status"] == "draft"


def test_a_merged_client_counts_as_a_change(staff, world, deliver, acme, draft):
    survivor = world.client("Acme Group", net_terms=10, tax_code_id=None)
    data = {"id": survivor["id"], "merged_client_id": acme["id"], "version": 2, "client_services": [], "services": []}
    deliver("clients.client.merged.v1", data)
    told = changes(staff, draft)
    assert (told["client_name"], told["net_terms"]) == (("Acme Corp", "Acme Group"), ("30", "10"))
    assert told["taxes"] == ("Tax 8 % $20.00", None)
    issued = staff.post(f"/invoices/{draft['id']}/issue").json
    assert (issued["client_id"], issued["bill_to"]["name"], issued["total"]) == (
        str(survivor["id"]),
        "Acme Group",
        "250.00",
    )


def test_a_draft_of_a_run_follows_too(app, staff, world, organise):
    organise(issue_on_run=False)
    client = world.simple(invoice_email=None)
    run_job(app, INVOICE_RUNS, today())
    (draft,) = staff.get("/invoices").json["items"]
    assert staff.get(f"/invoices/{draft['id']}").json["warnings"] != []
    change(world, client, invoice_email="new@acme.example", net_terms=7)
    assert changes(staff, draft) == {
        "net_terms": ("30", "7"),
        "bill_to.email": (None, "new@acme.example"),
    }
    issued = staff.post(f"/invoices/{draft['id']}/issue").json
    assert (issued["warnings"], issued["net_terms"]) == ([], 7)
    assert Decimal(issued["total"]) == Decimal(draft["total"])
