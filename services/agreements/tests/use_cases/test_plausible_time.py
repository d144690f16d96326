"""Time that looks like a mistake is logged only after confirmation."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest

from common.ids import new_id

DANA = str(new_id())
THREADS = 6


@pytest.fixture
def order(world, desk):
    world.user(DANA, "Dana")
    return desk.order(world.client(hourly_rate="100.00"))


@pytest.fixture
def today(in_work):
    with in_work() as work:
        return work.today


def asked(answer, field):
    assert answer.status_code == 422, answer.json
    assert (list(answer.json["errors"]), answer.json["confirmable"]) == ([field], True)
    return answer.json["errors"][field][0]


def test_tomorrow_is_near_enough_and_later_is_to_be_confirmed(order, desk, callers, today):
    tomorrow, later = (str(today + timedelta(days=days)) for days in (1, 2))

    assert desk.log(order, None, "1", tomorrow).status_code == 201
    said = f"{later} is after tomorrow ({tomorrow}). Choose an earlier date."
    assert asked(desk.log(order, None, "1", later), "worked_on") == said
    body = {"hours": "1", "worked_on": later}
    preview = callers("manager").post(f"/work-orders/{order}/time-entries/preview", body).json
    assert preview["warnings"] == [said]
    confirmed = desk.log(order, None, "1", later, confirm=True)
    assert (confirmed.status_code, confirmed.json["worked_on"]) == (201, later)
    path = f"/work-orders/{order}/time-entries/{confirmed.json['id']}"
    assert callers("manager").patch(path, {"note": "Known"}).status_code == 200, "not asked about again"
    assert asked(callers("manager").patch(path, {"worked_on": "2031-05-05"}), "worked_on")
    assert callers("manager").patch(path, {"worked_on": "2031-05-05", "confirm": True}).status_code == 200


def test_years_before_the_client_was_added(order, desk, today):
    assert desk.log(order, None, "1", str(today - timedelta(days=1800))).status_code == 201
    assert "5 years before Acme Corp was added" in asked(desk.log(order, None, "1", "2002-11-03"), "worked_on")
    assert desk.log(order, None, "1", "2002-11-03", confirm=True).status_code == 201


@pytest.mark.parametrize(
    "who", [{"technician_id": DANA, "technician_name": "Dana"}, {"technician_name": "Sam of elsewhere"}]
)
def test_a_day_has_24_hours(order, world, desk, callers, who):
    elsewhere = desk.order(world.client("Other", hourly_rate="90.00"))
    manager = callers("manager")

    first = desk.log(order, None, "16", **who).json
    assert desk.log(elsewhere, None, "8", **who).status_code == 201
    assert "24.01 hours on 2025-11-03" in asked(desk.log(order, None, "0.01", **who), "hours")
    assert desk.log(order, None, "0.01", "2025-11-04", **who).status_code == 201, "another day"
    assert desk.log(order, None, "1", technician_name="Alex").status_code == 201, "somebody else"
    path = f"/work-orders/{order}/time-entries/{first['id']}"
    assert asked(manager.patch(path, {"hours": "16.50"}), "hours")
    assert manager.patch(path, {"hours": "15"}).status_code == 200
    assert desk.log(order, None, "1", **who).status_code == 201
    assert desk.log(order, None, "5", **who, confirm=True).status_code == 201
    assert manager.patch(path, {"hours": "14"}).status_code == 200, "fewer than before"
    assert manager.patch(path, {"note": "Long day"}).status_code == 200
    assert manager.delete(path).status_code == 204
    assert desk.log(order, None, "10", **who).status_code == 201, "deleted hours do not count"


def test_hours_without_a_technician_are_not_added_up(order, desk, callers):
    for worker in ("Ann", "Ben"):
        entry = desk.log(order, None, "20", technician_name=worker).json
        path = f"/work-orders/{order}/time-entries/{entry['id']}"
        assert callers("manager").patch(path, {"technician_name": None}).status_code == 200


def test_hours_moved_to_a_full_day_are_asked_about(order, desk, callers):
    who = {"technician_id": DANA, "technician_name": "Dana"}
    desk.log(order, None, "20", **who)
    entry = desk.log(order, None, "5", "2025-11-04", **who).json
    path = f"/work-orders/{order}/time-entries/{entry['id']}"

    assert asked(callers("manager").patch(path, {"worked_on": "2025-11-03"}), "hours")
    sam = desk.log(order, None, "5", technician_name="Sam").json
    path = f"/work-orders/{order}/time-entries/{sam['id']}"
    assert asked(callers("manager").patch(path, {"technician_id": DANA, "technician_name": "Dana"}), "hours")


def test_at_once_they_do_not_exceed_the_day_unseen(world, desk):
    world.user(DANA, "Dana")
    orders = [desk.order(world.client(str(uuid4()), hourly_rate="100.00")) for _ in range(THREADS)]
    start = Barrier(THREADS)

    def log(order):
        start.wait()
        return desk.log(order, None, "7", technician_id=DANA, technician_name="Dana").status_code

    with ThreadPoolExecutor(THREADS) as pool:
        assert sorted(pool.map(log, orders)) == [201, 201, 201] + [422] * (THREADS - 3)


def test_what_no_confirmation_overrules_is_said_first(gold, desk):
    order = desk.order(gold["client_id"], gold["id"])

    refused = desk.log(order, gold["rows"]["Remote Support"], "1", "2031-05-05")

    assert refused.status_code == 422
    assert "confirmable" not in refused.json


def test_a_flat_rate_of_zero_is_no_rate(world, desk, callers):
    order = desk.order(world.client("Zero", hourly_rate="0.00"))
    body = {"hours": "1", "worked_on": "2025-11-03"}

    for answer in (
        desk.log(order, None, "1"),
        callers("manager").post(f"/work-orders/{order}/time-entries/preview", body),
    ):
        assert (answer.status_code, list(answer.json["errors"])) == (422, ["service_id"])
        assert answer.json["errors"]["service_id"][0].startswith("Choose a service. Zero has no flat hourly rate")
