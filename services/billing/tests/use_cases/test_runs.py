"""Invoice runs: billed, parked and skipped items."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from billing.account.models import Account
from billing.invoice.models import Invoice
from billing.item.models import OPEN, PARKED, BillableItem
from billing.run import writing
from billing.run.routes import INVOICE_RUNS
from billing.run.running import bill as bill_portion
from common import migrations
from common.ids import new_id
from common.testing.database import statements
from common.testing.tasks import run_job

AS_OF = date(2025, 11, 30)


@pytest.fixture
def bill(app):
    def go(**options):
        return run_job(app, INVOICE_RUNS, options.pop("as_of", AS_OF), **options)

    return go


@pytest.fixture
def stored(in_work):
    def read(model, **where):
        with in_work() as work:
            return list(work.session.scalars(select(model).filter_by(**where).order_by(model.id)))

    return read


def nonzero(counts):
    return {name: count for name, count in counts.items() if count}


def test_only_items_up_to_the_day_are_billed(world, bill, stored):
    client = world.simple("1")
    row = world.card(client, world.service("Onsite", "175.00"))
    world.time(client, row, "2", on="2025-12-01")
    assert bill().counts["items"] == 1
    assert [item.dated_on for item in stored(BillableItem, status=OPEN)] == [date(2025, 12, 1)]


def test_a_run_can_be_narrowed_to_some_clients(world, bill, stored):
    first, _ = world.simple(), world.simple(name="Other")
    bill(client_ids=[first["id"]])
    assert [invoice.client_id for invoice in stored(Invoice)] == [first["id"]]


def test_an_unknown_client_is_parked_and_billed_once_it_is_known(world, bill, stored):
    client = {"id": world.client("Gone")["id"], "currency": "USD"}
    stranger = {"id": new_id()}
    row = world.card(client, world.service())
    world.time(stranger, row, "1")
    assert nonzero(bill().counts) == {"clients": 1, "parked": 1}
    (item,) = stored(BillableItem)
    assert (item.status, item.parked_cause) == (PARKED, "The client's data has not arrived yet.")
    world.client("Here now", id=stranger["id"])
    assert bill().counts["invoices"] == 1


def test_a_tax_code_not_here_yet_parks_the_client(world, bill, stored):
    client = world.client(tax_code_id=new_id())
    world.time(client, world.card(client, world.service()), "1")
    bill()
    assert stored(BillableItem)[0].parked_cause == "The client's tax code has not arrived yet."


def test_an_item_in_another_currency_waits_while_the_rest_is_billed(world, bill, stored):
    client = world.simple("1")
    row = world.card(client, world.service("Onsite"))
    foreign = world.agreement(client, {row["id"]: None}, currency="KYD")
    world.time(client, row, "2", agreement_id=foreign["id"])
    counts = bill().counts
    assert (counts["invoices"], counts["items"], counts["parked"]) == (1, 1, 1)
    (parked,) = stored(BillableItem, status=PARKED)
    assert parked.parked_cause == "The item is in KYD, but the client is billed in USD."


def test_a_failing_client_is_parked_while_the_others_go_on(world, bill, stored, app, monkeypatch):
    """The failure is in the database write, like a bug."""
    names = [f"Client {n}" for n in range(5)]
    clients = [world.simple(tax=None, name=name) for name in names]
    original = writing._invoice

    def broken(work, one, *rest):
        if one.client_id == clients[2]["id"]:
            raise RuntimeError("this client cannot be written")
        return original(work, one, *rest)

    monkeypatch.setattr(writing, "_invoice", broken)
    outcome = bill()
    assert (outcome.counts["invoices"], outcome.counts["parked"]) == (4, 1)
    assert sorted(invoice.client_name for invoice in stored(Invoice)) == sorted(set(names) - {"Client 2"})
    assert sorted(i.number for i in stored(Invoice)) == [f"INV-2025-00{n}" for n in range(1, 5)]
    (parked,) = stored(BillableItem, status=PARKED)
    assert parked.parked_cause.startswith("RuntimeError in test_runs.broken, line ")
    monkeypatch.undo()
    assert bill().counts["invoices"] == 1


def test_credits_above_the_charges_wait(world, bill, stored):
    client = world.simple("1")
    entry = world.said[-1][1]
    bill()
    world.tell("agreements.time.corrected.v1", {**entry, "billable_hours": "0.25", "version": 2})
    assert nonzero(bill().counts) == {"clients": 1, "skipped": 1}
    world.time(client, None, "1", service_name="Work", client_service_id=None)
    assert len(stored(Invoice)) == 1


def test_time_that_waits_for_approval_holds_back_its_clients_invoice_only(world, bill, stored):
    waiting = world.simple("1", name="Waits", tax=None)
    _, (_, entry) = world.said[-1], world.said[-1]
    world.time(waiting, None, "2", approval="approved", service_name="Work")
    world.tell("agreements.time.corrected.v1", {**entry, "approval": "returned", "version": 2})
    world.simple("1", name="Billed", tax=None)

    outcome = bill()

    assert nonzero(outcome.counts) | {"items": 0} == {"clients": 2, "invoices": 1, "skipped": 1, "items": 0}
    assert [invoice.client_name for invoice in stored(Invoice)] == ["Billed"]
    world.tell("agreements.time.corrected.v1", {**entry, "approval": "approved", "version": 3})
    assert bill().counts["invoices"] == 1
    assert [item.held for item in stored(BillableItem)] == [False] * 3


def test_invoices_without_email_are_counted(world, bill, stored):
    world.simple(name="Silent", invoice_email=None), world.simple(name="Reachable")
    assert bill(dry_run=True).counts["without_email"] == 1
    assert nonzero(bill().counts) == {"clients": 2, "invoices": 2, "without_email": 1, "items": 2}
    assert {invoice.status for invoice in stored(Invoice)} == {"issued"}


def test_an_amount_no_invoice_has_is_parked(world, bill, stored):
    client = world.client()
    row = world.card(client, world.service("Absurd", "9999999999999.99"))
    world.time(client, row, "9999999999999.99")
    for dry_run in (True, False):
        assert bill(dry_run=dry_run).counts["parked"] == 1
    assert stored(BillableItem)[0].parked_cause == "The total is more than 9,999,999,999,999.99."


def test_no_rate_anywhere_bills_at_zero_with_a_warning(world, bill, stored):
    client = world.client()
    world.time(client, None, "3", service_name="Odd job")
    outcome = bill()
    (invoice,) = stored(Invoice)
    assert (invoice.total, invoice.status) == (Decimal("0.00"), "paid")
    assert invoice.warnings == ["Odd job: No agreement, client, catalog or flat rate is set: billed at 0.00."]
    assert outcome.detail["clients"][0]["warnings"] == invoice.warnings


def test_drafts_instead_of_issued_invoices_if_so_set(world, organise, stored, in_work):
    client = world.simple()
    organise(issue_on_run=False)
    with in_work() as work:
        bill_portion(work, [client["id"]], AS_OF)
    (invoice,) = stored(Invoice)
    assert (invoice.status, invoice.number, invoice.issued_on) == ("draft", None, None)


def test_accounts_are_made_once(world, bill, stored, in_work):
    world.simple()
    bill()
    bill(as_of=date(2025, 12, 31))
    with in_work() as work:
        assert len(work.session.scalars(select(Account)).all()) == 1


def test_a_portion_takes_the_same_statements_for_two_clients_and_for_twenty(world, app, in_work):
    def cost(count):
        clients = [world.simple(name=f"Client {count} {n}")["id"] for n in range(count)]
        with statements(app.database.engine) as sent, in_work() as work:
            bill_portion(work, sorted(clients), AS_OF)
        return len(sent)

    assert cost(2) == cost(20)


def test_the_migrations_make_what_the_models_say(app):
    migrations.check(app)
