"""Any sequence of changes to logged time leaves the splits of a fresh computation, and billing with the same hours."""

import importlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

import agreements.wiring
from agreements.agreement import drafting, grants
from agreements.agreement import ledger as ledgers
from agreements.agreement.commands import Cover, NewAgreement, NewHours
from agreements.work import orders, time_entries
from agreements.work.correcting import TimeChanges
from agreements.work.logging_time import NewTime
from agreements.work.models import TimeEntry
from agreements.work.orders import NewOrder
from common import migrations
from common.app import App
from common.context import Actor, Context
from common.events import Envelope
from common.ids import new_id
from common.messaging.handling import handle
from common.tables import outbox
from common.testing import infra as infrastructure
from common.testing.fixtures import envelope

NOW = datetime(2025, 12, 20, 17, tzinfo=UTC)
ALLOCATED = (Decimal(6), Decimal(3))
TOTAL = Decimal(12)
DAYS = [date(2025, 10, 10), date(2025, 10, 31), date(2025, 11, 1), date(2025, 11, 2), date(2025, 11, 28)]

hours = st.decimals("0.25", "7", places=2)
changes = st.one_of(
    st.tuples(st.just("log"), st.integers(0, 1), hours, st.sampled_from(DAYS)),
    st.tuples(st.just("log"), st.integers(0, 1), hours, st.sampled_from(DAYS)),
    st.tuples(st.just("correct"), st.integers(0, 9), hours, st.sampled_from(DAYS)),
    st.tuples(st.just("delete"), st.integers(0, 9)),
    st.tuples(st.just("add"), st.integers(0, 2), hours),
)


@pytest.fixture
def make_app() -> Callable[[], App]:
    return agreements.wiring.app


