"""Days years away need confirmation, and an invoice dated out of order warns."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.plausible import years_from
from common.testing.days import today
from common.testing.tasks import run_job


@pytest.fixture
def staff(callers):
    return callers("billing")


@pytest.fixture
def acme(world):
    return world.client()


@pytest.fixture
def pay(staff, acme):
    def send(received_on, client=acme, **values):
        body = {"client_id": str(client["id"]), "amount": "10.00", "method": "check", "received_on": str(received_on)}
        return staff.post("/payments", body | values, headers={"Idempotency-Key": str(new_id())})

    return send


@pytest.fixture
def add(staff, acme):
    def send(dated_on, **values):
        body = {"client_id": str(acme["id"]), "description": "Cable", "quantity": "1", "unit_rate": "10.00"}
        body |= {"dated_on": str(dated_on)} | values
        return staff.post("/billable-items", body, headers={"Idempotency-Key": str(new_id())})

    return send


def test_a_payment_years_before_the_client_is_accepted_when_confirmed(pay, staff, acme):
    day = years_from(today(), -3)
    refused = pay(day)
    assert refused.status_code == 422
    assert refused.json["confirmable"] is True
    assert "years before the client was added" in refused.json["errors"]["received_on"][0]
    assert staff.get(f"/payments?client_id={acme['id']}").json["items"] == []
    assert pay(day, confirm=True).status_code == 201


def test_confirming_does_not_overrule_other_rules(pay):
    answer = pay(years_from(today(), -3), confirm=True, allocations=[{"invoice_id": str(new_id()), "amount": "1.00"}])
    assert answer.status_code == 422
    assert "confirmable" not in answer.json
    future = pay(today() + timedelta(days=400), confirm=True)
    assert future.status_code == 422
    assert "confirmable" not in future.json


def test_a_key_refused_once_serves_the_confirmed_payment(staff, acme):
    key = str(new_id())
    body = {"client_id": str(acme["id"]), "amount": "10.00", "method": "check", "received_on": "2001-05-01"}
    assert staff.post("/payments", body, headers={"Idempotency-Key": key}).status_code == 422
    confirmed = staff.post("/payments", body | {"confirm": True}, headers={"Idempotency-Key": key})
    assert confirmed.status_code == 201


def test_payments_of_a_client_whose_age_is_not_known_are_taken(pay, world):
    assert pay("2001-05-01", client=world.client(id=uuid4())).status_code == 201


@pytest.mark.parametrize("years", [3, -3])
def test_an_item_years_off_is_accepted_when_confirmed(add, years):
    day = years_from(today(), years)
    refused = add(day)
    assert refused.status_code == 422
    assert refused.json["confirmable"] is True
    assert str(day) in refused.json["errors"]["dated_on"][0]
    assert add(day, confirm=True).status_code == 201


def test_an_item_within_two_years_needs_no_confirmation(add):
    assert add(years_from(today(), 2)).status_code == 201


@pytest.fixture
def draft(staff, acme):
    def make(day=None):
        lines = [{"description": "Work", "quantity": "1", "unit_rate": "100.00"}]
        body = {"client_id": str(acme["id"]), "lines": lines, "issued_on": str(day) if day else None}
        return staff.post("/invoices", body).json

    return make


def shown(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def test_an_invoice_dated_before_the_latest_warns(staff, draft):
    first = staff.post(f"/invoices/{draft(today())['id']}/issue").json
    assert first["warnings"] == []
    earlier = draft(today() - timedelta(days=3))
    days = shown(today() - timedelta(days=3)), shown(today())
    expected = f"The invoice date {days[0]} is earlier than {days[1]}, the date of {first['number']}."
    assert staff.get(f"/invoices/{earlier['id']}").json["warnings"] == [expected]
    assert staff.post(f"/invoices/{earlier['id']}/issue").json["warnings"] == [expected]
    assert staff.post(f"/invoices/{draft()['id']}/issue").json["warnings"] == []


def test_a_run_dated_before_the_latest_warns(app, staff, draft, world):
    number = staff.post(f"/invoices/{draft(today())['id']}/issue").json["number"]
    world.simple()
    for dry_run in (True, False):
        outcome = run_job(app, INVOICE_RUNS, date(2025, 11, 30), dry_run)
        assert len(outcome.detail["warnings"]) == 1
        assert number in outcome.detail["warnings"][0]
    world.simple()
    assert run_job(app, INVOICE_RUNS, today()).detail.get("warnings") is None
    assert Decimal(outcome.counts["invoices"]) == 1


def test_so_is_an_item_moved_years_off(add, staff):
    item = add(today()).json
    day = str(years_from(today(), 3))
    refused = staff.patch(f"/billable-items/{item['id']}", {"dated_on": day})
    assert refused.status_code == 422
    assert refused.json["confirmable"] is True
    assert staff.patch(f"/billable-items/{item['id']}", {"dated_on": day, "confirm": True}).status_code == 200
    assert staff.patch(f"/billable-items/{item['id']}", {"note": "as agreed"}).status_code == 200
