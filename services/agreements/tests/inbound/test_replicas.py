"""Replicas keep the newest data in any order of delivery."""

from threading import Timer

from agreements.inbound.replicas import Client, ClientService, Contact, Technician
from common.ids import new_id


def stored(in_work, model, identifier):
    with in_work() as work:
        return work.session.get(model, identifier)


def test_older_facts_change_nothing(world, in_work):
    client_id = world.client(name="New name", version=3)
    world.client(id=client_id, name="Old name", version=2)

    assert stored(in_work, Client, client_id).name == "New name"


def test_each_card_row_has_its_own_version(world, in_work):
    client_id = world.client()
    first, second = world.row("A", "10.00", version=5), world.row("B", "20.00", version=1)
    send = lambda *rows: world.deliver(  # noqa: E731
        "clients.client_service.changed.v1", {"client_id": client_id, "services": rows}
    )
    send(first, second)

    send({**first, "effective_rate": "9.00", "version": 4}, {**second, "effective_rate": "0.00", "version": 2})

    assert stored(in_work, ClientService, first["id"]).effective_rate == 10
    assert stored(in_work, ClientService, second["id"]).effective_rate == 0


def test_an_archived_contact_does_not_come_back(world, in_work):
    contact = {"id": new_id(), "client_id": new_id(), "name": "Ann", "version": 2}
    world.deliver("clients.contact.archived.v1", contact)
    world.deliver("clients.contact.changed.v1", {**contact, "version": 1})

    assert stored(in_work, Contact, contact["id"]).removed


def test_unassignment_overtaking_assignment(world, in_work):
    assignment, client_id, user = new_id(), new_id(), str(new_id())
    world.technician(client_id, user, id=assignment, active=False, version=2)
    world.technician(client_id, user, id=assignment, version=1)

    assert not stored(in_work, Technician, assignment).active


def test_the_same_event_twice_is_one(world, in_work, deliver):
    client_id = new_id()
    event_id = new_id()
    data = {"id": client_id, "name": "A", "status": "active", "currency": "USD", "version": 1}
    for _ in range(2):
        deliver("clients.client.created.v1", data, event_id=event_id)

    assert stored(in_work, Client, client_id).name == "A"


def test_a_card_still_on_its_way_is_waited_for(world, callers, desk):
    """The client and its card are new in another service; their events have not arrived."""
    client_id, row = new_id(), world.row("Remote Support")
    events = [
        lambda: world.client(id=client_id),
        lambda: world.deliver("clients.client_service.changed.v1", {"client_id": client_id, "services": [row]}),
    ]
    timers = [Timer(0.2 * n, event) for n, event in enumerate(events, start=1)]
    for timer in timers:
        timer.start()

    body = {"client_id": str(client_id), "service_id": str(row["service_id"])}
    answer = callers("manager").post("/work-orders", body)

    for timer in timers:
        timer.join()
    assert answer.status_code == 201, answer.json
    assert answer.json["service_name"] == "Remote Support"


def test_a_changed_rate_shows_at_once(gold, world, callers):
    row = world.row("Remote Support", "99.00", id=gold["rows"]["Remote Support"], rate_source="client", version=2)
    world.deliver("clients.client_service.changed.v1", {"client_id": gold["client_id"], "services": [row]})

    services = callers("manager").get(f"/agreements/{gold['id']}/services").json["items"]

    remote = next(row for row in services if row["name"] == "Remote Support")
    assert (remote["effective_rate"], remote["rate_source"]) == ("99.00", "client")


def test_a_catalog_name_explains_a_refusal(gold, world, desk, long_known):
    service = {"id": long_known(), "name": "Consulting", "status": "active", "version": 1}
    world.deliver("catalog.service.created.v1", service)

    answer = desk.log(desk.order(gold["client_id"]), service["id"], "1")

    assert answer.json["errors"] == {"service_id": ['"Consulting" is not on the rate card of Acme Corp.']}
