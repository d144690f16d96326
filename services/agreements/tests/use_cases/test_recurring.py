"""Recurring work orders: each due day once, also after missed days, a pause or a crash."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import select

from agreements.agreement import renewal
from agreements.agreement.ending import AGREEMENT_EXPIRY
from agreements.agreement.models import Agreement
from agreements.order_template import editing as templates
from agreements.order_template.editing import NewTemplate
from agreements.recurring import editing
from agreements.recurring.editing import NewRecurring, RecurringChanges
from agreements.recurring.models import RecurringOrder
from agreements.recurring.queries import get
from agreements.recurring.running import RECURRING_ORDERS, RECURRING_TICK
from agreements.work.models import WorkOrder
from common.context import Context
from common.errors import Conflict, Invalid
from common.testing import tasks

START = date(2026, 1, 31)


def noon(day):
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


@pytest.fixture
def recurring(world, in_work):
    """Creates a server check on the 31st of each month, with two tasks."""

    def make(client_id=None, **values):
        client_id = client_id or world.client()
        with in_work(at=noon(START)) as work:
            template = templates.create(work, NewTemplate(name="Check", subject="Check", tasks=["Backup", "Disk"]))
            work.flush()
            body = {"client_id": client_id, "template_id": template.id, "starts_on": START, "every": 1}
            return editing.create(work, NewRecurring(**body | {"unit": "months", "due_in_days": 3} | values)).id

    return make


@pytest.fixture
def run(app):
    def job(day, **options):
        return tasks.run_job(app, RECURRING_ORDERS, day, context=Context(now=noon(day)), **options)

    return job


@pytest.fixture
def orders(in_work):
    def read():
        with in_work() as work:
            return list(work.session.scalars(select(WorkOrder).order_by(WorkOrder.due_on, WorkOrder.id)))

    return read


def test_each_due_day_has_one_order_also_after_missed_days(recurring, run, orders):
    recurring()
    dry = run(date(2026, 4, 1), dry_run=True)
    assert orders() == []

    first = run(date(2026, 4, 1)).counts
    again = run(date(2026, 4, 29)).counts
    last = run(date(2026, 4, 30)).counts

    assert (dry.counts["orders"], [one["day"] for one in dry.detail["orders"]]) == (
        3,
        ["2026-01-31", "2026-02-28", "2026-03-31"],
    )
    assert (first["orders"], again["orders"], last["orders"]) == (3, 0, 1)
    made = orders()
    assert [order.due_on for order in made] == [
        date(2026, 2, 3),
        date(2026, 3, 3),
        date(2026, 4, 3),
        date(2026, 5, 3),
    ]
    assert {(order.subject, order.tasks_total) for order in made} == {("Check", 2)}


def test_runs_at_the_same_time_create_no_day_twice(recurring, run, orders):
    recurring(every=1, unit="weeks")

    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(lambda _: run(date(2026, 3, 1)), range(4)))

    assert [one.status for one in ran] == ["succeeded"] * 4
    assert sum(one.counts["orders"] for one in ran) == len(orders()) == 5


def test_missed_days_can_be_left_out(recurring, run, orders, in_work):
    identifier = recurring(catch_up="latest")

    assert run(date(2026, 4, 1)).counts["orders"] == 1
    assert [order.due_on for order in orders()] == [date(2026, 4, 3)]
    with in_work() as work:
        assert get(work, identifier).next_on == date(2026, 4, 30)


def test_the_days_of_a_pause_are_left_out(recurring, run, orders, in_work):
    identifier = recurring()
    with in_work(at=noon(START)) as work:
        editing.pause(work, identifier)
    assert run(date(2026, 3, 5)).counts["orders"] == 0
    with in_work(at=noon(date(2026, 3, 5))) as work:
        editing.resume(work, identifier)
        assert get(work, identifier).next_dates[:2] == [date(2026, 3, 31), date(2026, 4, 30)]
        with pytest.raises(Conflict):
            editing.resume(work, identifier)

    assert run(date(2026, 3, 31)).counts["orders"] == 1
    assert len(orders()) == 1


def test_it_ends_after_its_last_day(recurring, run, in_work):
    identifier = recurring(ends_on=date(2026, 3, 30))

    assert run(date(2026, 12, 1)).counts["orders"] == 2
    with in_work() as work:
        ended = get(work, identifier)
        assert (ended.status, ended.next_on, ended.next_dates) == ("ended", None, [])


def test_a_changed_calendar_starts_today_and_repeats_no_day(recurring, run, orders, in_work):
    identifier = recurring(every=1, unit="days")
    run(date(2026, 2, 2))
    with in_work(at=noon(date(2026, 2, 2))) as work:
        editing.update(work, identifier, RecurringChanges(every=2))
    run(date(2026, 2, 2))

    assert len(orders()) == 3, "2 February has its order already"
    with in_work() as work:
        assert get(work, identifier).next_on == date(2026, 2, 4)
    with in_work() as work, pytest.raises(Invalid):
        editing.update(work, identifier, RecurringChanges(ends_on=date(2026, 1, 1)))


def test_an_order_that_a_rule_refuses_waits_with_its_reason(recurring, run, orders, in_work, world):
    client_id = world.client("Acme Corp", status="archived", version=5)
    with in_work(at=noon(START)) as work, pytest.raises(Invalid):
        editing.create(
            work, NewRecurring(client_id=client_id, template_id=client_id, starts_on=START, every=1, unit="days")
        )
    client_id = world.client("Beta")
    identifier = recurring(client_id)
    world.client("Beta", id=client_id, status="archived", version=2)

    assert run(date(2026, 2, 1)).counts == {"orders": 0, "failed": 1}
    with in_work() as work:
        waiting = get(work, identifier)
        assert (waiting.next_on, waiting.problem) == (START, '"Beta" is archived. Restore it first.')
    world.client("Beta", id=client_id, version=3)
    assert run(date(2026, 2, 1)).counts == {"orders": 1, "failed": 0}
    with in_work() as work:
        assert (get(work, identifier).problem, len(orders())) == (None, 1)


def test_the_orders_follow_a_renewed_agreement(recurring, run, orders, in_work, world, callers, make_block, app):
    client_id = world.client()
    body = make_block(client_id, start_date="2025-02-01", end_date="2026-02-15", auto_renew=True, activate=True)
    agreement_id = UUID(callers("manager").post("/agreements", body).json["id"])
    recurring(client_id, agreement_id=agreement_id)
    day = date(2026, 2, 28)
    assert tasks.run_job(app, AGREEMENT_EXPIRY, day, context=Context(now=noon(day))).counts["renewed"] == 1

    run(day)

    with in_work() as work:
        following = renewal.next_term(work, work.session.get_one(Agreement, agreement_id))
    assert {order.agreement_id for order in orders()} == {following.id}


def test_a_tick_starts_the_job_only_when_something_is_due(recurring, in_work):
    recurring()

    for day, due in ((date(2026, 1, 30), False), (START, True)):
        with in_work(at=noon(day)) as work:
            assert (RECURRING_TICK.due(work) is not None) is due


def test_a_merged_client_keeps_its_recurring_orders(recurring, in_work, world):
    merged, into = world.client("Old"), world.client("New")
    identifier = recurring(merged)
    data = {"id": into, "name": "New", "merged_client_id": merged, "merged_client_name": "Old", "version": 2}
    world.deliver("clients.client.merged.v1", data | {"client_services": [], "services": []})

    with in_work() as work:
        assert work.session.get_one(RecurringOrder, identifier).client_id == into
