"""Invoices carry the client's billing address and the MSP's details from when they were created."""

from datetime import date

import pytest
from sqlalchemy import select

from billing.invoice.models import Invoice
from billing.run.routes import INVOICE_RUNS
from common.testing.database import statements
from common.testing.tasks import run_job

AS_OF = date(2025, 11, 30)
KY = "Unit 2\n1 Bay Street\nGeorge Town\nGrand Cayman KY1-1001\nCayman Islands"
US = "500 Main Street\nBoston, MA 02108\nUnited States"


@pytest.fixture
def draft(callers):
    def make(client):
        return callers("billing").post("/invoices", {"client_id": str(client["id"]), "lines": []}).json

    return make


def test_the_primary_location_is_the_address(world, draft):
    client = world.client()
    assert draft(client)["bill_to"]["address"] == []
    world.location(client, US, is_primary=False)
    assert draft(client)["bill_to"]["address"] == []
    world.location(client, KY)
    assert draft(client)["bill_to"]["address"] == KY.splitlines()


def test_a_chosen_billing_location_counts_before_the_primary_one(world, draft):
    client = world.client()
    world.location(client, US)
    chosen = world.location(client, KY, is_primary=False)
    world.tell("clients.client.changed.v1", client | {"billing_location_id": chosen["id"], "version": 2})
    assert draft(client)["bill_to"]["address"] == KY.splitlines()

    world.location(client, KY, id=chosen["id"], is_primary=False, status="archived", version=2)
    assert draft(client)["bill_to"]["address"] == US.splitlines()


def test_a_late_fact_does_not_bring_an_archived_location_back(world, draft):
    client = world.client()
    gone = world.location(client, US, status="archived", version=3)
    world.location(client, US, id=gone["id"], version=2)
    assert draft(client)["bill_to"]["address"] == []


def test_an_issued_invoice_keeps_the_address_it_was_issued_to(world, callers):
    client = world.client()
    place = world.location(client, US)
    staff = callers("billing")
    line = {"description": "Advice", "quantity": "1", "unit_rate": "10.00"}
    invoice = staff.post("/invoices", {"client_id": str(client["id"]), "lines": [line]}).json
    staff.post(f"/invoices/{invoice['id']}/issue")
    world.location(client, KY, id=place["id"], version=2)

    issued = staff.get(f"/invoices/{invoice['id']}").json
    assert issued["bill_to"]["address"] == US.splitlines()
    assert issued["seller"]["name"]


def test_a_run_reads_the_addresses_of_its_clients_in_one_query(world, app, in_work):
    clients = [world.simple(name=f"Client {number}") for number in range(5)]
    for number, client in enumerate(clients):
        world.location(client, f"{number} Main Street\nBoston, MA 02108")
    with statements(app.database.engine) as sent:
        run_job(app, INVOICE_RUNS, AS_OF)

    assert len([one for one in sent if "FROM location" in one]) <= 1
    with in_work() as work:
        addresses = {one.client_name: one.bill_to["address"][0] for one in work.session.scalars(select(Invoice))}
    assert addresses == {f"Client {number}": f"{number} Main Street" for number in range(5)}


def test_the_locations_of_a_merged_client_follow_it(world, draft):
    kept, merged = world.client("Acme"), world.client("Acme Ltd")
    place = world.location(merged, KY)
    before = draft(merged)
    world.tell("clients.client.merged.v1", {"id": kept["id"], "merged_client_id": merged["id"]})
    assert draft(kept)["bill_to"]["address"] == KY.splitlines()
    assert before["bill_to"]["address"] == KY.splitlines()

    world.location(merged, US, id=place["id"], version=2)  # published before the merge, arrives late
    assert draft(kept)["bill_to"]["address"] == US.splitlines()


def test_a_merge_leaves_the_survivors_own_address(world, draft):
    kept, merged = world.client("Acme"), world.client("Acme Ltd")
    world.location(kept, US)
    world.location(merged, KY)
    world.tell("clients.client.merged.v1", {"id": kept["id"], "merged_client_id": merged["id"]})
    assert draft(kept)["bill_to"]["address"] == US.splitlines()
