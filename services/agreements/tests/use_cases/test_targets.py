"""Targets of work orders: stored, counted again by what changes, and announced once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from agreements.sla import sweeping
from agreements.sla.sweeping import SLA_SWEEP, SLA_TICK
from agreements.work import orders
from agreements.work.models import WorkOrder
from agreements.work.orders import Move, NewOrder, OrderChanges
from agreements.work.queries import get_order, page_of_work_orders, with_more
from common.organisation.settings import SLA_TARGETS, WEEKDAYS, Opening, SlaTarget
from common.pages import Page
from common.testing.tasks import work_off
from common.ticks import enqueue_due

MONDAY = datetime(2026, 6, 1, 14, tzinfo=UTC)
ALL_DAY = tuple(Opening(weekday=name, opens="00:00", closes="24:00") for name in WEEKDAYS)
WARNED, BREACHED = "agreements.work_order.target_due_soon.v1", "agreements.work_order.target_breached.v1"


def after(minutes):
    return MONDAY + timedelta(minutes=minutes)


@pytest.fixture
def opened(world, in_work, organise):
    """Opens a critical order on Monday: the response is due after 60 minutes, the resolution after 240."""
    organise(business_hours=ALL_DAY)
    client_id = world.client()

    def make(minute=0, **values):
        with in_work(at=after(minute)) as work:
            return orders.create(work, NewOrder(client_id=client_id, priority="critical", **values)).id

    make.client_id = client_id
    return make


@pytest.fixture
def sweep(in_work):
    """Sweeps at a minute after the start. Returns the counts."""

    def run(minute):
        with in_work(at=after(minute)) as work:
            return sweeping.sweep(work, list(work.session.scalars(sweeping._due(work))))

    return run


@pytest.fixture
def announced(emitted):
    def read():
        kinds = {WARNED: "due soon", BREACHED: "breached"}
        return [(event.data["target"], kinds[event.type]) for event in emitted() if event.type in kinds]

    return read


@pytest.fixture
def shown(in_work):
    """Returns the order's targets by name, as a page shows them."""

    def read(order_id, minute):
        with in_work(at=after(minute)) as work:
            order = get_order(work, order_id)
            with_more(work, [order])
            return {one.target: (one.state, one.percent) for one in vars(order)["sla"]}

    return read


def change(in_work, order_id, minute, **values):
    with in_work(at=after(minute)) as work:
        if "status" in values:
            orders.transition(work, order_id, Move(**values))
        else:
            orders.update(work, order_id, OrderChanges(**values))


def test_a_warning_and_a_breach_are_announced_once_each(opened, sweep, announced):
    opened()
    assert sweep(44) == {"counted": 0, "warned": 0, "breached": 0}
    assert sweep(46)["warned"] == 1
    assert sweep(50)["counted"] == 0
    assert sweep(61)["breached"] == 1
    assert sweep(62)["counted"] == 0
    assert sweep(500)["breached"] == 1
    assert sweep(5000)["counted"] == 0
    assert announced() == [("response", "due soon"), ("response", "breached"), ("resolution", "breached")]


def test_a_breach_between_two_sweeps_is_announced_when_the_order_is_done(opened, sweep, announced, in_work, shown):
    order_id = opened()
    change(in_work, order_id, 250, status="resolved")

    assert sorted(announced()) == [("resolution", "breached"), ("response", "breached")]
    assert sweep(300)["counted"] == 0
    assert shown(order_id, 300)["resolution"] == ("missed", 104)


def test_a_new_priority_announces_no_second_breach(opened, sweep, announced, in_work, shown):
    order_id = opened()
    sweep(61)
    change(in_work, order_id, 70, priority="low")
    assert shown(order_id, 70)["response"] == ("running", 4)
    change(in_work, order_id, 80, priority="critical")
    assert sweep(90)["counted"] == 0

    assert announced() == [("response", "breached")]


