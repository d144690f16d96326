"""The targets of work orders, as lists and pages show them."""

from datetime import datetime, timedelta

import pytest

from common.organisation.settings import WEEKDAYS, Opening
from common.testing.days import today

ALL_DAY = tuple(Opening(weekday=name, opens="00:00", closes="24:00") for name in WEEKDAYS)


@pytest.fixture
def always_open(organise):
    organise(business_hours=ALL_DAY)


@pytest.fixture
def path(world, desk, always_open):
    return f"/work-orders/{desk.order(world.client(), priority='critical')}"


def targets(caller, path):
    order = caller.get(path).json
    found = {target.pop("target"): target for target in order["sla"]}
    return datetime.fromisoformat(order["created_at"]), found


def instant(text):
    return datetime.fromisoformat(text)


def test_a_new_order_is_due_by_its_priority(desk, path):
    created, found = targets(desk.caller, path)

    assert {name: (one["minutes"], one["state"], one["percent"]) for name, one in found.items()} == {
        "response": (60, "running", 0),
        "resolution": (240, "running", 0),
    }
    assert instant(found["response"]["due_at"]) == created + timedelta(hours=1)
    desk.caller.patch(path, {"priority": "low"})
    _, changed = targets(desk.caller, path)
    assert instant(changed["response"]["due_at"]) == created + timedelta(days=1)


def test_a_visible_note_of_staff_is_the_response(desk, path, callers):
    client_id = desk.caller.get(path).json["client_id"]
    desk.caller.post(f"{path}/notes", {"text": "To ourselves"})
    callers("client_user", client_id=client_id).post(f"{path}/notes", {"text": "Hello?", "visible": True})
    assert targets(desk.caller, path)[1]["response"]["met_at"] is None

    desk.caller.post(f"{path}/notes", {"text": "We are on it.", "visible": True})

    assert targets(desk.caller, path)[1]["response"]["state"] == "met"
    assert desk.caller.get(path).json["status"] == "new"


def test_the_clock_stands_still_while_the_client_is_asked(desk, path):
    desk.caller.post(f"{path}/transition", {"status": "waiting_client"})
    _, waiting = targets(desk.caller, path)
    assert (waiting["response"]["state"], waiting["resolution"]["state"]) == ("met", "paused")
    assert waiting["resolution"]["due_at"] is None

    desk.caller.post(f"{path}/transition", {"status": "in_progress"})
    desk.caller.post(f"{path}/transition", {"status": "resolved"})

    _, done = targets(desk.caller, path)
    assert done["resolution"]["state"] == "met"
    assert done["resolution"]["met_at"] is not None


def test_outside_business_hours_nothing_runs(world, desk, organise):
    later = WEEKDAYS[(today().weekday() + 2) % 7]
    organise(business_hours=(Opening(weekday=later, opens="09:00", closes="10:00"),))
    path = f"/work-orders/{desk.order(world.client(), priority='critical')}"

    created, found = targets(desk.caller, path)

    assert found["response"]["percent"] == 0
    assert instant(found["response"]["due_at"]) > created + timedelta(hours=20)


def test_lists_show_targets_to_staff_only(desk, path, callers):
    order = desk.caller.get(path).json
    (listed,) = desk.caller.get("/work-orders").json["items"]
    (own,) = callers("client_user", client_id=order["client_id"]).get("/work-orders").json["items"]

    assert [target["target"] for target in listed["sla"]] == ["response", "resolution"]
    assert own["sla"] == []
