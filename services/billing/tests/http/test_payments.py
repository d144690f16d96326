"""Payments over HTTP: recording once, allocating, unapplying, and the balances."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from billing.invoice.models import Invoice
from billing.payment.models import Payment
from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.testing.days import today
from common.testing.tasks import run_job

CHANGED = "billing.payment.changed.v1"


@pytest.fixture
def staff(callers):
    return callers("billing")


@pytest.fixture
def acme(world):
    return world.client()


@pytest.fixture
def invoice(staff, acme):
    """Issues an invoice for `amount`, dated the given number of days ago."""

    def make(amount="100.00", ago=0, client=acme):
        line = {"description": "Work", "quantity": "1", "unit_rate": amount}
        body = {"client_id": str(client["id"]), "lines": [line], "issued_on": str(today() - timedelta(days=ago))}
        draft = staff.post("/invoices", body).json
        return staff.post(f"/invoices/{draft['id']}/issue").json

    return make


@pytest.fixture
def pay(staff, acme):
    def send(amount, key=None, client=acme, **values):
        body = {"client_id": str(client["id"]), "amount": amount, "method": "check", "received_on": "2025-12-05"}
        return staff.post("/payments", {**body, **values}, headers={"Idempotency-Key": key or str(new_id())})

    return send


@pytest.fixture
def state(staff):
    def read(made):
        found = staff.get(f"/invoices/{made['id']}").json
        return found["status"], found["balance"]

    return read


def test_the_oldest_due_is_paid_first(invoice, pay, state, emitted):
    newer, older = invoice("100.00", ago=1), invoice("80.00", ago=40)
    answer = pay("120.00", reference="CHK 1001")
    assert answer.status_code == 201
    assert [(one["invoice_id"], one["amount"]) for one in answer.json["allocations"]] == [
        (older["id"], "80.00"),
        (newer["id"], "40.00"),
    ]
    assert (state(older), state(newer)) == (("paid", "0.00"), ("partially_paid", "60.00"))
    (event,) = emitted("billing.payment.received.v1")
    assert event.data["allocations"] == answer.json["allocations"]
    moved = {event.subject: event.data["status"] for event in emitted("billing.invoice.changed.v1")}
    assert moved == {older["id"]: "paid", newer["id"]: "partially_paid"}


def test_a_payment_pays_the_named_invoices(invoice, pay, state, staff):
    first, second = invoice("100.00", ago=40), invoice("100.00")
    pay("30.00", allocations=[{"invoice_id": second["id"], "amount": "25.00"}])
    assert (state(first), state(second)) == (("issued", "100.00"), ("partially_paid", "75.00"))
    shown = staff.get(f"/invoices/{second['id']}").json
    assert [(one["amount"], one["method"]) for one in shown["payments"]] == [("25.00", "check")]
    assert shown["amount_paid"] == "25.00"


def test_an_overpayment_becomes_credit_and_pays_the_next_invoice(invoice, pay, state, staff, acme):
    invoice("100.00")
    assert pay("150.00").json["unallocated"] == "50.00"
    path = f"/clients/{acme['id']}/balance"
    assert {k: staff.get(path).json[k] for k in ("outstanding", "credit", "balance")} == {
        "outstanding": "0.00",
        "credit": "50.00",
        "balance": "-50.00",
    }
    following = invoice("80.00")
    assert state(following) == ("partially_paid", "30.00")
    assert staff.get(path).json["credit"] == "0.00"


def test_credit_pays_what_a_run_makes(world, app, pay, staff):
    client = world.simple(tax=None)
    pay("2000.00", client=client)
    run_job(app, INVOICE_RUNS, date(2025, 11, 30))
    (made,) = staff.get(f"/invoices?client_id={client['id']}").json["items"]
    assert (made["status"], made["total"], made["balance"]) == ("paid", "1562.50", "0.00")
    assert staff.get(f"/clients/{client['id']}/balance").json["credit"] == "437.50"


def test_fifty_at_once_with_one_key_are_one_payment(invoice, pay, in_work, emitted):
    invoice("100.00")
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: pay("60.00", key="the same"), range(50)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["id"] for answer in answers}) == 1
    with in_work() as work:
        assert work.session.scalar(select(func.count()).select_from(Payment)) == 1
        assert work.session.scalars(select(Invoice.balance)).all() == [Decimal("40.00")]
    assert len(emitted("billing.payment.received.v1")) == 1


def test_many_at_once_with_keys_of_their_own_all_count(invoice, pay, in_work):
    invoice("100.00")
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda n: pay("15.00", key=f"key {n}"), range(10)))
    assert {answer.status_code for answer in answers} == {201}
    with in_work() as work:
        assert work.session.scalars(select(Invoice.balance)).all() == [Decimal("0.00")]
        assert work.session.scalar(select(func.sum(Payment.unallocated))) == Decimal("50.00")


def test_the_same_key_for_another_payment_is_refused(invoice, pay, state, emitted):
    made = invoice("100.00")
    pay("10.00", key="k")
    answer = pay("20.00", key="k")
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["Idempotency-Key"])
    assert state(made) == ("partially_paid", "90.00")
    assert len(emitted("billing.payment.received.v1")) == 1


def test_without_a_key_nothing_is_recorded(staff, acme):
    body = {"client_id": str(acme["id"]), "amount": "1.00", "method": "cash", "received_on": "2025-12-05"}
    assert staff.post("/payments", body).status_code == 400
    assert staff.get("/payments").json["total"] == 0


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"amount": "0.00"}, "amount"),
        ({"amount": "-5.00"}, "amount"),
        ({"amount": "10.005"}, "amount"),
        ({"method": "barter"}, "method"),
        ({"received_on": "0205-12-05"}, "received_on"),
        ({"received_on": str(today() + timedelta(days=3))}, "received_on"),
        ({"currency": "XYZ"}, "currency"),
        ({"client_id": "00000000-0000-7000-8000-000000000000"}, "client_id"),
        (
            {"allocations": [{"invoice_id": "00000000-0000-7000-8000-000000000000", "amount": "1.00"}]},
            "allocations.0.invoice_id",
        ),
    ],
)
def test_bad_fields_are_named(pay, staff, values, field):
    answer = pay(values.pop("amount", "10.00"), **values)
    assert (answer.status_code, list(answer.json["errors"])) == (422, [field])
    assert staff.get("/payments").json["total"] == 0


def test_more_than_is_owed_or_paid_cannot_be_allocated(invoice, pay, state, world):
    made = invoice("50.00")

    def told(amount, total="100.00", times=1, **values):
        return pay(total, allocations=[{"invoice_id": made["id"], "amount": amount}] * times, **values)

    assert list(told("60.00").json["errors"]) == ["allocations.0.amount"]
    assert list(told("40.00", total="30.00").json["errors"]) == ["allocations"]
    assert list(told("20.00", times=2).json["errors"]) == ["allocations"]
    other = world.client("Other")
    assert list(told("10.00", client=other).json["errors"]) == ["allocations.0.invoice_id"]
    assert state(made) == ("issued", "50.00")


def test_money_of_another_currency_pays_nothing_here(invoice, pay, state):
    made = invoice("50.00")
    assert pay("50.00", currency="KYD").json["unallocated"] == "50.00"
    assert state(made) == ("issued", "50.00")


def test_unapplying_gives_the_invoice_back_its_balance(invoice, pay, state, staff):
    made = invoice("50.00")
    payment = pay("50.00").json
    assert staff.post(f"/invoices/{made['id']}/void").status_code == 409
    path, key = f"/payments/{payment['id']}/unapply", {"Idempotency-Key": "u1"}
    undone = staff.post(path, headers=key).json
    assert (undone["allocations"], undone["unallocated"]) == ([], "50.00")
    assert state(made) == ("issued", "50.00")
    assert staff.post(path, headers={"Idempotency-Key": "u2"}).status_code == 409
    assert staff.post(f"/invoices/{made['id']}/void").status_code == 200


def test_what_became_of_a_payment_is_announced(invoice, pay, staff, emitted):
    first = invoice("50.00")
    payment = pay("80.00").json
    assert emitted(CHANGED) == []
    second = invoice("20.00")
    staff.post(f"/payments/{payment['id']}/unapply", headers={"Idempotency-Key": "u"})
    credited, undone = emitted(CHANGED)
    assert credited.data["allocations"] == [
        {"invoice_id": first["id"], "amount": "50.00"},
        {"invoice_id": second["id"], "amount": "20.00"},
    ]
    assert (credited.subject, credited.data["unallocated"]) == (payment["id"], "10.00")
    assert (undone.subject, undone.data["unallocated"], undone.data["allocations"]) == (payment["id"], "80.00", [])
    assert payment["version"] < credited.data["version"] < undone.data["version"]
    assert undone.data["version"] == staff.get(f"/payments/{payment['id']}").json["version"]


def test_credit_that_finds_nothing_to_pay_stays_as_it_is(invoice, pay, staff, emitted):
    payment = pay("80.00", currency="KYD").json
    invoice("50.00")
    assert emitted(CHANGED) == []
    assert staff.get(f"/payments/{payment['id']}").json["version"] == payment["version"]


def test_balance_ageing_and_statement(invoice, pay, staff, acme):
    invoice("100.00", ago=200), invoice("70.00", ago=35), invoice("30.00")
    pay("20.00", received_on=str(today()))
    balance = staff.get(f"/clients/{acme['id']}/balance").json
    assert (balance["outstanding"], balance["overdue"]) == ("180.00", "150.00")
    (aged,) = staff.get(f"/clients/{acme['id']}/ageing").json["by_currency"]
    assert (aged["current"], aged["days_1_30"], aged["days_over_90"], aged["total"]) == (
        "30.00",
        "70.00",
        "80.00",
        "180.00",
    )
    statement = staff.get(f"/clients/{acme['id']}/statement?start={today() - timedelta(days=60)}").json
    assert (statement["opening_balance"], statement["closing_balance"]) == ("100.00", "180.00")
    assert [(one["kind"], one["amount"]) for one in statement["entries"]] == [
        ("invoice", "70.00"),
        ("invoice", "30.00"),
        ("payment", "-20.00"),
    ]


def test_roles_and_own_payments_only(callers, pay, invoice, acme, world, staff):
    invoice("10.00")
    mine = pay("10.00").json
    other = world.client("Other")
    theirs = pay("5.00", client=other).json
    assert callers("technician").get("/payments").status_code == 403
    assert callers("technician").get(f"/clients/{acme['id']}/balance").status_code == 403
    assert callers("manager").get(f"/payments/{mine['id']}").status_code == 200
    refused = callers("manager").post("/payments", {}, headers={"Idempotency-Key": "m"})
    assert refused.status_code == 403
    user = callers("client_admin", client_id=acme["id"])
    assert [one["id"] for one in user.get("/payments").json["items"]] == [mine["id"]]
    assert user.get(f"/payments/{theirs['id']}").status_code == 404
    assert user.get(f"/clients/{acme['id']}/balance").status_code == 200
    for name in ("balance", "ageing", "statement"):
        assert user.get(f"/clients/{other['id']}/{name}").status_code == 404


def test_items_by_hand_are_billed_with_the_rest(staff, acme, world, app):
    row = world.card(acme, world.service(), "110.00")
    body = {"client_id": str(acme["id"]), "dated_on": "2025-11-20"}
    fee = {**body, "description": "Disposal fee", "quantity": "2", "unit": "piece", "unit_rate": "15.00"}
    hours = {**body, "client_service_id": str(row["id"]), "quantity": "1.5"}
    for n, item in enumerate((fee, hours)):
        assert staff.post("/billable-items", item, headers={"Idempotency-Key": f"i{n}"}).status_code == 201
    bad = staff.post("/billable-items", {**body, "quantity": "1"}, headers={"Idempotency-Key": "i9"})
    assert list(bad.json["errors"]) == ["description"]
    assert staff.get(f"/billable-items?status=open&client_id={acme['id']}&dated_lte=2025-11-30").json["total"] == 2
    run_job(app, INVOICE_RUNS, date(2025, 11, 30))
    (made,) = staff.get("/invoices").json["items"]
    lines = staff.get(f"/invoices/{made['id']}").json["lines"]
    assert [(one["description"], one["amount"], one["rate_source"]) for one in lines] == [
        ("Disposal fee", "30.00", "manual"),
        ("Remote Support - 1.5 hours", "165.00", "client"),
    ]


def test_the_dashboard_counts_what_each_role_may_see(callers, invoice, world, acme):
    invoice("100.00", ago=90)
    world.simple(name="Open work")
    shown = callers("manager").get("/billing/dashboard").json
    assert shown["counts"] == {
        "invoices_open": 1,
        "invoices_overdue": 1,
        "billable_items_open": 1,
        "billable_items_parked": 0,
    }
    assert shown["money"] == [{"currency": "USD", "receivable": "100.00", "overdue": "100.00", "unbilled": "1562.50"}]
    assert [alert["kind"] for alert in shown["alerts"]] == ["invoices_overdue"]
    assert callers("technician").get("/billing/dashboard").json["counts"] == {}
    theirs = callers("client_user", client_id=new_id()).get("/billing/dashboard").json
    assert (theirs["counts"], theirs["recent_invoices"]) == ({"invoices_open": 0, "invoices_overdue": 0}, [])
