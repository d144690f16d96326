"""Billable items from time entries, corrected before and after their invoice."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from billing.invoice import issuing
from billing.invoice.models import Invoice
from billing.item.models import CLOSED, INVOICED, OPEN, BillableItem
from billing.run.routes import INVOICE_RUNS
from common.ids import new_id
from common.testing.database import statements
from common.testing.tasks import run_job

CORRECTED, DELETED = "agreements.time.corrected.v1", "agreements.time.deleted.v1"
AS_OF = date(2025, 11, 30)


@pytest.fixture
def items(in_work):
    def read():
        with in_work() as work:
            return list(work.session.scalars(select(BillableItem).order_by(BillableItem.id)))

    return read


@pytest.fixture
def entry(world):
    client = world.client()
    row = world.card(client, world.service())
    return world.time(client, row, "2.00")


@pytest.fixture
def bill(app):
    return lambda: run_job(app, INVOICE_RUNS, AS_OF).counts["invoices"]


def open_hours(found):
    return [(item.quantity, item.unit_rate, item.rate_source) for item in found if item.status == OPEN]


def test_repeated_events_of_an_entry_create_one_item(world, entry, items):
    world.tell("agreements.time.logged.v1", entry)
    (item,) = items()
    assert (item.source_id, item.quantity, item.status, item.dated_on) == (
        entry["id"],
        Decimal("2.00"),
        OPEN,
        date(2025, 11, 10),
    )


def test_a_correction_before_the_invoice_replaces(world, entry, items):
    world.tell(CORRECTED, {**entry, "billable_hours": "3.50", "worked_on": "2025-11-12", "version": 2})
    (item,) = items()
    assert (item.quantity, item.dated_on, item.status) == (Decimal("3.50"), date(2025, 11, 12), OPEN)


def test_an_older_fact_changes_nothing(world, entry, items):
    world.tell(CORRECTED, {**entry, "billable_hours": "3.50", "version": 3})
    world.tell(CORRECTED, {**entry, "billable_hours": "9.00", "version": 2})
    assert items()[0].quantity == Decimal("3.50")


def test_a_deletion_closes_an_open_one_for_good(world, entry, items, bill):
    world.tell(DELETED, {**entry, "deleted": True, "version": 2})
    world.tell("agreements.time.logged.v1", entry)
    (item,) = items()
    assert (item.status, item.quantity) == (CLOSED, 0)
    assert bill() == 0


def test_a_deletion_that_overtakes_its_entry_wins(world, items):
    client = world.client()
    row = world.card(client, world.service())
    told = world.time(client, row, "2.00", deleted=True, version=2)
    world.tell("agreements.time.logged.v1", {**told, "deleted": False, "version": 1})
    assert [item.status for item in items()] == [CLOSED]


def test_covered_time_is_kept_but_not_billed(world, items, bill):
    client = world.client()
    world.time(client, world.card(client, world.service()), "2.00", billable_hours="0.00")
    assert [item.status for item in items()] == [CLOSED]
    assert bill() == 0


@pytest.mark.parametrize(("now", "difference"), [("3.25", "1.25"), ("0.50", "-1.50")])
def test_a_correction_after_the_invoice_adds_the_difference_at_the_invoiced_rate(
    world, entry, items, bill, now, difference
):
    assert bill() == 1
    world.tell(CORRECTED, {**entry, "billable_hours": now, "version": 2})
    assert open_hours(items()) == [(Decimal(difference), Decimal("125.00"), "catalog")]
    assert [item.quantity for item in items() if item.status == INVOICED] == [Decimal("2.00")]


def test_a_deletion_after_the_invoice_takes_everything_back(world, entry, items, bill):
    bill()
    world.tell(DELETED, {**entry, "deleted": True, "version": 2})
    assert open_hours(items()) == [(Decimal("-2.00"), Decimal("125.00"), "catalog")]


def test_corrections_after_the_invoice_replace_each_other(world, entry, items, bill):
    bill()
    world.tell(CORRECTED, {**entry, "billable_hours": "5.00", "version": 2})
    world.tell(CORRECTED, {**entry, "billable_hours": "2.50", "version": 3})
    world.tell(CORRECTED, {**entry, "billable_hours": "7.00", "version": 2})
    assert [hours for hours, *_ in open_hours(items())] == [Decimal("0.50")]
    world.tell(CORRECTED, {**entry, "billable_hours": "2.00", "version": 4})
    assert open_hours(items()) == []


def test_another_service_after_the_invoice_takes_back_and_charges_anew(world, entry, items, bill):
    bill()
    client = {"id": entry["client_id"]}
    other = world.card(client, world.service("Onsite Support", "175.00"))
    moved = {"client_service_id": other["id"], "service_id": other["service_id"], "service_name": other["name"]}
    world.tell(CORRECTED, {**entry, **moved, "version": 2})
    assert sorted(open_hours(items())) == [
        (Decimal("-2.00"), Decimal("125.00"), "catalog"),
        (Decimal("2.00"), None, None),
    ]
    assert bill() == 1  # 2 × 175 − 2 × 125


def test_a_void_after_a_correction_asks_for_the_corrected_hours(world, entry, items, bill, in_work):
    bill()
    world.tell(CORRECTED, {**entry, "billable_hours": "3.00", "version": 2})
    with in_work() as work:
        issuing.void(work, work.session.scalars(select(Invoice)).one().id)
    assert sum(hours for hours, *_ in open_hours(items())) == Decimal("3.00")
    world.tell(CORRECTED, {**entry, "billable_hours": "4.00", "version": 3})
    assert sum(hours for hours, *_ in open_hours(items())) == Decimal("4.00")


def test_a_batch_is_handled_in_one_transaction(world, deliver, items):
    client = world.client()
    row = world.card(client, world.service())
    batch = []
    world.deliver = lambda type, data: batch.append((type, data))
    for hours in ("1.00", "2.00", "3.00"):
        world.time(client, row, hours)
    deliver(batch)
    assert [item.quantity for item in items()] == [Decimal("1.00"), Decimal("2.00"), Decimal("3.00")]


@pytest.fixture
def deliver_entries(world, deliver, app):
    """Delivers `count` entries with the given changes as one batch; returns the number of statements."""

    def send(type, entries):
        with statements(app.database.engine) as sent:
            deliver([(type, entry) for entry in entries])
        return len(sent)

    return send


def entries_of(world, count):
    client = world.client(f"Client {new_id()}")
    row = world.card(client, world.service(f"Service {new_id()}"))
    kept, world.deliver = world.deliver, lambda type, data: None
    made = [world.time(client, row, f"{hours + 1}.00") for hours in range(count)]
    world.deliver = kept
    return made


def test_a_batch_takes_as_many_statements_for_a_hundred_entries_as_for_one(world, deliver_entries, items):
    one, hundred = entries_of(world, 1), entries_of(world, 100)

    assert deliver_entries("agreements.time.logged.v1", one) == 3  # the inbox, the worked time and the items
    assert deliver_entries("agreements.time.logged.v1", hundred) == 3
    assert len(items()) == 101


def test_corrections_after_the_invoice_take_as_many_statements_for_many(world, deliver_entries, items, bill):
    first, others = entries_of(world, 1), entries_of(world, 20)
    deliver_entries("agreements.time.logged.v1", [*first, *others])
    bill()
    changed = [{**entry, "billable_hours": "50.00", "version": 2} for entry in [*first, *others]]

    one = deliver_entries(CORRECTED, changed[:1])

    assert deliver_entries(CORRECTED, changed[1:]) == one
    assert sum(item.quantity for item in items()) == 21 * Decimal("50.00")


def test_of_two_versions_in_a_batch_the_newer_counts(world, deliver, items):
    (entry,) = entries_of(world, 1)
    newer = {**entry, "billable_hours": "7.00", "version": 2}

    deliver([(CORRECTED, newer), ("agreements.time.logged.v1", entry)])

    assert [(item.quantity, item.source_sequence) for item in items()] == [(Decimal("7.00"), 2)]


def test_billed_hours_are_billed_and_the_line_shows_worked_hours(world, items, bill, in_work):
    client = world.client()
    row = world.card(client, world.service())
    world.time(client, row, "1.00", worked_hours="0.25", billed_hours="1.00")
    world.time(client, row, "2.00", worked_hours="2.00", billed_hours="2.00")
    world.time(client, row, "0.50", worked_hours="3.50", billed_hours="4.00", overage=True)
    assert [(str(item.quantity), item.worked_hours) for item in items()] == [
        ("1.00", Decimal("0.25")),
        ("2.00", None),
        ("0.50", None),
    ]

    assert bill() == 1

    with in_work() as work:
        (invoice,) = work.session.scalars(select(Invoice))
        line = next(line for line in invoice.lines if line.worked_hours is not None)
        assert (line.quantity, line.worked_hours, line.amount) == (Decimal("3.50"), Decimal("2.75"), Decimal("437.50"))
        assert "Time worked is 2.75 hours, billed as 3.5 hours after rounding and minimum hours." in line.explanation


def test_events_of_the_previous_release_have_no_worked_hours(world, items):
    client = world.client()
    world.time(client, world.card(client, world.service()), "2.00")

    assert items()[0].worked_hours is None
