"""A technician's week."""

import pytest

DANA = "01890000-0000-7000-8000-00000000d0a1"


@pytest.fixture
def dana(callers):
    return callers("technician", user_id=DANA)


@pytest.fixture
def week(gold, world, desk):
    """Logs Dana's time on Monday, Wednesday and the Sunday before, and another technician's."""
    world.technician(gold["client_id"], world.user(DANA))
    order = desk.order(gold["client_id"], gold["id"], subject="Firewall")
    service = gold["rows"]["Remote Support"]
    for day, hours in {"2025-11-02": "1", "2025-11-03": "1.5", "2025-11-05": "2.25"}.items():
        assert desk.log(order, service, hours, day, technician_id=DANA).status_code == 201
    desk.log(order, service, "3", "2025-11-03", technician_name="Grace")
    return gold


def test_a_week_from_monday_has_the_sums_of_its_days(week, dana):
    sheet = dana.get("/time-sheets?week=2025-11-06").json

    assert (sheet["first_day"], sheet["last_day"], sheet["hours"]) == ("2025-11-03", "2025-11-09", "3.75")
    assert [day["hours"] for day in sheet["days"]] == ["1.50", "0.00", "2.25", "0.00", "0.00", "0.00", "0.00"]
    entry = sheet["days"][0]["entries"][0]
    assert (entry["client_name"], entry["work_order_subject"], entry["technician_id"]) == (
        "Acme Corp",
        "Firewall",
        DANA,
    )


def test_a_manager_sees_the_sheet_of_a_technician(week, callers):
    sheet = callers("manager").get(f"/time-sheets?week=2025-11-03&technician_id={DANA}").json

    assert sheet["hours"] == "3.75"


def test_a_technician_sees_no_other_sheet(week, callers):
    other = callers("technician", user_id="01890000-0000-7000-8000-00000000d0a2")

    assert other.get(f"/time-sheets?technician_id={DANA}").status_code == 403
    assert other.get("/time-sheets?week=2025-11-03").json["hours"] == "0.00"


def test_a_week_that_is_no_day_is_refused(dana):
    answer = dana.get("/time-sheets?week=2025-13-01")

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["week"])
