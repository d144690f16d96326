"""Only labor services accept time."""

import pytest

KINDS = {"usage": "usage", "recurring": "recurring", "one_off": "one-off"}


@pytest.fixture
def manager(callers):
    return callers("manager")


def refused(answer, said):
    assert answer.status_code == 422, answer.json
    assert list(answer.json["errors"]) == ["service_id"]
    why = f"is a {said} service, so no time can be logged on it. Choose a labor service."
    assert why in answer.json["errors"]["service_id"][0]
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_other_kinds_are_refused_wherever_time_is_written(world, desk, manager, kind, emitted):
    client_id = world.client()
    (metered,) = world.card(client_id, "Metered", service_id=world.catalog_service("Metered", kind=kind))
    (labor,) = world.card(client_id, "Support", service_id=world.catalog_service("Support"))
    order = desk.order(client_id)
    path = f"/work-orders/{order}/time-entries"
    body = {"service_id": str(metered), "hours": "8", "worked_on": "2025-11-03"}

    assert refused(manager.post(path, body), KINDS[kind])
    assert refused(manager.post(f"{path}/preview", body), KINDS[kind])
    assert refused(manager.post(path, body | {"billable": False}), KINDS[kind])
    entry = desk.log(order, labor, "8").json
    assert refused(manager.patch(f"{path}/{entry['id']}", {"service_id": str(metered)}), KINDS[kind])
    assert manager.get(f"{path}/{entry['id']}").json["service_name"] == "Support"
    assert len(emitted("agreements.time.logged.v1", "agreements.time.corrected.v1")) == 1


def test_time_on_what_became_another_kind_goes_to_a_labor_service_or_away(world, desk, manager):
    client_id = world.client()
    service_id = world.catalog_service("Backup")
    backup, support = (*world.card(client_id, "Backup", service_id=service_id), *world.card(client_id, "Support"))
    entry = desk.log(desk.order(client_id), backup, "1").json
    path = f"/work-orders/{entry['work_order_id']}/time-entries/{entry['id']}"
    world.catalog_service("Backup", id=service_id, kind="usage", version=2)

    assert refused(manager.patch(path, {"hours": "2"}), "usage")
    assert manager.patch(path, {"service_id": str(support)}).status_code == 200
    assert manager.delete(path).status_code == 204


def test_custom_services_are_labor_unless_they_say_otherwise(world, desk, manager):
    client_id = world.client()
    (plain,) = world.card(client_id, "Plain", service_id=None)
    (line,) = world.card(client_id, "Leased line", service_id=None, kind="recurring")
    order = desk.order(client_id)

    assert desk.log(order, plain, "1").status_code == 201
    assert refused(desk.log(order, line, "1"), "recurring")
