"""Billable items from materials and expenses: billed exactly once, to the cent, under their own tax code."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from billing.invoice import issuing
from billing.invoice.models import DRAFT, Invoice
from billing.item.models import CLOSED, OPEN, BillableItem
from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.testing.tasks import run_job

RECORDED, CORRECTED, DELETED = (f"agreements.expense.{verb}.v1" for verb in ("recorded", "corrected", "deleted"))
AS_OF = date(2025, 11, 30)


@pytest.fixture
def bill(app):
    return lambda: run_job(app, INVOICE_RUNS, AS_OF).counts["invoices"]


@pytest.fixture
def invoices(in_work):
    def read():
        with in_work() as work:
            found = work.session.scalars(select(Invoice).order_by(Invoice.id)).all()
            return [(one.subtotal, one.tax_total, one.total, len(one.lines)) for one in found]

    return read


@pytest.fixture
def items(in_work):
    def read():
        with in_work() as work:
            return list(work.session.scalars(select(BillableItem).order_by(BillableItem.id)))

    return read


def expense(client, **values):
    data = {"id": new_id(), "work_order_number": "WO-1", "client_id": client["id"], "agreement_id": None}
    data |= {"description": "SSD 1 TB", "quantity": "3", "unit_price": "96.33", "currency": "USD", "billable": True}
    data |= {"tax_code_id": None, "incurred_on": "2025-11-10", "technician_name": "Dana", "deleted": False}
    return data | {"version": 1} | values


def money(*amounts):
    return [Decimal(amount) for amount in amounts]


def test_an_expense_is_billed_once_at_its_price_and_named_in_the_event(world, bill, invoices, emitted):
    client = world.client(tax_code_id=world.tax("8.25")["id"])
    told = world.tell(RECORDED, expense(client))
    world.tell(RECORDED, told)

    assert (bill(), bill()) == (1, 0)
    assert invoices() == [(*money("288.99", "23.84", "312.83"), 1)]  # 3 × 96.33; 8.25 % = 23.841675
    (event,) = emitted("billing.invoice.issued.v1")
    assert (event.data["expense_ids"], event.data["time_entry_ids"]) == ([str(told["id"])], [])


def test_its_own_tax_code_replaces_the_clients(world, bill, invoices):
    client = world.client(tax_code_id=world.tax("8.25")["id"])
    world.tell(RECORDED, expense(client, tax_code_id=world.tax("2")["id"]))
    world.tell(RECORDED, expense(client, description="Parking", quantity="1", unit_price="10.00"))

    assert bill() == 1
    assert invoices() == [(*money("298.99", "6.61", "305.60"), 2)]  # 5.78 + 0.83


def test_an_exempt_client_pays_no_tax_on_expenses(world, bill, invoices):
    client = world.client(tax_code_id=world.tax("0", exempt=True, exempt_reason="School")["id"])
    world.tell(RECORDED, expense(client, tax_code_id=world.tax("2")["id"]))
    assert bill() == 1
    assert invoices() == [(*money("288.99", "0.00", "288.99"), 1)]


def test_an_unknown_tax_code_parks_it_until_the_code_arrives(world, bill, items):
    client = world.client()
    code = {"id": new_id(), "name": "Late tax", "rate_percent": "5", "status": "active", "version": 1}
    world.tell(RECORDED, expense(client, tax_code_id=code["id"]))
    assert bill() == 0
    assert items()[0].parked_cause == "The item's tax code has not arrived yet."
    world.tell("catalog.tax_code.created.v1", code)
    assert bill() == 1


def test_a_draft_is_issued_with_the_expenses_own_tax(world, app, organise, in_work, invoices, bill):
    organise(issue_on_run=False)
    client = world.client(tax_code_id=world.tax("8.25")["id"])
    world.tell(RECORDED, expense(client, tax_code_id=world.tax("2")["id"]))
    bill()
    with in_work() as work:
        draft = work.session.scalars(select(Invoice)).one()
        assert draft.status == DRAFT
        issuing.issue(work, draft.id)
    assert invoices() == [(*money("288.99", "5.78", "294.77"), 1)]


def test_what_is_not_billable_or_deleted_is_closed(world, bill, items):
    client = world.client()
    world.tell(RECORDED, expense(client, billable=False))
    gone = world.tell(RECORDED, expense(client))
    world.tell(DELETED, {**gone, "deleted": True, "version": 2})
    world.tell(CORRECTED, {**gone, "version": 1})
    assert [item.status for item in items()] == [CLOSED, CLOSED]
    assert bill() == 0


@pytest.mark.parametrize(
    ("change", "due"),
    [
        ({"quantity": "5"}, [("2", "96.33")]),
        ({"unit_price": "90.00"}, [("-3", "96.33"), ("3", "90.00")]),
        ({"billable": False}, [("-3", "96.33")]),
        ({"description": "SSD 2 TB"}, []),
    ],
)
def test_a_correction_after_the_invoice_bills_the_difference(world, bill, items, change, due):
    told = world.tell(RECORDED, expense(world.client()))
    bill()
    world.tell(CORRECTED, {**told, **change, "version": 2})
    found = sorted((item.quantity, item.unit_rate) for item in items() if item.status == OPEN)
    assert found == [tuple(money(*pair)) for pair in due]


def test_a_credit_keeps_the_tax_code_of_what_it_takes_back(world, bill, invoices):
    client = world.client()
    told = world.tell(RECORDED, expense(client, tax_code_id=world.tax("10")["id"], quantity="10", unit_price="1.00"))
    bill()
    world.tell(CORRECTED, {**told, "quantity": "4", "version": 2})
    world.tell(RECORDED, expense(client, quantity="1", unit_price="100.00"))
    assert bill() == 1
    assert invoices()[1] == (*money("94.00", "-0.60", "93.40"), 2)
