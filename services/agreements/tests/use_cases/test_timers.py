"""Timers: on the server, one running at a time unless allowed, and none lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine

from common.ids import new_id

DANA = "01890000-0000-7000-8000-00000000d0a7"


@pytest.fixture
def orders(world, desk):
    client_id = world.client(hourly_rate="100.00")
    world.technician(client_id, world.user(DANA))
    return [desk.order(client_id, subject=subject) for subject in ("Printer", "Firewall")]


@pytest.fixture
def dana(callers):
    return callers("technician", user_id=DANA)


def at(time: str) -> time_machine.travel:
    return time_machine.travel(f"2025-11-03T{time}Z", tick=False)


def start(caller, order, **values):
    return caller.post("/timers", {"work_order_id": order, **values})


def test_a_timer_pauses_resumes_and_becomes_an_entry(orders, callers):
    with at("14:00:00"):
        timer = start(callers("technician", user_id=DANA), orders[0], note="Paper jam").json
        one = f"/timers/{timer['id']}"
    with at("14:30:00"):
        phone = callers("technician", user_id=DANA)  # a second device
        (seen,) = phone.get("/timers").json["items"]
        assert (seen["seconds"], seen["hours"], seen["running"]) == (1800, "0.50", True)
        assert (seen["work_order_subject"], seen["client_name"], seen["note"]) == ("Printer", "Acme Corp", "Paper jam")
        assert phone.post(f"{one}/pause").json["running"] is False
        assert phone.post(f"{one}/pause").status_code == 409
    with at("16:00:00"):
        dana = callers("technician", user_id=DANA)
        assert dana.get("/timers").json["items"][0]["seconds"] == 1800, "paused"
        assert dana.post(f"{one}/resume", {}).json["seconds"] == 1800
        assert dana.post(f"{one}/resume", {}).status_code == 409
    with at("16:15:00"):
        dana = callers("technician", user_id=DANA)
        entry = dana.post(f"{one}/stop", {"note": "Fixed"})
        assert entry.status_code == 201, entry.json
        assert (entry.json["hours"], entry.json["worked_on"], entry.json["note"]) == ("0.75", "2025-11-03", "Fixed")
        assert (entry.json["technician_id"], entry.json["work_order_id"]) == (DANA, orders[0])
        assert dana.get("/timers").json["items"] == []
        assert dana.post(f"{one}/stop", {}).status_code == 404


def test_a_second_running_timer_is_refused_or_pauses_the_first(orders, dana, organise):
    first = start(dana, orders[0]).json
    refused = start(dana, orders[1])

    assert (refused.status_code, refused.json["detail"]) == (
        409,
        f"Your timer on {first['work_order_number']} is running. Pause it first.",
    )
    second = start(dana, orders[1], pause_others=True).json
    running = {timer["id"]: timer["running"] for timer in dana.get("/timers").json["items"]}
    assert running == {second["id"]: True, first["id"]: False}
    assert dana.post(f"/timers/{first['id']}/resume", {}).status_code == 409
    assert dana.post(f"/timers/{first['id']}/resume", {"pause_others": True}).json["running"] is True

    organise(parallel_timers=True)
    assert dana.post(f"/timers/{second['id']}/resume", {}).json["running"] is True
    assert all(timer["running"] for timer in dana.get("/timers").json["items"])


def test_one_timer_per_order_and_none_on_a_closed_one(orders, dana, callers):
    timer = start(dana, orders[0]).json
    assert "already have a timer" in start(dana, orders[0], pause_others=True).json["detail"]
    callers("manager").post(f"/work-orders/{orders[0]}/transition", {"status": "closed"})

    assert "is closed" in start(dana, orders[0]).json["detail"]
    refused = dana.post(f"/timers/{timer['id']}/stop", {})
    assert (refused.status_code, len(dana.get("/timers").json["items"])) == (409, 1), "the time is not lost"
    assert dana.delete(f"/timers/{timer['id']}").status_code == 204
    assert dana.get("/timers").json["items"] == []


def test_a_refused_stop_keeps_the_timer(orders, dana):
    timer = start(dana, orders[0]).json

    assert list(dana.post(f"/timers/{timer['id']}/stop", {"hours": "25"}).json["errors"]) == ["hours"]
    assert dana.get("/timers").json["items"][0]["running"] is True


def test_timers_are_the_users_own(orders, dana, callers):
    timer = start(dana, orders[0]).json
    other = callers("manager", user_id=str(new_id()))

    assert other.get("/timers").json["items"] == []
    for path in ("pause", "stop"):
        assert other.post(f"/timers/{timer['id']}/{path}", {}).status_code == 404
    assert start(callers("technician", user_id=str(new_id())), orders[0]).status_code == 404, "not their client"


def test_at_once_only_one_starts(orders, callers):
    barrier = Barrier(4)

    def begin(order):
        barrier.wait()
        return start(callers("technician", user_id=DANA), order).status_code

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(begin, orders * 2)) == [201, 409, 409, 409]


def test_a_work_order_takes_its_timers_with_it(orders, dana, callers):
    start(dana, orders[0])

    assert callers("manager").delete(f"/work-orders/{orders[0]}").status_code == 204
    assert dana.get("/timers").json["items"] == []