def test_a_waiting_order_is_not_due_until_it_goes_on(opened, sweep, announced, in_work, shown):
    order_id = opened()
    change(in_work, order_id, 200, status="waiting_client")
    assert sweep(400)["counted"] == 0
    assert shown(order_id, 400)["resolution"] == ("paused", 83)
    change(in_work, order_id, 400, status="in_progress")
    assert shown(order_id, 430)["resolution"] == ("warning", 95)
    assert sweep(441)["breached"] == 1

    assert [one for one in announced() if one[0] == "resolution"] == [
        ("resolution", "due soon"),
        ("resolution", "breached"),
    ]


def test_a_target_due_at_closing_time_is_swept_once(opened, sweep, organise):
    opened()
    closing = tuple(Opening(weekday=name, opens="00:00", closes="11:00") for name in WEEKDAYS)
    organise(business_hours=closing)  # 15:00 UTC in summer, 60 minutes after the start

    assert sweep(61)["breached"] == 1
    assert sweep(62)["counted"] == 0


def test_new_settings_and_hours_of_the_agreement_count_open_orders_again(
    opened, sweep, organise, in_work, shown, make_block, callers
):
    manager = callers("manager")
    body = make_block(opened.client_id, start_date="2026-01-01", activate=True)
    agreement = manager.post("/agreements", body).json
    order_id = opened(agreement_id=UUID(agreement["id"]))
    done = opened()
    change(in_work, done, 10, status="closed")
    organise(business_hours=())
    night = tuple(Opening(weekday=name, opens="20:00", closes="22:00") for name in WEEKDAYS)
    targets = (SlaTarget(priority="critical", response_minutes=30, resolution_minutes=120), *SLA_TARGETS[1:])
    organise(business_hours=night, sla_targets=targets)
    assert sweep(40)["counted"] == 1
    assert shown(order_id, 40) == {"response": ("running", 0), "resolution": ("running", 0)}

    answer = manager.patch(f"/agreements/{agreement['id']}", {"sla_hours": "always", "first_day": "2026-06-01"})
    assert answer.status_code == 200, answer.json
    assert sweep(41)["breached"] == 1
    assert shown(order_id, 60) == {"response": ("breached", 200), "resolution": ("running", 50)}
    assert shown(done, 60)["response"] == ("met", 16)
    assert sweep(42)["counted"] == 0
    (first, amended) = manager.get(f"/agreements/{agreement['id']}/amendments").json["items"][::-1]
    assert [one["field"] for one in amended["changes"]] == ["sla_hours"]
    assert first["changes"] == []


def test_orders_of_before_the_upgrade_announce_nothing(opened, sweep, announced, in_work, shown):
    order_id = opened()
    with in_work(at=after(500)) as work:
        work.session.execute(update(WorkOrder).values(sla_terms=None, sla_next_at=None))

    assert sweep(500) == {"counted": 1, "warned": 0, "breached": 0}
    assert announced() == []
    assert shown(order_id, 500)["resolution"] == ("breached", 208)


def test_lists_are_filtered_and_sorted_by_the_next_target(opened, sweep, in_work):
    late, soon, waiting, calm = opened(0), opened(15), opened(0), opened(60)
    change(in_work, waiting, 1, status="waiting_client")

    def found(minute=62, **options):
        with in_work(at=after(minute)) as work:
            return [order.id for order in page_of_work_orders(work, Page(**options))["items"]]

    assert found(filters={"sla": "overdue"}) == [late]
    assert found(filters={"sla": "at_risk"}) == [soon]
    assert found(sort="sla_due_at") == [late, soon, calm, waiting]
    with in_work(at=after(62)) as work:
        first = page_of_work_orders(work, Page(sort="sla_due_at", size=2))
        rest = page_of_work_orders(work, Page(sort="sla_due_at", size=2, cursor=first["next_cursor"]))
    assert [one.id for one in rest["items"]] == [calm, waiting]


def test_the_tick_finds_what_is_due_and_the_version_stays(opened, app, in_work, announced):
    order_id = opened()  # long past by now
    enqueue_due(app, SLA_TICK)
    work_off(app)

    with in_work() as work:
        assert get_order(work, order_id).version == 1
        assert SLA_TICK.due(work) is None
    assert {kind for _, kind in announced()} == {"breached"}
    assert SLA_SWEEP.name == "sla_targets"
