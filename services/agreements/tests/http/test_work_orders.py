"""HTTP tests for work orders and time entries."""

import pytest

from common.ids import new_id


@pytest.fixture
def manager(callers):
    return callers("manager")


def test_numbers_are_ours_or_the_callers_and_unique(world, manager):
    client_id = str(world.client())

    def create(**values):
        return manager.post("/work-orders", {"client_id": client_id} | values)

    given = create(number="WO-000002")
    assert (given.json["number"], given.json["subject"]) == ("WO-000002", "WO-000002")
    again = create(number="WO-000002")
    assert again.status_code == 409
    assert list(again.json["errors"]) == ["number"]
    assert [create().json["number"] for _ in range(2)] == ["WO-000001", "WO-000003"], "a taken number is skipped"


def test_what_happens_to_a_work_order_is_announced(world, manager, emitted):
    client_id = str(world.client())
    body = {"client_id": client_id, "subject": "Printer", "description": "The door's code is 4711"}
    path = f"/work-orders/{manager.post('/work-orders', body).json['id']}"
    manager.patch(path, {"priority": "high"})
    manager.patch(path, {"priority": "high"})
    manager.post(f"{path}/transition", {"status": "in_progress"})
    manager.post(f"{path}/transition", {"status": "new"})
    manager.delete(path)

    said = [event for event in emitted() if event.type.startswith("agreements.work_order.")]

    told = [(e.type.split(".")[2], e.data["priority"], e.data["status"], e.sequence) for e in said]
    assert told == [
        ("created", "medium", "new", 1),
        ("changed", "high", "new", 2),
        ("transitioned", "high", "in_progress", 3),
        ("deleted", "high", "in_progress", 4),
    ]
    assert {(event.data["number"], event.data["client_id"]) for event in said} == {("WO-000001", client_id)}
    assert "4711" not in str(said)


def test_no_agreement_is_chosen_only_suggested(gold, manager, desk):
    order = manager.get(f"/work-orders/{desk.order(gold['client_id'])}").json

    assert order["agreement_id"] is None
    assert order["suggested_agreement_id"] == gold["id"]
    assert desk.log(order["id"], gold["rows"]["Remote Support"], "2").json["covered_hours"] == "0.00"
    assert manager.get("/work-orders").json["items"][0]["hours_logged"] == "2.00"
    chosen = manager.patch(f"/work-orders/{order['id']}", {"agreement_id": gold["id"]}).json
    assert (chosen["agreement_id"], chosen["suggested_agreement_id"]) == (gold["id"], None)


def test_references_must_belong_to_the_client(gold, world, manager):
    other = str(world.client("Other"))
    contact = new_id()
    data = {"id": contact, "client_id": gold["client_id"], "name": "Ann", "version": 1}
    world.deliver("clients.contact.changed.v1", data)

    def errors(**values):
        answer = manager.post("/work-orders", {"client_id": other} | values)
        assert answer.status_code == 422, answer.json
        return list(answer.json["errors"])

    assert errors(agreement_id=gold["id"]) == ["agreement_id"]
    assert errors(contact_id=str(contact)) == ["contact_id"]
    assert errors(client_id="01890000-0000-7000-8000-000000000000") == ["client_id"]
    assert errors(service_id="01890000-0000-7000-8000-000000000000") == ["service_id"]
    assert errors(priority="huge") == ["priority"]
    assert manager.get("/work-orders").json["total"] == 0


def test_the_primary_support_contact_is_chosen(world, manager):
    contact = new_id()
    client_id = world.client(primary_support_contact_id=contact)

    order = manager.post("/work-orders", {"client_id": str(client_id)}).json

    assert order["contact_id"] == str(contact)


def test_transitions(world, manager, desk):
    path = f"/work-orders/{desk.order(world.client())}"

    def move(status):
        return manager.post(f"{path}/transition", {"status": status})

    assert move("in_progress").json["status"] == "in_progress"
    assert move("new").status_code == 409
    assert move("resolved").json["resolved_at"]
    closed = move("closed").json
    assert closed["closed_at"]
    assert move("waiting_client").json["detail"] == "WO-000001 is closed. It can only become: in_progress."
    reopened = move("in_progress").json
    assert (reopened["resolved_at"], reopened["closed_at"]) == (None, None)
    assert move("finished").status_code == 422


