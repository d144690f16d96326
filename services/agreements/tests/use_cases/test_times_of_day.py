"""Time with a start and an end, and whose time a person may log."""

import pytest

from common.ids import new_id

DANA = str(new_id())
MORNING = {"started_at": "2025-11-03T09:00", "ended_at": "2025-11-03T10:30"}


@pytest.fixture
def order(world, desk):
    client_id = world.client(hourly_rate="100.00")
    world.technician(client_id, world.user(DANA))
    return desk.order(client_id)


@pytest.fixture
def dana(callers):
    return callers("technician", user_id=DANA)


@pytest.fixture
def path(order):
    return f"/work-orders/{order}/time-entries"


def test_start_and_end_become_hours_on_the_day_of_the_start(path, dana):
    preview = dana.post(f"{path}/preview", MORNING)
    entry = dana.post(path, {**MORNING, "note": "Firewall"}).json

    assert preview.json["worked_hours"] == "1.50"
    assert (entry["worked_on"], entry["hours"], entry["billed_hours"]) == ("2025-11-03", "1.50", "1.50")
    assert (entry["started_at"], entry["ended_at"]) == ("2025-11-03T14:00:00+00:00", "2025-11-03T15:30:00+00:00")


def test_the_same_time_twice_is_warned_about(order, path, dana, callers):
    dana.post(path, MORNING)
    later = {"started_at": "2025-11-03T10:00", "ended_at": "2025-11-03T11:00"}
    number = dana.get(f"/work-orders/{order}").json["number"]
    said = f"At the same time, time is logged on {number}: 09:00 to 10:30."

    assert dana.post(f"{path}/preview", later).json["warnings"] == [said]
    entry = dana.post(path, later).json
    assert entry["warnings"] == [said]
    moved = dana.patch(f"{path}/{entry['id']}", {"started_at": "2025-11-03T10:30"}).json
    assert (moved["hours"], moved["warnings"]) == ("0.50", [])
    other = {"technician_name": "Sam", "started_at": "2025-11-03T09:00", "ended_at": "2025-11-03T10:00"}
    assert callers("manager").post(path, other).json["warnings"] == [], "another technician"


def test_rows_of_one_request_are_warned_about_too(order, dana):
    rows = [{"work_order_id": order, **MORNING}, {"work_order_id": order, **MORNING}]

    report = dana.post("/time-entries/bulk", {"entries": rows}).json

    assert [bool(row["warnings"]) for row in report["results"]] == [False, True]


def test_a_correction_keeps_day_hours_and_times_together(path, dana):
    entry = dana.post(path, MORNING).json
    one = f"{path}/{entry['id']}"

    refused = dana.patch(one, {"hours": "2"})
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["hours"])
    assert list(dana.patch(one, {"worked_on": "2025-11-04"}).json["errors"]) == ["worked_on"]
    assert list(dana.patch(one, {"ended_at": None}).json["errors"]) == ["ended_at"]
    by_hours = dana.patch(one, {"started_at": None, "ended_at": None, "hours": "2"}).json
    assert (by_hours["hours"], by_hours["started_at"], by_hours["worked_on"]) == ("2.00", None, "2025-11-03")
    again = dana.patch(one, {"started_at": "2025-11-05T22:00", "ended_at": "2025-11-06T01:00"}).json
    assert (again["hours"], again["worked_on"]) == ("3.00", "2025-11-05")


def test_what_was_confirmed_is_kept(path, dana):
    dana.post(path, {"hours": "20", "worked_on": "2025-11-03"})
    long = {"hours": "5", "worked_on": "2025-11-03"}

    assert dana.post(path, long).json["confirmable"] is True
    entry = dana.post(path, {**long, "confirm": True}).json

    (kept,) = entry["confirmed"]
    assert "would have 25 hours on 2025-11-03" in kept


def test_a_technician_logs_and_corrects_only_own_time(path, dana, callers, world):
    manager = callers("manager")
    lee = world.user(new_id(), "Lee")
    hour = {"hours": "1", "worked_on": "2025-11-03"}
    of_lee = manager.post(path, {**hour, "technician_id": lee}).json
    one = f"{path}/{of_lee['id']}"

    for body in ({"technician_id": lee}, {"technician_name": "Lee"}):
        assert list(dana.post(path, hour | body).json["errors"]) == ["technician_id"]
        assert list(dana.post(f"{path}/preview", hour | body).json["errors"]) == ["technician_id"]
    assert dana.patch(one, {"note": "Mine"}).status_code == 403
    assert dana.delete(one).status_code == 403
    own = dana.post(path, hour).json
    assert list(dana.patch(f"{path}/{own['id']}", {"technician_id": lee}).json["errors"]) == ["technician_id"]
    assert dana.patch(f"{path}/{own['id']}", {"note": "Mine"}).status_code == 200
    assert manager.patch(one, {"note": "Checked"}).status_code == 200


def test_time_needs_a_user_who_works(path, callers, world):
    manager = callers("manager")
    client_user = world.user(new_id(), "Carol Client", role="client_user")
    hour = {"hours": "1", "worked_on": "2025-11-03"}

    unknown = manager.post(path, {**hour, "technician_id": "01890000-0000-7000-8000-00000000d0ff"})
    assert unknown.json["errors"] == {"technician_id": ["There is no user with this id. Choose a technician."]}
    refused = manager.post(path, {**hour, "technician_id": client_user})
    assert "Carol Client has the role client user" in refused.json["errors"]["technician_id"][0]
    entry = manager.post(path, hour).json
    assert manager.patch(f"{path}/{entry['id']}", {"technician_id": client_user}).status_code == 422
