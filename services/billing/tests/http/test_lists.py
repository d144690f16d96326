"""Lists of invoices, items and payments: filters, totals and exports match the rows."""

import csv
from datetime import timedelta
from decimal import Decimal

import pytest

from common.ids import new_id
from common.testing.database import statements
from common.testing.days import today


@pytest.fixture
def staff(callers):
    return callers("billing")


@pytest.fixture
def draft(staff):
    def make(client, amount="100.00", ago=0):
        line = {"description": "Work", "quantity": "1", "unit_rate": amount}
        body = {"client_id": str(client["id"]), "lines": [line], "issued_on": str(today() - timedelta(days=ago))}
        return staff.post("/invoices", body).json

    return make


@pytest.fixture
def invoice(staff, draft):
    return lambda *args, **values: staff.post(f"/invoices/{draft(*args, **values)['id']}/issue").json


@pytest.fixture
def pay(staff):
    def send(client, amount, **values):
        body = {"client_id": str(client["id"]), "amount": amount, "method": "check", **values}
        body.setdefault("received_on", str(today()))
        return staff.post("/payments", body, headers={"Idempotency-Key": str(new_id())}).json

    return send


@pytest.fixture
def mixed(world, staff, draft, invoice, pay):
    """Creates two clients with similar names, and invoices in every status and two currencies."""
    acme, other = world.client("Acme"), world.client("Acme Europe", currency="EUR")
    pay(acme, "40.00", allocations=[{"invoice_id": invoice(acme, "100.00", ago=90)["id"], "amount": "40.00"}])
    invoice(acme, "50.00")
    staff.post(f"/invoices/{invoice(acme, '7.00')['id']}/void")
    draft(acme, "11.00")
    paid = invoice(acme, "30.00")
    pay(acme, "30.00", allocations=[{"invoice_id": paid["id"], "amount": "30.00"}])
    invoice(other, "20.00", ago=90)
    return acme, other


def table(answer):
    return list(csv.DictReader(answer.text.removeprefix("\ufeff").splitlines()))


def numbers(staff, query):
    return sorted(Decimal(one["total"]) for one in staff.get(f"/invoices?{query}").json["items"])


def test_open_and_overdue_are_states_to_filter_by(staff, mixed):
    acme, _ = mixed
    assert numbers(staff, "status=open") == [20, 50, 100]
    assert numbers(staff, f"status=open&client_id={acme['id']}") == [50, 100]
    assert numbers(staff, "status=overdue") == numbers(staff, "overdue=true") == [20, 100]
    assert numbers(staff, "status=draft") == [11]
    assert numbers(staff, f"due_on_gte={today()}&status=open") == [50]


def test_counts_on_the_dashboard_are_the_totals_of_their_lists(staff, mixed, world):
    acme, _ = mixed
    world.time(acme, None, "2.00", service_name="Support")
    world.time({"id": new_id()}, None, "1.00", service_name="Support")
    staff.post("/invoice-runs", {"as_of": "2025-11-30"})
    world.time(acme, None, "1.00", service_name="Support")
    counts = staff.get("/billing/dashboard").json["counts"]
    lists = {
        "invoices_open": "/invoices?status=open",
        "invoices_overdue": "/invoices?status=overdue",
        "billable_items_open": "/billable-items?status=to_bill",
        "billable_items_parked": "/billable-items?status=parked",
    }
    assert counts == {name: staff.get(path).json["total"] for name, path in lists.items()}
    assert counts["billable_items_open"] == 2
    assert counts["billable_items_parked"] == 1


def test_totals_are_the_sums_of_the_list_without_void_invoices(staff, mixed, callers):
    acme, other = mixed
    eur, usd = staff.get("/invoices/totals").json["items"]
    assert (usd["currency"], usd["count"], usd["void_count"]) == ("USD", 5, 1)
    assert (usd["total"], usd["balance"], usd["amount_paid"]) == ("191.00", "110.00", "70.00")
    assert (eur["count"], eur["total"], eur["balance"]) == (1, "20.00", "20.00")
    (late,) = staff.get(f"/invoices/totals?overdue=true&client_id={acme['id']}").json["items"]
    assert (late["count"], late["total"], late["balance"]) == (1, "100.00", "60.00")
    (found,) = staff.get("/invoices/totals?q=europe").json["items"]
    assert found["total"] == "20.00"
    assert staff.get("/invoices/totals?colour=red").status_code == 422
    own = callers("client_user", client_id=other["id"])
    assert own.get("/invoices/totals").json["items"] == [eur]
    assert callers("technician").get("/invoices/totals").status_code == 403


