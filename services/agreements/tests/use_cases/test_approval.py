"""Approval of time: off by default, a queue, and a reason for what is returned."""

import pytest

from common.ids import new_id

DANA = "01890000-0000-7000-8000-00000000d0a9"


@pytest.fixture
def order(world, desk, organise):
    organise(approve_time=True)
    client_id = world.client(hourly_rate="100.00")
    world.technician(client_id, world.user(DANA))
    return desk.order(client_id)


@pytest.fixture
def dana(callers):
    return callers("technician", user_id=DANA)


def log(caller, order, hours="1"):
    return caller.post(f"/work-orders/{order}/time-entries", {"hours": hours, "worked_on": "2025-11-03"}).json


def decide(caller, what, *entries, **values):
    return caller.post(f"/time-entries/{what}", {"ids": [entry["id"] for entry in entries], **values})


def test_without_the_setting_no_time_waits(world, desk):
    entry = desk.log(desk.order(world.client(hourly_rate="100.00")), None, "1").json

    assert entry["approval"] is None


def test_entries_are_approved_together(order, dana, callers, emitted):
    manager = callers("manager")
    entries = [log(dana, order), log(dana, order, "2")]
    queue = manager.get("/time-entries?approval=pending").json["items"]
    assert {one["id"] for one in queue} == {entry["id"] for entry in entries}

    assert (queue[0]["client_name"], queue[0]["work_order_subject"]) == ("Acme Corp", queue[0]["work_order_number"])

    every = {"filter": {"approval": "pending"}, "expected_count": 3}
    assert manager.post("/time-entries/approve", every).status_code == 409, "another one came or went"
    answer = manager.post("/time-entries/approve", {**every, "expected_count": 2})

    assert (answer.status_code, answer.json["succeeded"]) == (200, 2)
    assert manager.get("/time-entries?approval=pending").json["items"] == []
    seen = dana.get(f"/work-orders/{order}/time-entries/{entries[0]['id']}").json
    assert (seen["approval"], bool(seen["decided_by_name"])) == ("approved", True)
    states = [(event.data["approval"], event.data["version"]) for event in emitted("agreements.time.corrected.v1")]
    assert states == [("approved", 2), ("approved", 2)]
    assert decide(manager, "approve", entries[0]).json["skipped"] == 1, "approved already"


def test_returned_time_says_why_and_waits_again_once_corrected(order, dana, callers):
    manager = callers("manager")
    entry = log(dana, order)
    one = f"/work-orders/{order}/time-entries/{entry['id']}"

    refused = decide(manager, "return", entry)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["reason"])
    assert decide(manager, "return", entry, reason="Which server?").json["succeeded"] == 1
    seen = dana.get(one).json
    assert (seen["approval"], seen["approval_reason"]) == ("returned", "Which server?")
    corrected = dana.patch(one, {"note": "Mail server"}).json
    assert (corrected["approval"], corrected["approval_reason"]) == ("pending", None)
    decide(manager, "approve", entry)
    assert dana.patch(one, {"hours": "3"}).json["approval"] == "pending", "approved time that changes waits again"


def test_only_managers_decide_and_invoiced_time_stays(order, dana, callers, world):
    manager = callers("manager")
    entry = log(dana, order)
    world.invoice([entry["id"]])

    assert decide(dana, "approve", entry).status_code == 403
    results = decide(manager, "approve", entry, {"id": str(new_id())}).json["results"]
    assert [(row["status"], row["error"]) for row in results] == [
        ("skipped", "This time is on invoice INV-2025-001."),
        ("failed", "Time entry not found."),
    ]
