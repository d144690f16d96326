"""Bought blocks are drawn after the included hours: the soonest expiry first, each within its days and services."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from agreements.agreement import blocks, chain
from agreements.agreement import ledger as ledgers
from agreements.agreement.block_commands import NewBlock
from agreements.agreement.blocks import BLOCK_EXPIRY, BLOCK_TICK
from agreements.agreement.queries import get
from agreements.work.models import TimeEntry
from common import csvfiles
from common.context import Context
from common.testing import tasks

D = Decimal


@pytest.fixture
def manager(callers):
    return callers("manager")


@pytest.fixture
def scene(world, manager, make_block, desk, in_work):
    client_id = world.client()
    services = dict(zip(("Remote", "Onsite"), world.card(client_id, "Remote", "Onsite"), strict=True))

    class Scene:
        def __init__(self, **values):
            self.agreement = manager.post("/agreements", make_block(client_id, activate=True, **values)).json
            self.path = f"/agreements/{self.agreement['id']}"
            self.order = desk.order(client_id, self.agreement["id"])
            self.services = {name: str(key) for name, key in services.items()}

        def buy(self, hours, expires_on=None, *, bought_on="2025-11-01", scope=(), **values):
            body = {"hours": hours, "expires_on": expires_on, "bought_on": bought_on, **values}
            body["client_service_ids"] = [self.services[name] for name in scope]
            return manager.post(f"{self.path}/hour-blocks", body)

        def bought(self, hours, expires_on, **values):
            """Buys a block on 5 November 2025, or another day; it can have ended since."""
            scope = [UUID(self.services[name]) for name in values.pop("scope", ())]
            last = date.fromisoformat(expires_on) if expires_on else None
            new = NewBlock(hours=D(hours), expires_on=last, client_service_ids=scope, **values)
            bought_on = values.get("bought_on", date(2025, 11, 5))
            with in_work("manager", at=datetime(2025, 11, bought_on.day, 12, tzinfo=UTC)) as work:
                blocks.add(work, UUID(self.agreement["id"]), new)

        def log(self, hours, day, service="Remote"):
            name = f"T {hours} {day} {service}"
            answer = desk.log(self.order, services[service], hours, f"2025-11-{day:02}", technician_name=name)
            assert answer.status_code == 201, answer.json
            return answer.json

        def preview(self, hours, day):
            body = {"service_id": self.services["Remote"], "hours": hours, "worked_on": f"2025-11-{day:02}"}
            return manager.post(f"/work-orders/{self.order}/time-entries/preview", body).json

        def split(self):
            items = manager.get(f"/work-orders/{self.order}/time-entries?sort=worked_on").json["items"]
            return [(int(one["worked_on"][-2:]), one["covered_hours"], one["billable_hours"]) for one in items]

        def blocks(self):
            items = manager.get(f"{self.path}/hour-blocks").json["items"]
            return [(one["hours"], one["hours_used"], one["hours_remaining"], one["status"]) for one in items]

        def at(self, entry):
            return f"/work-orders/{self.order}/time-entries/{entry['id']}"

    return Scene


def test_work_draws_included_hours_then_the_soonest_expiry_then_overage(scene, manager):
    block = scene(total_hours="1")
    block.buy("5")
    block.buy("1.5", "2099-12-31", bought_on="2025-11-02")

    preview = block.preview("3", 10)
    block.log("3", 10)
    block.log("5", 11)

    drawn = ("1.00 included", "1.50 from the block of 2025-11-02", "0.50 from the block of 2025-11-01")
    assert preview["sources"] == f"3.00 h: {', '.join(drawn)}"
    assert (preview["covered_hours"], preview["total_hours"], preview["remaining_hours"]) == ("3.00", "7.50", "4.50")
    assert block.preview("1", 12)["sources"] == "1.00 h: 1.00 overage"
    assert block.blocks() == [("1.50", "1.50", "0.00", "used"), ("5.00", "5.00", "0.00", "used")]
    assert block.split() == [(10, "3.00", "0.00"), (11, "4.50", "0.50")]
    found = manager.get(block.path).json
    assert (found["hours_used"], found["hours_remaining"], found["hours_overage"]) == ("7.50", "0.00", "0.50")


def test_a_block_serves_its_services_from_its_purchase_to_its_last_day(scene):
    block = scene(total_hours="1")
    block.log("1", 1)
    block.bought("4", "2025-11-20", scope=["Onsite"])

    block.log("1", 4, "Onsite")
    block.log("1", 5, "Onsite")
    block.log("1", 6, "Remote")
    assert block.split() == [(1, "1.00", "0.00"), (4, "0.00", "1.00"), (5, "1.00", "0.00"), (6, "0.00", "1.00")]
    assert block.blocks() == [("4.00", "1.00", "0.00", "expired")]


def test_the_last_day_counts_and_later_work_finds_nothing(scene):
    block = scene(total_hours="1")
    block.log("1", 1)
    block.bought("4", "2025-11-28")
    block.log("1", 28)
    block.log("1", 29)
    assert block.split()[1:] == [(28, "1.00", "0.00"), (29, "0.00", "1.00")]


def test_late_corrected_and_deleted_time_moves_the_draws_of_blocks(scene, manager):
    block = scene(total_hours="2")
    block.buy("3")
    first = block.log("4", 10)
    block.log("3", 12)
    assert block.split() == [(10, "4.00", "0.00"), (12, "1.00", "2.00")]

    block.log("2", 9)
    assert block.split() == [(9, "2.00", "0.00"), (10, "3.00", "1.00"), (12, "0.00", "3.00")]
    manager.delete(block.at(first))
    assert block.split() == [(9, "2.00", "0.00"), (12, "3.00", "0.00")]
    assert block.blocks() == [("3.00", "3.00", "0.00", "used")]


def test_a_purchase_covers_time_that_was_overage_since_its_first_day(scene, emitted):
    block = scene(total_hours="1")
    block.log("2", 10)
    block.log("2", 11)
    before = len(emitted("agreements.time.corrected.v1"))

    assert block.buy("2", bought_on="2025-11-11").status_code == 201

    assert block.split() == [(10, "1.00", "1.00"), (11, "2.00", "0.00")]
    assert len(emitted("agreements.time.corrected.v1")) == before + 1


def test_blocks_last_beyond_the_grant_period_in_which_they_are_bought(scene, manager):
    block = scene(type="block_hours_monthly", total_hours="1", start_date="2025-10-15")
    block.buy("3")
    block.log("2", 5)
    block.log("4", 20)
    assert block.split() == [(5, "2.00", "0.00"), (20, "3.00", "1.00")]

    block.log("1", 6)
    assert block.split() == [(5, "2.00", "0.00"), (6, "1.00", "0.00"), (20, "2.00", "2.00")], "of the next period"
    periods = manager.get(f"{block.path}/hours/periods").json["items"]
    shown = [(p["hours_used"], p["hours_used_from_blocks"], p["hours_remaining"], p["hours_overage"]) for p in periods]
    assert shown[:2] == [("1.00", "2.00", "0.00", "0.00"), ("1.00", "1.00", "0.00", "2.00")]


def test_an_undrawn_block_can_be_removed_and_a_drawn_one_cannot(scene, manager):
    block = scene(total_hours="1")
    drawn, unused = block.buy("2").json, block.buy("3").json
    block.log("2", 10)

    assert manager.delete(f"{block.path}/hour-blocks/{unused['id']}").status_code == 204
    refused = manager.delete(f"{block.path}/hour-blocks/{drawn['id']}")
    assert (refused.status_code, refused.json["detail"]) == (
        409,
        "1 of the 2 h are already used, so the block can't be removed.",
    )
    assert block.blocks() == [("2.00", "1.00", "1.00", "open"), ("3.00", "0.00", "0.00", "removed")]
    assert manager.delete(f"{block.path}/hour-blocks/{unused['id']}").status_code == 409
    assert manager.get(block.path).json["hours_remaining"] == "1.00"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"hours": "0"}, "hours"),
        ({"hours": "-1"}, "hours"),
        ({"hours": "0.001"}, "hours"),
        ({"hours": "5", "expires_on": "2020-01-01"}, "expires_on"),
        ({"hours": "5", "bought_on": "2099-01-01"}, "bought_on"),
        ({"hours": "5", "price": "-1"}, "price"),
        ({"hours": "5", "price": "1.005"}, "price"),
        ({"hours": "5", "client_service_ids": ["ONSITE"]}, "client_service_ids.0"),
        ({"hours": "5", "client_service_ids": ["01900000-0000-7000-8000-000000000000"]}, "client_service_ids.0"),
    ],
)
def test_a_bad_block_names_its_field_and_changes_nothing(scene, manager, body, field):
    block = scene()
    remote, onsite = block.services["Remote"], block.services["Onsite"]
    chosen = {"coverage": "selected", "services": [{"client_service_id": remote}]}
    block = scene(**chosen)
    if body.get("client_service_ids") == ["ONSITE"]:
        body = {**body, "client_service_ids": [onsite]}

    refused = manager.post(f"{block.path}/hour-blocks", body)

    assert refused.status_code == 422, refused.json
    assert list(refused.json["errors"]) == [field]
    assert block.blocks() == []
    assert manager.get(block.path).json["hours_remaining"] == "10.00"


def test_other_agreements_have_no_blocks(scene, world, manager):
    client_id = world.client("Other")
    world.card(client_id, "Remote")
    body = {"client_id": str(client_id), "name": "T&M", "type": "time_and_materials", "start_date": "2025-10-01"}
    path = f"/agreements/{manager.post('/agreements', {**body, 'activate': True}).json['id']}"

    assert manager.post(f"{path}/hour-blocks", {"hours": "5"}).status_code == 409


def test_expired_hours_stay_visible_once_and_late_work_still_draws_them(scene, manager, in_work):
    block = scene(total_hours="1")
    block.log("1", 1)
    block.bought("5", "2025-11-20")
    block.log("2", 10)
    agreement_id = UUID(block.agreement["id"])

    for as_of, expected in ((20, {}), (21, {"blocks": 1}), (22, {})):
        with in_work() as work:
            agreement = get(work, agreement_id, lock=True)
            assert blocks.expire(work, agreement, date(2025, 11, as_of)) == expected
    block.log("1", 11)

    rows = manager.get(f"{block.path}/hours?page_size=100").json["items"]
    assert sorted(row["hours"] for row in rows if row["kind"] == "expiry") == ["-3.00", "1.00"]
    assert block.split()[1:] == [(10, "2.00", "0.00"), (11, "1.00", "0.00")]
    assert block.blocks() == [("5.00", "3.00", "0.00", "expired")]
    (period,) = manager.get(f"{block.path}/hours/periods").json["items"]
    assert [period[f"hours_{name}"] for name in ("bought", "used_from_blocks", "expired_in_blocks")] == [
        "5.00",
        "3.00",
        "2.00",
    ]
    statement = csvfiles.read(manager.get(f"{block.path}/hours/statement").data, chain.COLUMNS)
    count, _, balance = chain.check((row.number, row.values) for row in statement)
    assert (count, balance) == (len(rows), 0)


def test_the_job_ends_each_block_once_when_it_is_due(scene, app, manager):
    block = scene()
    block.bought("5", "2025-11-20")
    ended = []
    for day in (20, 21, 21):
        context = Context(now=datetime(2025, 11, day, 12, tzinfo=UTC))
        with app.work(context) as work:
            ended.append(BLOCK_TICK.due(work) is not None)
        ran = tasks.run_job(app, BLOCK_EXPIRY, date(2025, 11, day), context=context)
        assert ran.status == "succeeded"
    assert ended == [False, True, False]
    rows = manager.get(f"{block.path}/hours?kind=expiry").json["items"]
    assert [(row["hours"], row["block_id"] is not None) for row in rows] == [("-5.00", True)]


DAYS = st.integers(1, 28)
HOURS = st.integers(1, 400).map(lambda cents: D(cents) / 100)
SPAN = st.tuples(DAYS, st.none() | DAYS).map(lambda span: sorted(span) if span[1] else span)
SCOPES = st.sampled_from([(), ("Remote",), ("Onsite",)])
BOUGHT = st.tuples(HOURS, SPAN, SCOPES).map(lambda one: (one[0], *one[1], one[2]))
WORKED = st.tuples(HOURS, DAYS, st.sampled_from(["Remote", "Onsite"]))


@given(st.lists(BOUGHT, max_size=4), st.lists(WORKED, min_size=1, max_size=6), st.integers(0, 3))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_blocks_and_time_draws_as_if_all_were_known_at_once(scene, manager, in_work, bought, worked, gone):
    """Mixes purchases and time, deletes one entry, and compares with drawing the rest in the order of the days."""
    block = scene(total_hours="2")
    entries = []
    for number in range(max(len(bought), len(worked))):
        for hours, first, last, scope in bought[number : number + 1]:
            block.bought(str(hours), last and f"2025-11-{last:02}", bought_on=date(2025, 11, first), scope=scope)
        for hours, day, service in worked[number : number + 1]:
            entries.append((block.log(str(hours), day, service), hours, day, service))
    if gone < len(entries):
        assert manager.delete(block.at(entries.pop(gone)[0])).status_code == 204

    left, pots = D(2), []
    for hours, first, last, scope in bought:
        pots.append([last or 99, first, len(pots), scope, hours])
    pots.sort(key=lambda pot: pot[:3])
    expected = {}
    for entry, hours, day, service in sorted(entries, key=lambda one: one[2]):
        open_hours = min(hours, left)
        left -= open_hours
        for pot in pots:
            last, first, _, scope, free = pot
            taken = min(hours - open_hours, free) if first <= day <= last and service in (scope or [service]) else D(0)
            pot[4], open_hours = free - taken, open_hours + taken
        expected[entry["id"]] = open_hours
    with in_work() as work:
        stored = {str(one.id): one for one in work.session.scalars(select(TimeEntry)) if str(one.id) in expected}
        drawn = ledgers.drawn_by(work, [one.id for one in stored.values()])
        found = {key: one.covered_hours for key, one in stored.items()}
        assert found == expected
        assert {key: sum(drawn[one.id].values(), D(0)) for key, one in stored.items()} == expected
        assert all(one.covered_hours + one.overage_hours == one.billed_hours for one in stored.values())
    assert sum(D(row[2]) for row in block.blocks()) <= sum(pot[4] for pot in pots)


def test_64_at_once_over_included_hours_and_two_blocks(scene, in_work):
    block = scene(total_hours="20")
    block.buy("15", "2030-01-01")
    block.buy("12.5")
    start = Barrier(16)

    def log(number):
        if number < 16:
            start.wait()
        return block.log("1.25", 1 + number * 7 % 28, "Remote")

    names = iter(range(64))
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(log, names))

    with in_work() as work:
        entries = list(
            work.session.scalars(select(TimeEntry).order_by(TimeEntry.worked_on, TimeEntry.created_at, TimeEntry.id))
        )
        drawn = ledgers.drawn_by(work, [entry.id for entry in entries])
    assert len(entries) == 64
    assert sum(entry.covered_hours for entry in entries) == D("47.5")
    assert [entry.covered_hours for entry in entries] == [D("1.25")] * 38 + [0] * 26
    assert [sum(drawn[entry.id].values()) for entry in entries] == [entry.covered_hours for entry in entries]
    assert block.blocks() == [("15.00", "15.00", "0.00", "used"), ("12.50", "12.50", "0.00", "used")]