def test_the_files_hold_what_the_lists_find_in_their_order(staff, mixed):
    acme, _ = mixed
    query = f"client_id={acme['id']}&status=open&sort=-total"
    listed = staff.get(f"/invoices?{query}").json["items"]
    answer = staff.get(f"/invoices/export?{query}")
    rows = table(answer)
    assert [row["number"] for row in rows] == [one["number"] for one in listed]
    assert [(row["total"], row["balance"]) for row in rows] == [("100.00", "60.00"), ("50.00", "50.00")]
    assert staff.get("/invoices/export?sort=colour").status_code == 422
    payments = table(staff.get(f"/payments/export?client_id={acme['id']}"))
    assert sorted(row["amount"] for row in payments) == ["30.00", "40.00"]
    assert all(row["client_name"] == "Acme" and row["invoices"].startswith("INV-") for row in payments)


def test_lists_name_the_client_without_a_query_a_row(staff, mixed, world, app):
    acme, other = mixed
    for client in (acme, other):
        world.time(client, None, "1.00", service_name="Support")
    with statements(app.database.engine) as seen:
        names = {one["client_name"] for one in staff.get("/billable-items").json["items"]}
        few = len(seen)
    assert names == {"Acme", "Acme Europe"}
    for _ in range(5):
        world.time(world.client("More"), None, "1.00", service_name="Support")
    with statements(app.database.engine) as seen:
        assert len(staff.get("/billable-items").json["items"]) == 7
    assert len(seen) == few
    assert {one["client_name"] for one in staff.get("/payments").json["items"]} == {"Acme"}


def test_the_timeline_tells_payments_and_unapplications(staff, world, invoice, pay, callers):
    acme = world.client()
    made = invoice(acme, "100.00")
    payment = pay(acme, "60.00", reference="1234")
    staff.post(f"/payments/{payment['id']}/unapply", headers={"Idempotency-Key": str(new_id())})
    staff.post(f"/invoices/{made['id']}/void")
    facts = staff.get(f"/invoices/{made['id']}/timeline").json["items"]
    kinds = ["created", "issued", "payment_applied", "payment_unapplied", "voided"]
    assert [fact["kind"] for fact in facts] == kinds
    assert (facts[2]["amount"], facts[2]["reference"], facts[2]["payment_id"]) == ("60.00", "1234", payment["id"])
    assert callers("client_user", client_id=acme["id"]).get(f"/invoices/{made['id']}/timeline").status_code == 403
    assert staff.get(f"/invoices/{new_id()}/timeline").status_code == 404


def test_a_statement_is_a_page_and_a_file_in_any_currency(staff, world, invoice, pay, callers):
    acme = world.client()
    invoice(acme, "100.00", ago=40)
    pay(acme, "60.00", reference="=1+1")
    path = f"/clients/{acme['id']}/statement"
    own = callers("client_user", client_id=acme["id"])
    shown = own.get(path).json
    rows = table(own.get(f"{path}/export"))
    assert [row["balance"] for row in rows] == ["0.00", *(one["balance"] for one in shown["entries"]), "40.00"]
    assert [row["kind"] for row in rows] == ["opening balance", "invoice", "payment", "closing balance"]
    assert own.get(f"{path}?currency=EUR").json["entries"] == []
    reversed_ = own.get(f"{path}?start=2026-01-02&end=2026-01-01")
    assert (reversed_.status_code, list(reversed_.json["errors"])) == (422, ["end"])
    assert callers("client_user", client_id=new_id()).get(f"{path}/export").status_code == 404
    assert own.get(f"/clients/{acme['id']}/balance").json["payment_instructions"] == []
