"""The report on the time of technicians: covered, billable and other hours, its filters and its file."""

import csv
import io

import pytest
import time_machine

from common.ids import new_id

PATH = "/reports/technician-time"
RANGE = "?worked_on_gte=2025-10-01&worked_on_lte=2025-10-31"
DANA, EVE = (str(new_id()) for _ in "ab")


@pytest.fixture
def october(gold, desk, world):
    """Dana works 13 covered and 2 other hours, Eve 4 billable ones."""
    for user, name in ((DANA, "Dana Reyes"), (EVE, "Eve Moss")):
        world.user(user, name)
    order, free = (desk.order(gold["client_id"], agreement) for agreement in (gold["id"], None))
    remote = gold["rows"]["Remote Support"]
    for day, hours in (("2025-10-06", "9"), ("2025-10-07", "4"), ("2025-11-03", "1")):
        assert desk.log(order, remote, hours, day, technician_id=DANA).status_code == 201
    assert desk.log(free, remote, "2", "2025-10-07", technician_id=DANA, billable=False).status_code == 201
    assert desk.log(free, remote, "4", "2025-10-07", technician_id=EVE).status_code == 201
    return gold


def test_hours_divide_into_covered_billable_and_other(october, callers):
    dana, eve = callers("manager").get(PATH + RANGE).json["items"]
    names = ("technician_name", "hours", "client_hours", "client_percent", "covered_hours", "billable_hours")
    names += ("other_hours", "waiting_hours", "entries", "days", "hours_per_day")
    assert [dana[name] for name in names] == [
        *("Dana Reyes", "15.00", "13.00", "86.70", "13.00", "0.00", "2.00", "0.00", 3, 2, "7.50")
    ]
    assert [eve[name] for name in names[:7]] == ["Eve Moss", "4.00", "4.00", "100.00", "0.00", "4.00", "0.00"]
    assert dana["technician_id"] == DANA


def test_this_month_is_the_default_and_filters_narrow(october, callers):
    manager = callers("manager")
    names = lambda query: [row["technician_name"] for row in manager.get(PATH + query).json["items"]]  # noqa: E731
    with time_machine.travel("2025-11-20T17:00:00Z", tick=False):
        (row,) = manager.get(PATH).json["items"]
    assert (row["technician_name"], row["hours"]) == ("Dana Reyes", "1.00")
    assert names(f"{RANGE}&technician_id={EVE}") == ["Eve Moss"]
    assert names(f"{RANGE}&agreement_id={october['id']}") == ["Dana Reyes"]
    assert names(f"{RANGE}&q=moss") == ["Eve Moss"]
    assert names(f"{RANGE}&sort=hours") == ["Eve Moss", "Dana Reyes"]
    refused = manager.get(f"{PATH}?worked_on_gte=2025-10-07&worked_on_lte=2025-10-06")
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["worked_on_lte"])


def test_pages_follow_one_another(october, callers):
    manager = callers("manager")
    first = manager.get(f"{PATH}{RANGE}&page_size=1").json
    second = manager.get(f"{PATH}{RANGE}&page_size=1&cursor={first['next_cursor']}").json
    assert [page["items"][0]["technician_name"] for page in (first, second)] == ["Dana Reyes", "Eve Moss"]
    assert (first["total"], second["next_cursor"]) == (2, None)


def test_technicians_see_time_of_their_clients_alone(october, callers, world):
    assert callers("technician", user_id=DANA).get(PATH + RANGE).json["items"] == []
    world.technician(october["client_id"], DANA)
    assert len(callers("technician", user_id=DANA).get(PATH + RANGE).json["items"]) == 2
    assert callers("client_admin", client_id=october["client_id"]).get(PATH).status_code == 403


def test_the_file_has_the_same_rows(october, callers):
    text = callers("manager").get(f"{PATH}.csv{RANGE}").text
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(row["technician_name"], row["hours"], row["other_hours"]) for row in rows] == [
        ("Dana Reyes", "15.00", "2.00"),
        ("Eve Moss", "4.00", "0.00"),
    ]
