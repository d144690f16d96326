"""Price models price quantities in runs and by hand, or give the reason why not."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from billing.inbound.replicas import CatalogService
from billing.invoice.models import Invoice
from billing.item.models import BillableItem
from billing.run.routes import INVOICE_RUNS
from common.pricing import PriceModel, charge
from common.testing.tasks import run_job

AS_OF = date(2025, 12, 31)
EIGHT = {"model": "graduated", "tiers": [{"up_to": "5", "unit_price": "7.00"}, {"up_to": None, "unit_price": "6.00"}]}
STEPS = {"model": "graduated", "tiers": [{"up_to": "10", "unit_price": "5.00"}, {"up_to": None, "unit_price": "4.00"}]}
PLAIN = {"model": "per_unit", "included_units": "0.00", "minimum_units": None, "minimum_charge": None}
FLOOR = {"model": "per_unit", "minimum_charge": "20.00"}


@pytest.fixture
def staff(callers):
    return callers("billing")


def usage(world, client, price_model, custom_rate=None):
    return world.card(client, world.service("Storage", "5.00", kind="usage", price_model=price_model), custom_rate)


def invoice(staff, client, row, **values):
    line = {"client_service_id": str(row["id"]), "quantity": "21", **values}
    return staff.post("/invoices", {"client_id": str(client["id"]), "lines": [line]})


def item(staff, client, row, **values):
    body = {"client_id": str(client["id"]), "client_service_id": str(row["id"]), "quantity": "21", **values}
    return staff.post("/billable-items", {"dated_on": "2025-11-30", **body}, headers={"Idempotency-Key": "usage"})


@pytest.mark.parametrize(
    ("model", "quantity", "amount"),
    [(STEPS, "21", "94.00"), (FLOOR, "21", "105.00"), (FLOOR, "3", "20.00"), (EIGHT, "8", "53.00")],
)
def test_a_line_by_hand_is_priced_by_the_model(staff, world, model, quantity, amount):
    client = world.client()
    made = invoice(staff, client, usage(world, client, model), quantity=quantity).json
    assert made["subtotal"] == amount
    assert Decimal(amount) == charge(PriceModel.of(model, Decimal("5.00")), Decimal(quantity), "USD").amount
    (line,) = made["lines"]
    assert (line["rate_source"], line["rate_label"]) == ("model", "Tiered price")
    assert "Priced by the service's" in line["explanation"]


def test_a_manual_rate_replaces_the_price_model(staff, world):
    client = world.client()
    made = invoice(staff, client, usage(world, client, STEPS), unit_rate="4.43")
    assert (made.status_code, made.json["subtotal"]) == (201, "93.03")


def test_a_credit_needs_its_rate(staff, world):
    client = world.client()
    row = usage(world, client, STEPS)
    refused = item(staff, client, row, quantity="-2")
    assert refused.status_code == 422
    assert "needs a rate" in refused.json["errors"]["unit_rate"][0]
    assert "needs a rate" in invoice(staff, client, row, quantity="-2").json["errors"]["lines.0.unit_rate"][0]
    assert item(staff, client, row, quantity="-2", unit_rate="4.00").status_code == 201


def test_items_and_time_are_priced_by_the_model_in_a_run(app, staff, world, in_work):
    client = world.client()
    row = usage(world, client, EIGHT)
    world.time(client, row, "8", unit="GB")
    preview = run_job(app, INVOICE_RUNS, AS_OF, True).detail["clients"][0]
    assert (preview["total"], preview["lines"][0]["rate_source"]) == ("53.00", "model")
    dashboard = staff.get("/billing/dashboard").json["money"]
    assert dashboard == [{"currency": "USD", "receivable": "0.00", "overdue": "0.00", "unbilled": "53.00"}]
    assert run_job(app, INVOICE_RUNS, AS_OF).counts["invoices"] == 1
    with in_work() as work:
        (made,) = work.session.scalars(select(Invoice))
        (line,) = made.lines
        assert (made.total, line.amount, line.unit_rate) == (Decimal("53.00"), Decimal("53.00"), Decimal("6.625"))
        assert line.explanation == (
            "8 × GB = 53.00. Priced by the service's graduated model: "
            "The first 5 units: 5 × 7.00 = 35.00; Units above 5: 3 × 6.00 = 18.00."
        )


def test_each_month_is_priced_by_itself(app, world, in_work):
    client = world.client()
    row = usage(world, client, STEPS)
    for day, hours in (("2025-10-20", "8"), ("2025-11-03", "6"), ("2025-11-20", "6")):
        world.time(client, row, hours, on=day, unit="GB")
    assert run_job(app, INVOICE_RUNS, AS_OF).counts["invoices"] == 1
    with in_work() as work:
        lines = work.session.scalars(select(Invoice)).one().lines
        assert {line.description: line.amount for line in lines} == {
            "Storage - 8 × GB, October 2025": Decimal("40.00"),
            "Storage - 12 × GB, November 2025": Decimal("58.00"),
        }


def test_time_corrected_after_its_invoice_gives_back_what_was_charged(app, world, in_work):
    client = world.client()
    row = usage(world, client, EIGHT)
    logged = world.time(client, row, "8", unit="GB")
    run_job(app, INVOICE_RUNS, AS_OF)
    world.time(client, row, "2", id=logged["id"], version=2, unit="GB")
    world.time(client, row, "20", unit="GB")
    run_job(app, INVOICE_RUNS, AS_OF)
    with in_work() as work:
        totals = sorted(work.session.scalars(select(Invoice.total)))
    assert totals == [Decimal("53.00"), Decimal("125.00") - 6 * Decimal("6.625")]


@pytest.mark.parametrize("kind", ["recurring", "one_off"])
def test_time_on_what_has_no_hourly_price_is_parked_with_the_reason(app, world, in_work, kind):
    client = world.client()
    plan = world.service("Managed Backup", "50.00", kind=kind)
    world.time(client, world.card(client, plan), "3")
    outcome = run_job(app, INVOICE_RUNS, AS_OF)
    assert (outcome.counts["invoices"], outcome.counts["parked"]) == (0, 1)
    with in_work() as work:
        assert "no hourly rate" in work.session.scalars(select(BillableItem.parked_cause)).one()


def test_a_model_of_another_currency_counts_only_there(app, staff, world):
    euro = {"currency": "EUR", "default_rate": "4.00", "setup_fee": None, "price_model": EIGHT}
    storage = world.service("Storage", "5.00", kind="usage", price_model=STEPS, prices=[euro])
    client = world.client("Euro GmbH", currency="EUR")
    assert invoice(staff, client, world.card(client, storage), quantity="8").json["subtotal"] == "53.00"
    other = world.client("Yen KK", currency="JPY")
    refused = invoice(staff, other, world.card(other, storage), quantity="8")
    assert "has no price in JPY" in refused.json["errors"]["lines.0.unit_rate"][0]


def test_a_model_not_heard_of_yet_is_waited_for(app, staff, world, in_work):
    client = world.client()
    row = usage(world, client, STEPS)
    world.time(client, row, "8")
    with in_work() as work:
        work.session.get(CatalogService, row["service_id"]).price_model = None
    assert run_job(app, INVOICE_RUNS, AS_OF).counts["parked"] == 1
    world.tell("catalog.service.changed.v1", {**world.said[1][1], "version": 2})
    assert run_job(app, INVOICE_RUNS, AS_OF).counts["invoices"] == 1


def test_one_price_for_each_unit_and_a_negotiated_one_are_charged(staff, world):
    client = world.client()
    assert invoice(staff, client, usage(world, client, PLAIN)).json["subtotal"] == "105.00"
    assert invoice(staff, client, usage(world, client, STEPS, "3.00")).json["subtotal"] == "63.00"
