"""Templates of work orders, and the tasks of an order."""

import pytest

from common.ids import new_id

TASKS = ["Create the account", "Order the laptop", "Hand over the laptop"]


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def make(manager):
    def create(**values):
        body = {"name": "New employee", "subject": "Set up a new employee", "priority": "high", "tasks": TASKS}
        return manager.post("/work-order-templates", body | values)

    return create


def titles(answer):
    return [(task["title"], task["done"]) for task in answer.json["items"]]


def test_a_template_is_kept_found_changed_and_deleted(make, manager, callers, world, emitted):
    service = world.catalog_service("Project Work")
    made = make(service_id=str(service), estimated_hours="3").json

    assert (made["service_name"], made["estimated_hours"], made["tasks"]) == ("Project Work", "3.00", TASKS)
    assert make(name="new EMPLOYEE").json["errors"]["name"][0].startswith("Another template is already named")
    path = f"/work-order-templates/{made['id']}"
    assert manager.patch(path, {"tasks": ["Only this"]}).json["tasks"] == ["Only this"]
    assert callers("technician").patch(path, {"tasks": []}).status_code == 403
    assert callers("technician").get("/work-order-templates?q=employee").json["total"] == 1
    assert manager.delete(path).status_code == 204
    kinds = [event.type.split(".")[2] for event in emitted() if ".work_order_template." in event.type]
    assert kinds == ["changed", "changed", "deleted"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"subject": " "}, "subject"),
        ({"estimated_hours": "0"}, "estimated_hours"),
        ({"tasks": [""]}, "tasks.0"),
        ({"tasks": ["x"] * 101}, "tasks"),
        ({"service_id": "01890000-0000-7000-8000-000000000000"}, "service_id"),
    ],
)
def test_bad_templates_are_refused(make, manager, values, field):
    refused = make(**values)

    assert (refused.status_code, list(refused.json["errors"])) == (422, [field])
    assert manager.get("/work-order-templates").json["total"] == 0


def test_an_order_has_the_templates_values_and_tasks(make, manager, world, emitted):
    service = world.catalog_service("Project Work")
    client_id = world.client()
    (row,) = world.card(client_id, "Project Work", service_id=service)
    template = make(service_id=str(service), estimated_hours="3").json
    path = f"/work-order-templates/{template['id']}/orders"

    def create(**values):
        made = manager.post(path, {"client_id": str(client_id)} | values)
        assert made.status_code == 201, made.json
        return manager.get(f"/work-orders/{made.json['id']}").json

    order = create(due_on="2027-01-15")
    own = create(subject="Set up Ann", priority="low", service_id=None)

    assert (order["subject"], order["priority"]) == ("Set up a new employee", "high")
    assert (order["client_service_id"], order["estimated_hours"]) == (str(row), "3.00")
    assert (order["tasks_total"], order["tasks_done"], order["due_on"]) == (3, 0, "2027-01-15")
    assert (own["subject"], own["priority"], own["tasks_total"]) == ("Set up Ann", "low", 3)
    assert own["client_service_id"] is None, "null is a choice too"
    assert titles(manager.get(f"/work-orders/{order['id']}/tasks")) == [(title, False) for title in TASKS]
    created = [event for event in emitted() if event.type == "agreements.work_order.created.v1"]
    assert [event.data["tasks_total"] for event in created] == [3, 3]


def test_a_service_that_the_client_does_not_have_is_left_out(make, manager, world):
    service = world.catalog_service("Project Work")
    template = make(service_id=str(service)).json

    made = manager.post(f"/work-order-templates/{template['id']}/orders", {"client_id": str(world.client())})

    assert made.status_code == 201
    assert manager.get(f"/work-orders/{made.json['id']}").json["service_name"] is None


def test_tasks_are_added_ticked_moved_and_removed(manager, callers, desk, world, emitted):
    order = desk.order(world.client())
    path = f"/work-orders/{order}/tasks"
    for title in ("One", "Two", "Three"):
        added = manager.post(path, {"title": title})
    one, two, _ = (task["id"] for task in added.json["items"])

    ticked = manager.patch(f"{path}/{one}", {"done": True}).json["items"][0]
    again = callers("admin").patch(f"{path}/{one}", {"done": True}).json["items"][0]
    moved = manager.patch(f"{path}/{one}", {"position": 2})
    count = len(emitted())

    assert ticked["done_by_name"]
    assert again == ticked, "who did it first stays"
    assert titles(moved) == [("Two", False), ("Three", False), ("One", True)]
    assert manager.get(f"/work-orders/{order}").json["tasks_done"] == 1
    assert manager.delete(f"{path}/{two}").status_code == 204
    listed = manager.get("/work-orders").json["items"][0]
    assert (listed["tasks_done"], listed["tasks_total"]) == (1, 2)
    undone = manager.patch(f"{path}/{one}", {"done": False}).json["items"][-1]
    assert (undone["done_at"], undone["done_by_name"]) == (None, None)
    said = emitted()[count:]
    assert [event.data["tasks_done"] for event in said] == [1, 0]
    versions = [event.sequence for event in emitted()]
    assert versions == sorted(set(versions)), "each change is announced with a version of its own"
    assert manager.get(f"/work-orders/{order}").json["version"] == versions[-1]


@pytest.mark.parametrize("body", [{"title": ""}, {"title": "x" * 201}])
def test_bad_tasks_are_refused(manager, desk, world, body):
    path = f"/work-orders/{desk.order(world.client())}/tasks"

    assert list(manager.post(path, body).json["errors"]) == ["title"]
    assert manager.patch(f"{path}/{new_id()}", {"done": True}).status_code == 404
    assert manager.get(path).json["items"] == []


def test_tasks_are_for_staff_who_may_see_the_order(manager, callers, desk, world):
    client_id = world.client()
    order = desk.order(client_id)
    manager.post(f"/work-orders/{order}/tasks", {"title": "One"})
    client = callers("client_admin", client_id=str(client_id))

    assert callers("technician").get(f"/work-orders/{order}/tasks").status_code == 404
    assert client.get(f"/work-orders/{order}/tasks").status_code == 403
    shown = client.get(f"/work-orders/{order}").json
    assert (shown["tasks_total"], shown["estimated_hours"]) == (None, None)
    assert client.post("/work-orders", {"subject": "Help", "estimated_hours": "2"}).status_code == 422
