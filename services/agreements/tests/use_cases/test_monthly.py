"""Monthly block hours: a grant on every anniversary; unused hours expire or roll over."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from agreements.agreement import drafting, history
from agreements.agreement.commands import AgreementChanges, NewAgreement
from agreements.agreement.grants import GRANT_TICK, HOUR_GRANTS
from agreements.agreement.hour_models import GRANT, HourEntry
from agreements.agreement.models import Agreement
from agreements.work import orders, time_entries
from agreements.work.logging_time import NewTime
from agreements.work.models import TimeEntry
from agreements.work.orders import NewOrder
from common.context import Context
from common.testing import tasks
from common.ticks import enqueue_due


def noon(day):
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=17)


@pytest.fixture
def monthly(world, in_work):
    """Activates 10 hours a month from 31 January 2025, on the day `on`."""

    def make(on="2025-01-31", **values):
        client_id = world.client()
        (service,) = world.card(client_id, "Remote Support")
        body = {"name": "Ten a month", "type": "block_hours_monthly", "total_hours": Decimal(10)}
        body |= {"start_date": date(2025, 1, 31), "end_date": date(2026, 1, 30)} | values
        with in_work(at=noon(on)) as work:
            agreement = drafting.create(work, NewAgreement(client_id=client_id, activate=True, **body))
            order = orders.create(work, NewOrder(client_id=client_id, agreement_id=agreement.id))
        return agreement.id, order.id, service

    return make


@pytest.fixture
def run_job(app):
    def run(as_of):
        ran = tasks.run_job(app, HOUR_GRANTS, date.fromisoformat(as_of), context=Context(now=noon(as_of)))
        assert ran.status == "succeeded"
        return ran

    return run


@pytest.fixture
def log(in_work):
    def write(order, service, hours, worked_on, at=None):
        with in_work(at=noon(at or worked_on)) as work:
            day = date.fromisoformat(worked_on)
            logged = time_entries.log(work, order, NewTime(service_id=service, hours=Decimal(hours), worked_on=day))
            return logged.entry

    return write


@pytest.fixture
def ledger(in_work):
    """Returns (period, kind, hours) of each row, in the order written."""

    def read(agreement_id: UUID):
        with in_work() as work:
            rows = work.session.query(HourEntry).filter_by(agreement_id=agreement_id)
            ordered = sorted(rows, key=lambda row: (row.created_at, row.id))
            return [(row.period_start.isoformat(), row.kind, row.hours) for row in ordered]

    return read


def test_grants_fall_on_anniversaries_clamped_to_the_months_end(monthly, run_job, ledger, in_work):
    agreement_id, _, _ = monthly()

    counts = run_job("2026-02-15").counts

    granted = [period for period, kind, _ in ledger(agreement_id) if kind == GRANT]
    assert granted[:5] == ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]
    assert granted[-1] == "2025-12-31", "the agreement ends before the next one"
    assert counts == {"agreements": 1, "grants": 11}
    assert run_job("2026-02-15").counts == {"agreements": 0, "grants": 0}, "each period once"
    with in_work() as work:
        assert work.session.get(Agreement, agreement_id).next_grant_on is None


def test_activation_of_an_agreement_begun_earlier_grants_what_is_past(monthly, ledger):
    agreement_id, _, _ = monthly(on="2025-04-10")

    periods = [period for period, kind, _ in ledger(agreement_id) if kind == GRANT]
    assert periods == ["2025-01-31", "2025-02-28", "2025-03-31"]


def test_unused_hours_expire(monthly, run_job, log, ledger):
    agreement_id, order, service = monthly()
    log(order, service, "4", "2025-02-03")

    run_job("2025-02-28")

    assert ("2025-01-31", "expiry", Decimal(-6)) in ledger(agreement_id)
    assert log(order, service, "12", "2025-03-01").covered_hours == 10


def test_unused_hours_roll_over(monthly, run_job, log, ledger):
    agreement_id, order, service = monthly(rollover="unlimited")
    log(order, service, "4", "2025-02-03")

    run_job("2025-02-28")

    assert ("2025-02-28", "rollover", Decimal(6)) in ledger(agreement_id)
    assert log(order, service, "12", "2025-03-01").covered_hours == 12
    assert log(order, service, "5", "2025-03-01").overage_hours == 1


def test_one_period_rollover_forgets_after_that_period(monthly, run_job, log):
    _, order, service = monthly(rollover="one_period")
    run_job("2025-03-31")

    entry = log(order, service, "24", "2025-04-02")

    assert entry.covered_hours == 20, "February's ten and March's ten; January's are gone"


def test_work_written_down_after_the_month_finds_its_hours(monthly, run_job, log, ledger, in_work):
    agreement_id, order, service = monthly()
    log(order, service, "4", "2025-02-03")
    run_job("2025-02-28")

    late = log(order, service, "7", "2025-02-27", at="2025-03-02")

    assert (late.covered_hours, late.overage_hours) == (6, 1)
    with in_work(at=noon("2025-03-02")) as work:
        time_entries.delete(work, order, late.id)
    expired = sum(hours for period, kind, hours in ledger(agreement_id) if kind == "expiry" and period == "2025-01-31")
    assert expired == -6, "what was given back expired again"


def test_late_work_takes_back_hours_that_were_carried_over(monthly, run_job, log):
    _, order, service = monthly(rollover="unlimited", draw_order="logged")
    run_job("2025-02-28")
    log(order, service, "15", "2025-03-02")

    late = log(order, service, "8", "2025-02-10", at="2025-03-03")

    assert (late.covered_hours, late.overage_hours) == (5, 3), "15 of 20 were used already"


def test_late_work_draws_its_months_hours_before_later_work(monthly, run_job, log, in_work):
    _, order, service = monthly(rollover="unlimited")
    run_job("2025-02-28")
    march = log(order, service, "15", "2025-03-02")

    late = log(order, service, "8", "2025-02-10", at="2025-03-03")

    assert (late.covered_hours, late.overage_hours) == (8, 0)
    with in_work() as work:
        march = work.session.get(TimeEntry, march.id)
        assert (march.covered_hours, march.overage_hours) == (12, 3), "2 of January's hours were left"


def test_a_period_to_come_has_no_hours_yet(monthly, callers):
    _, order, service = monthly(on="2025-02-01", end_date=date(2099, 1, 1))

    body = {"service_id": str(service), "hours": "1", "worked_on": "2098-05-01"}
    answer = callers("admin").post(f"/work-orders/{order}/time-entries", body)

    assert answer.status_code == 422
    assert list(answer.json["errors"]) == ["worked_on"]


def test_months_of_suspension_bring_no_hours(monthly, in_work, ledger):
    from agreements.agreement import lifecycle

    agreement_id, _, _ = monthly()
    with in_work(at=noon("2025-02-10")) as work:
        lifecycle.suspend(work, agreement_id)
    with in_work(at=noon("2025-06-05")) as work:
        lifecycle.resume(work, agreement_id)

    granted = [period for period, kind, _ in ledger(agreement_id) if kind == GRANT]
    assert granted == ["2025-01-31", "2025-05-31"]


def test_dry_run_and_run_over_http(monthly, callers, ledger):
    agreement_id, _, _ = monthly()
    manager = callers("manager")

    preview = manager.post("/jobs/hour_grants/run", {"as_of": "2025-03-31", "dry_run": True}).json
    assert preview["counts"] == {"agreements": 1, "grants": 2}
    done = manager.post("/jobs/hour_grants/run", {"as_of": "2025-03-31"}).json

    assert (done["status"], done["counts"]) == ("succeeded", {"agreements": 1, "grants": 2})
    assert len([1 for _, kind, _ in ledger(agreement_id) if kind == GRANT]) == 3
    assert callers("technician").post("/jobs/hour_grants/run", {}).status_code == 403


def test_the_tick_runs_what_is_due(monthly, app, ledger, run_tasks):
    agreement_id, _, _ = monthly()

    for _ in range(2):
        enqueue_due(app, GRANT_TICK)
        enqueue_due(app, GRANT_TICK)
        run_tasks()

    assert len([1 for _, kind, _ in ledger(agreement_id) if kind == GRANT]) == 12


def test_a_later_end_brings_more_grants_and_an_earlier_one_fewer(monthly, run_job, ledger, in_work):
    agreement_id, _, _ = monthly(end_date=date(2025, 3, 1))

    def granted():
        return sorted(period for period, kind, _ in ledger(agreement_id) if kind == GRANT)

    def end(day):
        with in_work(at=noon("2025-02-10")) as work:
            drafting.update(work, agreement_id, AgreementChanges(end_date=date.fromisoformat(day)))

    run_job("2025-12-31")
    assert granted() == ["2025-01-31", "2025-02-28"]
    end("2025-05-01")
    run_job("2025-03-31")
    assert granted()[2:] == ["2025-03-31"]
    end("2025-04-15")
    run_job("2025-12-31")
    assert granted()[3:] == []


def test_the_history_says_for_each_period_where_its_hours_went(monthly, run_job, log, in_work):
    agreement_id, order, service = monthly(rollover="one_period")
    log(order, service, "4", "2025-02-03")
    run_job("2025-03-31")
    log(order, service, "21", "2025-03-05")
    gone = log(order, service, "2", "2025-04-01")
    with in_work(at=noon("2025-04-01")) as work:
        time_entries.delete(work, order, gone.id)

    with in_work(at=noon("2025-04-02")) as work:
        periods = history.of(work, work.session.get(Agreement, agreement_id))

    names = ("granted", "rolled_over", "used", "expired", "remaining", "overage")
    assert [[row["period_start"].isoformat(), *(int(row[f"hours_{name}"]) for name in names)] for row in periods] == [
        ["2025-01-31", 10, -6, 4, 0, 0, 0],
        ["2025-02-28", 10, 6, 16, 0, 0, 5],
        ["2025-03-31", 10, 0, 0, 0, 10, 0],
    ]
    for row in periods:
        given = row["hours_granted"] + row["hours_rolled_over"] + row["hours_adjusted"]
        assert given - row["hours_used"] - row["hours_expired"] == row["hours_remaining"]
