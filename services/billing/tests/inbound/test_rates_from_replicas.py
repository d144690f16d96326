"""The rate on an invoice from the events of other services."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from billing.inbound.replicas import Agreement, Client, ClientService
from billing.invoice import queries
from billing.invoice.models import Invoice, InvoiceLine
from billing.run.routes import INVOICE_RUNS
from common.testing.tasks import run_job


@pytest.fixture
def billed(app, in_work):
    """Bills open items. Returns (rate, source, overridden) of the newest invoice's only line."""

    def bill():
        assert run_job(app, INVOICE_RUNS, date(2025, 11, 30)).counts["invoices"] == 1
        with in_work() as work:
            newest = select(Invoice.id).order_by(Invoice.number_order.desc()).limit(1).scalar_subquery()
            line = work.session.scalars(select(InvoiceLine).where(InvoiceLine.invoice_id == newest)).one()
            return str(line.unit_rate), line.rate_source, line.overridden

    return bill


@pytest.fixture
def acme(world):
    return world.client(hourly_rate="110.00")


def test_catalog_then_client_then_agreement(world, acme, billed):
    remote = world.service("Remote Support", "125.00")
    row = world.card(acme, remote)
    world.time(acme, row, "1")
    assert billed() == ("125.00", "catalog", {})
    world.card(acme, remote, "85.00", id=row["id"], version=2)
    world.time(acme, row, "1")
    assert billed() == ("85.00", "client", {"catalog": "125.00"})
    agreement = world.agreement(acme, {row["id"]: "75.00"})
    world.time(acme, row, "1", agreement_id=agreement["id"])
    assert billed() == ("75.00", "agreement", {"client": "85.00", "catalog": "125.00"})


def test_an_explicit_zero_is_a_free_service(world, acme, billed):
    row = world.card(acme, world.service(), "0.00")
    world.time(acme, row, "1")
    assert billed() == ("0.00", "client", {"catalog": "125.00"})


def test_removal_falls_back(world, acme, billed):
    remote = world.service()
    row = world.card(acme, remote, "85.00")
    agreement = world.agreement(acme, {row["id"]: "75.00"})
    world.tell(
        "agreements.agreement.changed.v1", {**agreement, "services": [{"client_service_id": row["id"]}], "version": 2}
    )
    world.time(acme, row, "1", agreement_id=agreement["id"])
    assert billed() == ("85.00", "client", {"catalog": "125.00"})
    world.card(acme, remote, None, id=row["id"], version=2)
    world.time(acme, row, "1", agreement_id=agreement["id"])
    assert billed() == ("125.00", "catalog", {})


def test_a_catalog_change_does_not_move_the_clients_snapshot(world, acme, billed):
    remote = world.service()
    row = world.card(acme, remote)
    world.tell("catalog.service.rate_changed.v1", {**remote, "default_rate": "150.00", "version": 2})
    world.time(acme, row, "1")
    assert billed() == ("125.00", "catalog", {})


def test_work_on_a_service_that_is_not_on_the_card_takes_the_catalogs_rate(world, acme, billed):
    remote = world.service()
    world.card(acme, remote, "85.00", included=False)
    world.time(acme, None, "1", service_id=remote["id"], service_name=remote["name"])
    assert billed() == ("125.00", "catalog", {})


def test_a_row_found_by_its_service_when_the_entry_names_no_row(world, acme, billed):
    remote = world.service()
    world.card(acme, remote, "85.00")
    world.time(acme, None, "1", service_id=remote["id"], service_name=remote["name"])
    assert billed() == ("85.00", "client", {"catalog": "125.00"})


def test_a_custom_service_has_only_its_own_rate(world, acme, billed):
    row = world.card(acme, None, "250.00", name="Executive Support")
    world.time(acme, row, "1")
    assert billed() == ("250.00", "client", {})


def test_time_without_a_service_is_billed_at_the_flat_rate(world, acme, billed):
    world.time(acme, None, "1")
    assert billed() == ("110.00", "flat", {})


def test_overage_takes_the_agreements_rate_for_the_service_else_its_overage_rate(world, acme, billed):
    row, other = (world.card(acme, world.service(name), "180.00") for name in ("A", "B"))
    block = world.agreement(
        acme, {row["id"]: "168.75", other["id"]: None}, type="block_hours_prepaid", overage_rate="140.00"
    )
    world.time(acme, row, "1", agreement_id=block["id"], overage=True)
    assert billed() == ("168.75", "agreement", {"client": "180.00", "catalog": "125.00"})
    world.time(acme, other, "1", agreement_id=block["id"], overage=True)
    assert billed() == ("140.00", "agreement", {"client": "180.00", "catalog": "125.00"})


def test_replicas_apply_newer_events_and_republished_ones(world, acme, in_work, deliver):
    row = world.card(acme, world.service(), "85.00", version=3)
    world.card(
        acme, {"id": row["service_id"], "default_rate": "125.00", "name": row["name"]}, "1.00", id=row["id"], version=2
    )
    world.tell("clients.client.changed.v1", {**acme, "name": "Acme Renamed", "version": 2})
    world.agreement(acme, {row["id"]: "75.00"})
    said = list(world.said)
    deliver(said[::-1])
    with in_work() as work:
        assert work.session.scalars(select(Client.name)).all() == ["Acme Renamed"]
        assert work.session.scalars(select(ClientService.custom_rate)).all() == [Decimal("85.00")]
        (agreement,) = work.session.scalars(select(Agreement))
        assert agreement.services == {str(row["id"]): {"custom_rate": "75.00"}}


def test_republishing_publishes_every_invoice(world, app, in_work, emitted):
    for n in range(3):
        world.simple(name=f"Client {n}")
    run_job(app, INVOICE_RUNS, date(2025, 11, 30))
    with in_work() as work:
        for _ in queries.republish(work):
            work.flush()
    told = emitted("billing.invoice.changed.v1")
    assert sorted(event.data["number"] for event in told) == ["INV-2025-001", "INV-2025-002", "INV-2025-003"]
