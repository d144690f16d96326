"""What a new client starts with: scenario 1 of appendix B, and when services are inherited."""

import threading
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, select

from clients.client import editing
from clients.client.models import Client
from clients.inbound.replicas import CatalogService
from clients.rate_card import editing as card
from clients.rate_card.models import ClientService
from common.clock import now
from common.context import Context
from common.errors import Conflict
from common.ids import new_id

TEN_SERVICES = {
    "Remote Support": "125.00",
    "Onsite Support": "175.00",
    "Project Work": "150.00",
    "Emergency Support": "225.00",
    "Consulting": "200.00",
    "Network Monitoring": "50.00",
    "Security Patching": "75.00",
    "Backup Management": "40.00",
    "User Training": "100.00",
    "Server Maintenance": "150.00",
}


@pytest.fixture
def ten_services(catalog_says) -> dict[str, dict[str, Any]]:
    return {name: catalog_says(name, rate) for name, rate in TEN_SERVICES.items()}


def rows_of(work, client_id) -> list[ClientService]:
    return list(work.session.scalars(select(ClientService).where(ClientService.client_id == client_id)))


def test_scenario_1_new_client_setup(in_work, ten_services, emitted):
    with in_work("admin") as work:
        acme = editing.create(work, name="Acme Corp").id
    with in_work("admin") as work:
        inherited = {row.name: row for row in rows_of(work, acme)}
        assert {name: row.effective_rate for name, row in inherited.items()} == {
            name: Decimal(rate) for name, rate in TEN_SERVICES.items()
        }
        assert {row.badge for row in inherited.values()} == {"Default Rate"}

        card.update(work, acme, inherited["Remote Support"].id, custom_rate=Decimal("110.00"))
        card.add_custom(work, acme, name="Executive Support", rate=Decimal("250.00"), description="Named engineer")

    with in_work("admin") as work:
        rows = {row.name: row for row in rows_of(work, acme)}
    assert len(rows) == 11
    assert sum(row.is_custom for row in rows.values()) == 1
    remote, executive = rows["Remote Support"], rows["Executive Support"]
    assert (remote.effective_rate, remote.rate_source, remote.badge) == (Decimal("110.00"), "client", "Custom Rate")
    assert (executive.effective_rate, executive.badge) == (Decimal("250.00"), "Custom Service")
    assert (remote.version, executive.version) == (2, 1)

    announced = [event for event in emitted() if event.subject == str(acme)]
    assert [event.type for event in announced] == [
        "clients.client.created.v1",
        *["clients.client_service.changed.v1"] * 3,
    ]
    assert [len(event.data["services"]) for event in announced[1:]] == [10, 1, 1]
    assert announced[2].data["services"][0]["effective_rate"] == "110.00"
    assert announced[2].data["services"][0]["default_rate"] == "125.00"


def test_client_and_card_leave_in_that_order_with_ids_that_tell_their_age(in_work, catalog_says, emitted):
    catalog_says()
    with in_work("admin") as work:
        client = editing.create(work, name="Acme Corp")

    created, changed = emitted()
    (row,) = changed.data["services"]
    assert (created.type, changed.type) == ("clients.client.created.v1", "clients.client_service.changed.v1")
    assert created.correlation_id == changed.correlation_id
    assert changed.data["client_id"] == created.data["id"]
    assert row["id"][14] == created.data["id"][14] == "7"
    assert row["version"] == 1
    assert abs(client.created_at - now()) < timedelta(seconds=10)


def test_archived_services_are_not_inherited(in_work, catalog_says):
    catalog_says("Onsite Support", event="archived", status="archived")
    gone = catalog_says("Fax Support")
    catalog_says(of=gone, event="deleted")
    catalog_says("Remote Support")

    with in_work("admin") as work:
        client = editing.create(work, name="Acme Corp")
        assert [row.name for row in rows_of(work, client.id)] == ["Remote Support"]


