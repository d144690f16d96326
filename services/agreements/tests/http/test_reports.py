"""The report on used hours: the example of the requirements, its filters and its file."""

import csv
import io

import pytest
import time_machine

from common.ids import new_id
from common.pdf.counting import pages_of

PATH = "/reports/agreement-utilisation"


@pytest.fixture
def october(gold, desk):
    """Logs 45, 12 and 3 hours on Gold Support in October 2025."""
    order = desk.order(gold["client_id"], gold["id"])
    for name, days in (("Remote Support", ("9", "9", "9", "9", "9")), ("Onsite Support", ("6", "6"))):
        for day, hours in enumerate(days, 6):
            assert desk.log(order, gold["rows"][name], hours, f"2025-10-{day:02}").status_code == 201
    assert desk.log(order, gold["rows"]["Project Work"], "3", "2025-11-03").status_code == 201
    return gold


def test_hours_per_service_with_warning_and_projection(october, callers):
    with time_machine.travel("2025-10-31T17:00:00Z", tick=False):
        (row,) = callers("manager").get(PATH).json["items"]

    assert (row["number"], row["client_name"], row["period_start"]) == ("AGR-0001", "Acme Corp", "2025-10-01")
    assert (row["total_hours"], row["hours_used"], row["hours_remaining"]) == ("100.00", "60.00", "40.00")
    assert (row["used_percent"], row["remaining_percent"], row["remaining_level"]) == ("60.00", "40.00", "green")
    shown = [
        [service[name] for name in ("name", "hours_allocated", "hours_used", "hours_remaining", "used_percent")]
        + [service["remaining_level"]]
        for service in row["services"]
    ]
    assert shown == [
        ["Remote Support", "60.00", "45.00", "15.00", "75.00", "yellow"],
        ["Onsite Support", "20.00", "12.00", "8.00", "60.00", "green"],
        ["Project Work", "15.00", "3.00", "12.00", "20.00", "green"],
        ["Emergency Support", "5.00", "0.00", "5.00", "0.00", "green"],
    ]
    remote, *_, emergency = row["services"]
    # 45 hours in 30 days are 1.5 a day, so 15 hours last 10 days
    assert remote["projected_exhaustion"] == "2025-11-10"
    assert emergency["projected_exhaustion"] is None


def test_a_range_of_days_counts_the_hours_worked_in_it(october, callers):
    manager = callers("manager")
    (row,) = manager.get(f"{PATH}?worked_on_gte=2025-10-07&worked_on_lte=2025-10-31").json["items"]

    assert row["hours_in_range"] == "42.00"
    assert [service["hours_in_range"] for service in row["services"]] == ["36.00", "6.00", "0.00", "0.00"]
    assert row["hours_used"] == "60.00", "of the period, whatever the range"
    assert manager.get(PATH).json["items"][0]["hours_in_range"] is None
    refused = manager.get(f"{PATH}?worked_on_gte=2025-10-07&worked_on_lte=2025-10-06")
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["worked_on_lte"])


def test_only_block_hours_in_force_of_visible_clients(october, callers, world, make_block):
    manager = callers("manager")
    other = world.client("Other Ltd")
    body = make_block(other, name="Of the other", activate=True)
    second = manager.post("/agreements", body).json["id"]
    manager.post("/agreements", make_block(other, name="A draft"))
    manager.post("/agreements", make_block(other, type="time_and_materials", total_hours=None, activate=True))

    names = lambda answer: [row["name"] for row in answer.json["items"]]  # noqa: E731
    assert names(manager.get(PATH)) == ["Gold Support", "Of the other"]
    assert names(manager.get(f"{PATH}?client_id={other}")) == ["Of the other"]
    assert names(manager.get(f"{PATH}?agreement_id={second}")) == ["Of the other"]
    assert names(manager.get(f"{PATH}?q=gold")) == ["Gold Support"]
    dana = str(new_id())
    world.technician(other, dana)
    assert names(callers("technician", user_id=dana).get(PATH)) == ["Of the other"]
    assert callers("client_admin", client_id=other).get(PATH).status_code == 403


def test_the_file_has_a_row_per_service_after_the_agreement_s_own(october, callers):
    answer = callers("manager").get(f"{PATH}.csv?worked_on_gte=2025-10-01")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))

    assert [(row["service"], row["hours_allocated"], row["hours_used"], row["hours_in_range"]) for row in rows] == [
        ("", "100.00", "60.00", "60.00"),
        ("Remote Support", "60.00", "45.00", "45.00"),
        ("Onsite Support", "20.00", "12.00", "12.00"),
        ("Project Work", "15.00", "3.00", "3.00"),
        ("Emergency Support", "5.00", "0.00", "0.00"),
    ]
    assert {row["number"] for row in rows} == {"AGR-0001"}


def test_the_pdf_has_the_rows_of_the_file(october, callers):
    made = callers("manager").get(f"{PATH}.pdf?worked_on_gte=2025-10-01")

    assert (made.status_code, made.content_type) == (200, "application/pdf")
    assert made.headers["Content-Disposition"].endswith('.pdf"')
    assert pages_of(made.data, 10) == 1
    assert callers("manager").get(f"{PATH}.pdf?worked_on_gte=2025-10-02&worked_on_lte=2025-10-01").status_code == 422