@pytest.fixture
def billing(infra: Any, worker_name: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    url = infra.create_database(f"hours_billing_{worker_name}")
    for name, value in infrastructure.environment(infra, "billing", url).items():
        monkeypatch.setenv(name, value)
    app = importlib.import_module("billing.wiring").app()
    migrations.migrate(app)
    yield app
    app.dispose()


@dataclass
class Scene:
    """An agreement with two allocated services. `extra` are the hours added by hand to each account."""

    app: App
    kind: str
    services: list[UUID] = field(default_factory=list)
    extra: dict[UUID | None, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def __post_init__(self) -> None:
        client_id, self.services = new_id(), [new_id(), new_id()]
        client = {"id": client_id, "name": f"Acme {client_id}", "status": "active", "currency": "USD"}
        rows = [
            {"id": one, "service_id": new_id(), "name": f"S {one}", "unit": "Hour", "effective_rate": "100.00"}
            | {"rate_source": "catalog", "included": True, "version": 1}
            for one in self.services
        ]
        self.deliver("clients.client.created.v1", client | {"net_terms": 30, "hourly_rate": None, "version": 1})
        self.deliver("clients.client_service.changed.v1", {"client_id": client_id, "services": rows})
        covered = [
            Cover(client_service_id=one, hours_allocated=hours)
            for one, hours in zip(self.services, ALLOCATED, strict=True)
        ]
        new = NewAgreement(
            client_id=client_id,
            name="Block",
            type=self.kind,
            start_date=date(2025, 10, 1),
            end_date=date(2026, 9, 30),
            total_hours=TOTAL,
            services=covered,
            activate=True,
        )
        with self.work() as work:
            self.agreement_id = drafting.create(work, new).id
            order = NewOrder(client_id=client_id, agreement_id=self.agreement_id, subject="Work")
            self.order_id = orders.create(work, order).id

    def deliver(self, kind: str, data: dict[str, Any]) -> None:
        handle(self.app, [envelope(kind, data)])

    def work(self) -> Any:
        return self.app.work(Context(actor=Actor(str(new_id()), "Manager", "manager"), now=NOW))

    def entries(self) -> list[TimeEntry]:
        live = select(TimeEntry).where(TimeEntry.work_order_id == self.order_id, TimeEntry.deleted_at.is_(None))
        with self.work() as work:
            return list(work.session.scalars(live.order_by(TimeEntry.created_at, TimeEntry.id)))

    def change(self, what: str, *values: Any) -> None:
        if what == "log":
            service, hours, day = values
            new = NewTime(service_id=self.services[service], hours=hours, worked_on=day, technician_name=str(new_id()))
            with self.work() as work:
                time_entries.log(work, self.order_id, new)
        elif what == "add":
            account = (*self.services, None)[values[0]]
            with self.work() as work:
                grants.add_by_hand(work, self.agreement_id, NewHours(hours=values[1], client_service_id=account))
            self.extra[account] += values[1]
        elif live := self.entries():
            entry = live[values[0] % len(live)]
            with self.work() as work:
                if what == "delete":
                    time_entries.delete(work, self.order_id, entry.id)
                else:
                    corrected = TimeChanges(hours=values[1], worked_on=values[2])
                    time_entries.correct(work, self.order_id, entry.id, corrected)

    def period(self, day: date) -> date:
        return day.replace(day=1) if "monthly" in self.kind else date(2025, 10, 1)

    def fresh(self) -> list[tuple[Decimal, Decimal]]:
        """Returns (covered, overage) of the entries in their order, from their hours and the granted ones alone."""
        left: dict[tuple[date, UUID | None], Decimal] = {}
        for day in DAYS:
            granted = zip((*self.services, None), (*ALLOCATED, TOTAL - sum(ALLOCATED)), strict=True)
            left |= {(self.period(day), account): hours for account, hours in granted}
        for account, hours in self.extra.items():
            if self.period(NOW.date()) in {period for period, _ in left}:  # December is no day of work
                left[self.period(NOW.date()), account] += hours
        splits = []
        for entry in sorted(self.entries(), key=lambda one: (one.worked_on, one.created_at, one.id)):
            open_hours = entry.hours
            for account in (entry.client_service_id, None):
                place = self.period(entry.worked_on), account
                drawn = min(open_hours, left[place])
                left[place] -= drawn
                open_hours -= drawn
            splits.append((entry.hours - open_hours, open_hours))
        return splits


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    kind=st.sampled_from(["block_hours_prepaid", "block_hours_monthly"]),
    steps=st.lists(changes, min_size=1, max_size=10),
    seed=st.integers(0, 1000),
)
def test_the_ledger_and_billing_agree_after_any_changes(
    app: App, billing: App, kind: str, steps: list[Any], seed: int
) -> None:
    scene = Scene(app, kind)
    for step in steps:
        scene.change(*step)

    entries = sorted(scene.entries(), key=lambda one: (one.worked_on, one.created_at, one.id))
    assert [(one.covered_hours, one.overage_hours) for one in entries] == scene.fresh()
    with scene.work() as work:
        drawn = ledgers.drawn_by(work, [one.id for one in entries])
    assert [sum(drawn[one.id].values()) for one in entries] == [one.covered_hours for one in entries]

    billed = _billed(app, billing, scene, Random(seed))
    assert billed == {one.id: one.billable_hours for one in entries if one.billable_hours}


def _billed(app: App, billing: App, scene: Scene, random: Random) -> dict[UUID, Decimal]:
    """Delivers the scene's events to billing in any order, each twice. Returns the hours to bill by time entry."""
    with app.database.engine.connect() as connection:
        payloads = connection.scalars(select(outbox.c.payload).where(outbox.c.type.like("agreements.time.%")))
        events = [Envelope.decode(payload.encode()) for payload in payloads]
    mine = [event for event in events if str(event.data["work_order_id"]) == str(scene.order_id)]
    twice = [*mine, *mine]
    random.shuffle(twice)
    for start in range(0, len(twice), 5):
        handle(billing, twice[start : start + 5])
    item = importlib.import_module("billing.item.models").BillableItem
    with billing.work(Context()) as work:
        items = work.session.scalars(select(item).where(item.status == "open")).all()
        return {one.source_id: one.quantity for one in items if one.agreement_id == scene.agreement_id}
