"""Concurrent time entries never overdraw hours."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier
from uuid import UUID

from sqlalchemy import select

from agreements.agreement import ledger as ledgers
from agreements.work import time_entries
from agreements.work.logging_time import NewTime
from agreements.work.models import TimeEntry

THREADS = 8
IN_ORDER = (TimeEntry.worked_on, TimeEntry.created_at, TimeEntry.id)


def test_eight_at_once_never_overdraw(gold, desk, callers, in_work):
    order = UUID(desk.order(gold["client_id"], gold["id"]))
    service = UUID(gold["rows"]["Onsite Support"])
    start = Barrier(THREADS)

    def log(_):
        start.wait()
        with in_work("admin") as work:
            time = NewTime(service_id=service, hours=Decimal("3.5"), worked_on=date(2025, 11, 3))
            logged = time_entries.log(work, order, time)
            return logged.entry.covered_hours, logged.entry.overage_hours

    with ThreadPoolExecutor(THREADS) as pool:
        parts = list(pool.map(log, range(THREADS)))

    assert sum(covered for covered, _ in parts) == 20
    assert sum(overage for _, overage in parts) == Decimal("8.0")
    agreement = callers("manager").get(f"/agreements/{gold['id']}").json
    assert (agreement["hours_used"], agreement["hours_remaining"]) == ("20.00", "80.00")
    assert agreement["hours_overage"] == "8.00"


def test_64_at_once_in_any_order_of_days_lose_and_draw_no_hour_twice(gold, desk, callers, in_work):
    order = desk.order(gold["client_id"], gold["id"])
    start = Barrier(16)

    def log(number):
        if number < 16:
            start.wait()
        day = f"2025-11-{1 + number * 7 % 28:02}"
        return desk.log(order, gold["rows"]["Remote Support"], "1.25", day, technician_name=f"T {number}")

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(log, range(64)))

    assert {answer.status_code for answer in answers} == {201}
    with in_work() as work:
        entries = list(work.session.scalars(select(TimeEntry).order_by(*IN_ORDER)))
        drawn = ledgers.drawn_by(work, [entry.id for entry in entries])
    assert len(entries) == 64
    assert [entry.covered_hours for entry in entries] == [Decimal("1.25")] * 48 + [0] * 16, "60 of the 80 hours"
    assert [sum(drawn[entry.id].values()) for entry in entries] == [entry.covered_hours for entry in entries]
    agreement = callers("manager").get(f"/agreements/{gold['id']}").json
    assert (agreement["hours_used"], agreement["hours_overage"]) == ("60.00", "20.00")


def test_one_external_reference_is_logged_once(gold, desk, callers):
    order = desk.order(gold["client_id"], gold["id"])
    start = Barrier(THREADS)

    def log(_):
        start.wait()
        return desk.log(order, gold["rows"]["Onsite Support"], "1", external_ref="row 7")

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(log, range(THREADS)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (THREADS - 1)
    assert all("external_ref" in answer.json["errors"] for answer in answers if answer.status_code == 409)
    assert callers("manager").get(f"/agreements/{gold['id']}").json["hours_used"] == "1.00"
