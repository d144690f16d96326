"""A merge adds up balances, payments and unbilled items, also for late events."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from billing.inbound.replicas import Agreement
from billing.invoice.models import Invoice, InvoiceLine
from billing.item.models import BillableItem
from billing.payment.models import Payment
from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.testing.database import statements
from common.testing.days import today
from common.testing.tasks import run_job

AS_OF = date(2025, 11, 30)
MERGED = "clients.client.merged.v1"
SUMS = ("outstanding", "overdue", "credit", "balance")


@pytest.fixture
def staff(callers):
    return callers("billing")


@pytest.fixture
def service_sold(world):
    return world.service()


@pytest.fixture
def acme(world, service_sold) -> dict[str, Any]:
    client = world.client("Acme Corporation")
    return {**client, "row": world.card(client, service_sold, "110.00")}


@pytest.fixture
def twin(world, service_sold) -> dict[str, Any]:
    """Creates the duplicate, with the same service and one of its own."""
    client = world.client("ACME corp")
    own = world.card(client, None, "200.00", name="VIP Support")
    return {**client, "row": world.card(client, service_sold, "99.00"), "own": own}


@pytest.fixture
def merge(deliver, acme, twin):
    def tell() -> None:
        mapping = {str(twin["row"]["id"]): str(acme["row"]["id"])}
        moved = [{**twin["own"], "version": 2}]
        data = {"id": acme["id"], "merged_client_id": twin["id"], "version": 2}
        deliver(MERGED, data | {"client_services": replaced(mapping), "services": moved})

    return tell


@pytest.fixture
def owed(staff):
    """Creates, issues and returns an invoice."""

    def make(client: dict[str, Any], amount: str) -> dict[str, Any]:
        line = {"description": "Work", "quantity": "1", "unit_rate": amount}
        body = {"client_id": str(client["id"]), "lines": [line]}
        draft = staff.post("/invoices", body).json
        issued = staff.post(f"/invoices/{draft['id']}/issue")
        assert issued.status_code == 200, issued.json
        return issued.json

    return make


@pytest.fixture
def pay(staff):
    def make(client: dict[str, Any], amount: str, **values: Any) -> Any:
        body = {"client_id": str(client["id"]), "amount": amount, "method": "check"}
        body["received_on"] = today().isoformat()
        return staff.post("/payments", body | values, headers={"Idempotency-Key": str(new_id())})

    return make


def balance(staff: Any, client: dict[str, Any]) -> dict[str, Decimal]:
    found = staff.get(f"/clients/{client['id']}/balance").json
    return {name: Decimal(found[name]) for name in SUMS}


def test_every_figure_is_the_sum(staff, acme, twin, owed, pay, merge):
    owed(acme, "100.00")
    pay(acme, "30.00")
    paid = owed(twin, "50.00")
    pay(twin, "80.00")
    owed(twin, "70.00")
    pay(twin, "500.00")
    owed(acme, "20.00")
    before = [balance(staff, client) for client in (acme, twin)]
    statement = [staff.get(f"/clients/{client['id']}/statement").json for client in (acme, twin)]

    merge()

    assert balance(staff, acme) == {name: before[0][name] + before[1][name] for name in SUMS}
    assert set(balance(staff, twin).values()) == {0}
    whole = staff.get(f"/clients/{acme['id']}/statement").json
    assert len(whole["entries"]) == sum(len(one["entries"]) for one in statement)
    assert Decimal(whole["closing_balance"]) == sum(Decimal(one["closing_balance"]) for one in statement)
    kept = staff.get(f"/invoices/{paid['id']}").json
    assert (kept["client_id"], kept["client_name"], kept["number"]) == (str(acme["id"]), "ACME corp", paid["number"])
    assert kept["bill_to"] == paid["bill_to"]


def test_drafts_go_to_whom_the_client_is_now(staff, acme, twin, merge):
    lines = [{"client_service_id": str(twin["row"]["id"]), "quantity": "2"}]
    draft = staff.post("/invoices", {"client_id": str(twin["id"]), "lines": lines}).json

    merge()

    found = staff.get(f"/invoices/{draft['id']}").json
    assert (found["client_name"], found["bill_to"]["name"]) == ("Acme Corporation", "Acme Corporation")
    assert found["lines"][0]["client_service_id"] == str(acme["row"]["id"])
    again = {name: found["lines"][0][name] for name in ("client_service_id", "quantity")}
    edited = staff.patch(f"/invoices/{draft['id']}", {"lines": [again]})
    assert edited.json["lines"][0]["unit_rate"] == "110.00"


def test_open_time_is_billed_at_what_the_survivor_agreed(world, app, acme, twin, merge, in_work):
    agreed = world.agreement(twin, {twin["own"]["id"]: "150.00"})
    world.time(twin, twin["row"], "1")
    world.time(twin, twin["own"], "1", agreement_id=agreed["id"])
    merge()

    run_job(app, INVOICE_RUNS, AS_OF)

    with in_work() as work:
        (invoice,) = work.session.scalars(select(Invoice))
        assert invoice.client_id == acme["id"]
        assert {line.unit_rate for line in invoice.lines} == {Decimal("110.00"), Decimal("150.00")}


def test_late_events_belong_to_the_survivor(world, acme, twin, merge, in_work, deliver):
    merge()

    agreed = world.agreement(twin, {twin["row"]["id"]: "75.00", twin["own"]["id"]: None})
    entry = world.time(twin, twin["row"], "3", agreement_id=agreed["id"])

    with in_work() as work:
        item = work.session.scalars(select(BillableItem).where(BillableItem.source_id == entry["id"])).one()
        assert (item.client_id, item.client_service_id) == (acme["id"], acme["row"]["id"])
        covered = work.session.get_one(Agreement, agreed["id"])
        assert covered.client_id == acme["id"]
        assert covered.services == {
            str(acme["row"]["id"]): {"custom_rate": "75.00"},
            str(twin["own"]["id"]): {"custom_rate": None},
        }


def test_a_late_correction_of_invoiced_time_asks_for_the_difference_alone(
    world, app, acme, twin, merge, in_work, deliver
):
    entry = world.time(twin, twin["row"], "3")
    run_job(app, INVOICE_RUNS, AS_OF)
    merge()

    deliver("agreements.time.corrected.v1", {**entry, "billable_hours": "5", "hours": "5", "version": 2})

    with in_work() as work:
        further = work.session.scalars(select(BillableItem).where(BillableItem.part != "")).one()
        assert (further.client_id, further.quantity, further.unit_rate) == (acme["id"], 2, Decimal("99.00"))


def test_an_issued_invoice_changes_hands_only_by_a_merge(app, acme, twin, owed, merge):
    owed(twin, "50.00")
    owed(acme, "50.00")
    merge()

    for change in (f"client_id = '{new_id()}'", "client_name = 'Other'", "total = 1"):
        with pytest.raises(DBAPIError, match="cannot be changed"), app.database.engine.begin() as connection:
            connection.execute(text(f"UPDATE invoice SET {change} WHERE client_id = '{acme['id']}'"))


def test_new_records_for_a_merged_client_are_refused(staff, twin, merge, pay):
    merge()

    client = str(twin["id"])
    item = {"client_id": client, "quantity": "1", "dated_on": "2025-11-03", "description": "Cable", "unit_rate": "1"}
    answers = [
        staff.post("/invoices", {"client_id": client, "lines": []}),
        staff.post("/billable-items", item, headers={"Idempotency-Key": str(new_id())}),
        pay(twin, "10.00"),
    ]
    for answer in answers:
        assert answer.status_code == 422, answer.json
        expected = ['"ACME corp" was merged into "Acme Corporation". Use that client.']
        assert answer.json["errors"]["client_id"] == expected


def test_a_repeated_merge_event_changes_nothing(world, acme, twin, owed, pay, merge, in_work):
    owed(twin, "50.00")
    pay(twin, "20.00")
    world.time(twin, twin["row"], "3")
    merge()
    tables = (Invoice, InvoiceLine, Payment, BillableItem, Agreement)
    with in_work() as work:
        before = [work.session.execute(select(model.__table__).order_by(model.id)).all() for model in tables]
    merge()
    with in_work() as work:
        assert [work.session.execute(select(model.__table__).order_by(model.id)).all() for model in tables] == before


def test_a_merge_while_runs_and_payments_are_on_loses_and_doubles_nothing(
    world, app, acme, twin, merge, staff, pay, in_work
):
    for client in (acme, twin):
        for _ in range(10):
            world.time(client, client["row"], "1")

    def late(n: int) -> None:
        world.time(twin, twin["row"], "1", on=f"2025-11-{n + 11}")

    with ThreadPoolExecutor(6) as pool:
        runs = [pool.submit(run_job, app, INVOICE_RUNS, AS_OF) for _ in range(2)]
        told = [pool.submit(late, n) for n in range(5)]
        payments = [pool.submit(pay, twin, "7.00") for _ in range(3)]
        merging = pool.submit(merge)
        for one in (*runs, *told, merging):
            one.result()
    assert {one.result().status_code for one in payments} <= {201, 422}
    run_job(app, INVOICE_RUNS, AS_OF)

    with in_work() as work:
        items = work.session.scalars(select(BillableItem)).all()
        assert {item.client_id for item in items} == {acme["id"]}
        assert {item.status for item in items} == {"invoiced"}
        assert sum(item.quantity for item in items) == 25
        invoices = work.session.scalars(select(Invoice)).all()
        assert {invoice.client_id for invoice in invoices} == {acme["id"]}
        assert sum(line.quantity for invoice in invoices for line in invoice.lines) == 25
        assert {payment.client_id for payment in work.session.scalars(select(Payment))} <= {acme["id"]}


def test_it_takes_as_many_statements_for_much_as_for_little(world, app, twin, owed, merge):
    for _ in range(10):
        owed(twin, "5.00")
        world.time(twin, twin["row"], "1")

    with statements(app.database.engine) as sent:
        merge()

    assert len(sent) < 20


def replaced(rows: dict[str, str]) -> list[dict[str, str]]:
    return [{"id": old, "into_id": new} for old, new in rows.items()]