def test_a_technician_makes_it_assigned(world, manager):
    body = {"client_id": str(world.client()), "technician_id": str(new_id()), "technician_name": "Dana"}

    assert manager.post("/work-orders", body).json["status"] == "assigned"


def test_no_time_on_closed_work_and_no_deletion_with_time(gold, manager, desk):
    order = desk.order(gold["client_id"])
    desk.log(order, gold["rows"]["Remote Support"], "1")
    manager.post(f"/work-orders/{order}/transition", {"status": "closed"})

    assert desk.log(order, gold["rows"]["Remote Support"], "1").status_code == 409
    assert manager.delete(f"/work-orders/{order}").status_code == 409
    empty = desk.order(gold["client_id"])
    assert manager.delete(f"/work-orders/{empty}").status_code == 204


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"hours": "0"}, "hours"),
        ({"hours": "-1"}, "hours"),
        ({"hours": "24.01"}, "hours"),
        ({"hours": "1.005"}, "hours"),
        ({"hours": "lots"}, "hours"),
        ({"worked_on": "yesterday"}, "worked_on"),
        ({"service_id": "01890000-0000-7000-8000-000000000000"}, "service_id"),
        ({"service_id": None}, "service_id"),
        ({"covered_hours": "5"}, "covered_hours"),
    ],
)
def test_bad_time_names_the_field_and_writes_nothing(gold, manager, desk, changes, field):
    order = desk.order(gold["client_id"], gold["id"])
    body = {"service_id": gold["rows"]["Remote Support"], "hours": "1", "worked_on": "2025-11-03"}

    for path in (f"/work-orders/{order}/time-entries", f"/work-orders/{order}/time-entries/preview"):
        answer = manager.post(path, body | changes)
        assert answer.status_code == 422
        assert list(answer.json["errors"]) == [field]
    assert manager.get("/time-entries").json["total"] == 0
    assert manager.get(f"/agreements/{gold['id']}").json["hours_remaining"] == "100.00"


def test_time_by_either_id_and_by_whom(gold, callers, desk, world):
    row = world.row("Consulting")
    world.deliver("clients.client_service.changed.v1", {"client_id": gold["client_id"], "services": [row]})
    order = desk.order(gold["client_id"])

    by_catalog = desk.log(order, row["service_id"], "1").json
    by_client = desk.log(order, row["id"], "1", technician_name="Dana").json

    assert by_catalog["client_service_id"] == by_client["client_service_id"] == str(row["id"])
    assert (by_catalog["technician_name"], by_client["technician_name"]) == ("Test manager", "Dana")
    assert by_catalog["technician_id"] is not None
    assert by_client["technician_id"] is None


def test_flat_list_filters(gold, manager, desk):
    order = desk.order(gold["client_id"], gold["id"])
    other = desk.order(gold["client_id"])
    desk.log(order, gold["rows"]["Remote Support"], "1", "2025-11-01", external_ref="a")
    desk.log(order, gold["rows"]["Remote Support"], "2", "2025-11-15")
    desk.log(other, gold["rows"]["Remote Support"], "3", "2025-11-30")

    def hours(query):
        return [entry["hours"] for entry in manager.get(f"/time-entries?{query}").json["items"]]

    assert hours("sort=worked_on") == ["1.00", "2.00", "3.00"]
    assert hours("worked_on_gte=2025-11-15&worked_on_lte=2025-11-29") == ["2.00"]
    assert hours("external_ref=a") == ["1.00"]
    assert hours(f"work_order_id={other}") == ["3.00"]
    assert hours(f"agreement_id={gold['id']}") == ["2.00", "1.00"]
    assert hours(f"client_id={new_id()}") == []
    nested = manager.get(f"/work-orders/{order}/time-entries?page_size=1").json
    assert (nested["total"], nested["next_cursor"] is not None) == (2, True)


def test_a_technicians_name_comes_with_the_id(gold, manager, desk, world):
    dana = str(new_id())
    world.deliver("gateway.user.created.v1", {"id": dana, "name": "Dana Reyes", "role": "technician", "version": 1})
    order = desk.order(gold["client_id"], technician_id=dana)

    logged = desk.log(order, gold["rows"]["Remote Support"], "1", technician_id=dana).json
    assert manager.get(f"/work-orders/{order}").json["technician_name"] == logged["technician_name"] == "Dana Reyes"
    handed_over = manager.patch(f"/work-orders/{order}", {"technician_id": str(new_id())}).json
    assert handed_over["technician_name"] is None, "nobody is called by another's name"
