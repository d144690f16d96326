"""Labor rates of technicians: from a day on, one for each day, for managers only."""

import pytest
import time_machine

from common.ids import new_id

PATH = "/labor-rates"


@pytest.fixture
def dana(deliver):
    user = {"id": new_id(), "name": "Dana Reyes", "role": "technician", "status": "active", "version": 1}
    deliver("gateway.user.created.v1", user)
    return user


@pytest.fixture
def manager(callers):
    return callers("manager")


def body(user, valid_from="2025-01-01", rate="48.50"):
    return {"technician_id": str(user["id"]), "valid_from": valid_from, "rate": rate}


def test_the_newest_rate_that_has_begun_is_current(manager, dana):
    (empty,) = manager.get(PATH).json["items"]
    assert (empty["name"], empty["current_rate"], empty["rates"]) == ("Dana Reyes", None, [])
    for day, rate in (("2025-01-01", "48.50"), ("2025-07-01", "52.00"), ("2026-01-01", "55.00")):
        assert manager.post(PATH, body(dana, day, rate)).status_code == 201
    with time_machine.travel("2025-12-31T12:00:00Z", tick=False):
        (row,) = manager.get(PATH).json["items"]
    assert (row["current_rate"], row["currency"]) == ("52.00", "USD")
    assert [rate["valid_from"] for rate in row["rates"]] == ["2026-01-01", "2025-07-01", "2025-01-01"]


def test_a_rate_is_changed_and_deleted(manager, dana):
    made = manager.post(PATH, body(dana)).json
    one = f"{PATH}/{made['id']}"
    changed = manager.patch(one, {"rate": "50.00"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json["rate"], changed.json["version"]) == (200, "50.00", 2)
    assert manager.patch(one, {"rate": "51.00"}, headers={"If-Match": '"1"'}).status_code == 412
    assert manager.delete(one).status_code == 204
    assert manager.get(PATH).json["items"][0]["rates"] == []
    assert manager.delete(one).status_code == 404


def test_every_change_of_a_rate_is_announced_for_the_audit_log(manager, dana, emitted):
    one = f"{PATH}/{manager.post(PATH, body(dana)).json['id']}"
    manager.patch(one, {"valid_from": "2025-02-01", "rate": "50.00"})
    manager.delete(one)
    told = [
        (event.type.split(".")[2], event.sequence, event.data["valid_from"], event.data["rate"]) for event in emitted()
    ]
    assert told == [
        ("created", 1, "2025-01-01", "48.50"),
        ("changed", 2, "2025-02-01", "50.00"),
        ("deleted", 3, "2025-02-01", "50.00"),
    ]
    assert {(event.data["technician_name"], event.data["currency"]) for event in emitted()} == {("Dana Reyes", "USD")}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rate": "-1"}, "rate"),
        ({"rate": "48.505"}, "rate"),
        ({"valid_from": "2025-13-01"}, "valid_from"),
        ({"valid_from": "2025-01-01"}, "valid_from"),
        ({"technician_id": str(new_id())}, "technician_id"),
    ],
)
def test_a_bad_rate_is_refused_and_changes_nothing(manager, dana, change, field):
    assert manager.post(PATH, body(dana)).status_code == 201
    refused = manager.post(PATH, body(dana, "2025-02-01") | change)
    assert (refused.status_code, list(refused.json["errors"])) == (422, [field])
    assert len(manager.get(PATH).json["items"][0]["rates"]) == 1


@pytest.mark.parametrize("role", ["technician", "billing", "client_admin"])
def test_only_managers_see_what_labor_costs(callers, dana, role):
    caller = callers(role, client_id=new_id()) if role == "client_admin" else callers(role)
    assert (caller.get(PATH).status_code, caller.post(PATH, body(dana)).status_code) == (403, 403)
    assert caller.get("/reports/margin").status_code == 403


def test_users_of_clients_and_former_technicians_are_not_listed(manager, dana, deliver):
    deliver("gateway.user.created.v1", {**dana, "id": new_id(), "name": "Client", "role": "client_admin"})
    gone = {**dana, "id": new_id(), "name": "Gone"}
    deliver("gateway.user.created.v1", gone)
    manager.post(PATH, body(gone))
    deliver("gateway.user.disabled.v1", {**gone, "status": "disabled", "version": 2})
    assert [(row["name"], row["active"]) for row in manager.get(PATH).json["items"]] == [
        ("Dana Reyes", True),
        ("Gone", False),
    ]