def test_a_card_may_start_empty(under_policy, catalog_says, emitted):
    catalog_says()
    service = under_policy(inherit_services="none")
    with service.work(Context()) as work:
        client = editing.create(work, name="Acme Corp")
        assert rows_of(work, client.id) == []

    catalog_says("Onsite Support", created_at=(now() - timedelta(minutes=1)).isoformat())

    with service.work(Context()) as work:
        assert rows_of(work, client.id) == []
    assert [event.type for event in emitted()] == ["clients.client.created.v1"]


def test_a_large_card_is_announced_in_portions(in_work, emitted):
    common = {"sequence": 1, "description": "", "default_rate": 10, "unit": "Hour", "status": "active"}
    common |= {"sort_order": 0, "created_at": now(), "category": None}
    with in_work() as work:
        rows = [{**common, "id": new_id(), "name": f"Service {number}"} for number in range(250)]
        work.session.execute(insert(CatalogService), rows)

    with in_work("admin") as work:
        editing.create(work, name="Acme Corp")

    portions = [event.data["services"] for event in emitted("clients.client_service.changed.v1")]
    assert [len(portion) for portion in portions] == [200, 50]
    assert len({row["id"] for portion in portions for row in portion}) == 250


def test_a_service_announced_late_comes_to_those_made_after_it(in_work, catalog_says, emitted):
    with in_work("admin", at=now() - timedelta(hours=1)) as work:
        older = editing.create(work, name="Older").id
    with in_work("admin") as work:
        younger = editing.create(work, name="Younger").id

    catalog_says("Remote Support", created_at=(now() - timedelta(minutes=5)).isoformat())

    with in_work("admin") as work:
        assert rows_of(work, older) == []
        assert [row.name for row in rows_of(work, younger)] == ["Remote Support"]
    (changed,) = emitted("clients.client_service.changed.v1")
    assert changed.subject == str(younger)


def test_a_service_whose_first_event_was_overtaken_is_inherited_all_the_same(in_work, catalog_says):
    """`changed` arrives first; `created`, older, is then no news."""
    made = (now() - timedelta(minutes=5)).isoformat()
    with in_work("admin") as work:
        client = editing.create(work, name="Acme Corp").id

    second = catalog_says("Remote Support", event="changed", version=2, created_at=made)
    catalog_says(of={**second, "version": 0})

    with in_work("admin") as work:
        assert [row.name for row in rows_of(work, client)] == ["Remote Support"]


def test_a_service_taken_off_the_card_is_not_put_back_by_a_repeated_event(in_work, catalog_says):
    remote = catalog_says(created_at=(now() - timedelta(minutes=5)).isoformat())
    with in_work("admin") as work:
        client = editing.create(work, name="Acme Corp").id
        (row,) = rows_of(work, client)
        card.remove(work, client, row.id)

    catalog_says(of=remote, event="changed")

    with in_work("admin") as work:
        (row,) = rows_of(work, client)
        assert not row.included


def test_services_arriving_while_clients_are_made_reach_every_one(app, catalog_says):
    """Both at once, again and again: no client made after a service may miss it, whoever commits first."""
    services, clients = 6, 12
    start = threading.Barrier(2)
    made_at = (now() - timedelta(minutes=1)).isoformat()

    def announce() -> None:
        start.wait()
        for number in range(services):
            catalog_says(f"Service {number}", created_at=made_at)

    def create() -> None:
        start.wait()
        for number in range(clients):
            with app.work(Context()) as work:
                editing.create(work, name=f"Client {number}")

    threads = [threading.Thread(target=announce), threading.Thread(target=create)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with app.work(Context()) as work:
        for client_id in work.session.scalars(select(Client.id)).all():
            assert sorted(row.name for row in rows_of(work, client_id)) == [f"Service {n}" for n in range(services)]


def test_a_taken_name_leaves_nothing_behind(in_work, catalog_says, emitted):
    catalog_says()
    with in_work("admin") as work:
        editing.create(work, name="Acme Corp")
    before = len(emitted())

    with pytest.raises(Conflict), in_work("admin") as work:
        editing.create(work, name="  acme   CORP ", notes=str(new_id()))

    assert len(emitted()) == before
