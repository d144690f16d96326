"""Many rates changed at once: shown first, then each row for itself, and none of them twice."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from clients.bulk_change import performing, planning, queries, running
from clients.bulk_change.models import BulkChange
from clients.bulk_change.planning import Change
from clients.client import editing as clients
from clients.rate_card import editing
from clients.rate_card.models import ClientService, RateChange
from clients.scheduled_rate.models import ScheduledRate
from common.context import Actor, Context, Idempotency
from common.errors import Conflict
from common.ids import new_id
from common.tasks.declaring import Interrupted
from common.tasks.execution import Execution
from common.testing.tasks import work_off

MANAGER = Actor(str(new_id()), "Test manager", "manager")


@pytest.fixture
def rows(in_work, catalog_says) -> dict[str, Any]:
    """Rows by client: on the default rate, on 100.00, without the service, and a custom service."""
    catalog_says("Remote Support", "125.00")
    found = {}
    with in_work() as work:
        for name in ("default", "custom", "excluded", "own"):
            client = clients.create(work, name=name)
            row = work.session.scalars(select(ClientService).where(ClientService.client_id == client.id)).one()
            found[name] = row.id
            if name == "custom":
                editing.update(work, client.id, row.id, custom_rate=Decimal("100.00"))
            if name in ("excluded", "own"):
                editing.remove(work, client.id, row.id)
            if name == "own":
                found[name] = editing.add_custom(work, client.id, name="Executive", rate=Decimal("250.00")).id
    return found


def change(kind: str, value: str | None = None, **more: Any) -> Change:
    amount = None if value is None else Decimal(value)
    return Change(kind, amount, asked={"kind": kind, "value": value}, **more)


@pytest.fixture
def run(app, monkeypatch) -> Any:
    monkeypatch.setattr("common.tasks.waiting.rest", lambda app, _: work_off(app))

    def send(wanted: Change, *, dry_run: bool = False, context: Context | None = None, **chosen: Any) -> dict[str, Any]:
        return running.run(app, context or Context(actor=MANAGER), wanted, dry_run=dry_run, **chosen).result

    return send


def rates(in_work, rows) -> dict[str, str]:
    with in_work() as work:
        return {name: str(work.session.get(ClientService, key).effective_rate) for name, key in rows.items()}


def told(answer: dict[str, Any]) -> dict[str, tuple[str, str, str]]:
    return {row.client_name: (str(row.before), str(row.after), row.status) for row in answer["results"]}


def test_a_preview_shows_all_and_changes_nothing(run, in_work, rows, emitted):
    before, said = rates(in_work, rows), len(emitted())

    answer = run(change("percent", "10", step=Decimal(1)), dry_run=True, ids=list(rows.values()))

    assert told(answer) == {
        "default": ("125.00", "138.00", "pending"),
        "custom": ("100.00", "110.00", "pending"),
        "excluded": ("None", "None", "skipped"),
        "own": ("250.00", "275.00", "pending"),
    }
    assert (answer["id"], answer["dry_run"], answer["pending"]) == (None, True, 3)
    assert rates(in_work, rows) == before
    assert len(emitted()) == said
    with in_work() as work:
        assert work.session.scalars(select(BulkChange)).all() == []


def test_each_row_is_changed_remembered_and_announced(run, in_work, rows, emitted):
    said = len(emitted())

    answer = run(change("percent", "-10"), ids=list(rows.values()))

    assert (answer["succeeded"], answer["skipped"], answer["failed"], answer["status"]) == (3, 1, 0, "finished")
    assert rates(in_work, rows) == {"default": "112.50", "custom": "90.00", "excluded": "None", "own": "225.00"}
    with in_work() as work:
        found = work.session.scalars(select(RateChange).where(RateChange.reason.is_not(None))).all()
        assert {(c.changed_by_name, c.reason) for c in found} == {("Test manager", "Bulk change: -10%")}
        assert len(found) == 3
    assert sum(len(event.data["services"]) for event in emitted()[said:]) == 3


def test_wrong_rows_fail_alone(run, in_work, rows):
    stranger = new_id()

    answer = run(change("amount", "-110"), ids=[*rows.values(), stranger])

    assert [(row.status, row.error) for row in answer["results"]] == [
        ("succeeded", None),
        ("failed", "The new rate would be -10.00. A rate can't be negative."),
        ("skipped", "Not included on the rate card."),
        ("succeeded", None),
        ("failed", "Service not found on any rate card."),
    ]
    assert rates(in_work, rows)["default"] == "15.00"


def test_back_to_default_and_on_to_the_catalog(run, in_work, rows, catalog_says):
    with in_work() as work:
        service_id = work.session.get(ClientService, rows["default"]).service_id
    known = {"id": str(service_id), "version": 1, "name": "Remote Support", "description": "", "category": None}
    known |= {"default_unit": "Hour", "currency": "USD", "status": "active", "created_at": "2026-01-01T00:00:00Z"}
    catalog_says(of=known, event="rate_changed", default_rate="130.00")

    reset = run(change("reset"), ids=[rows["custom"], rows["own"], rows["default"]])
    assert [row.status for row in reset["results"]] == ["succeeded", "failed", "skipped"]
    assert rates(in_work, rows)["custom"] == "125.00"

    run(change("follow_catalog"), ids=[rows["custom"], rows["default"]])
    assert rates(in_work, rows)["custom"] == rates(in_work, rows)["default"] == "130.00"
    with in_work() as work:
        row = work.session.get(ClientService, rows["custom"])
        assert (row.badge, row.rate_review, row.default_rate) == ("Default Rate", False, Decimal("130.00"))


def test_a_filter_names_how_many_are_expected(run, in_work, rows):
    before = rates(in_work, rows)
    with pytest.raises(Conflict, match="You confirmed 2 rows, but 1 match"):
        run(change("percent", "5"), filters={"badge": "Custom Rate"}, expected_count=2)
    assert rates(in_work, rows) == before

    answer = run(change("percent", "5"), filters={"badge": "Custom Rate"}, expected_count=1)
    assert told(answer) == {"custom": ("100.00", "105.00", "succeeded")}


def test_a_later_day_schedules_instead(run, in_work, rows):
    with in_work() as work:
        day = work.today.replace(year=work.today.year + 1)

    answer = run(change("percent", "10", valid_from=day, reason="Yearly"), ids=[rows["default"], rows["own"]])

    assert answer["succeeded"] == 2
    assert rates(in_work, rows)["default"] == "125.00"
    with in_work() as work:
        found = work.session.scalars(select(ScheduledRate).order_by(ScheduledRate.custom_rate)).all()
        assert [(str(rate.custom_rate), rate.valid_from, rate.reason) for rate in found] == [
            ("137.50", day, "Yearly"),
            ("275.00", day, "Yearly"),
        ]
        assert work.session.get(ClientService, rows["default"]).next_rate_from == day


def test_a_request_repeated_with_its_key_raises_nothing_twice(run, in_work, rows):
    context = Context(actor=MANAGER, idempotency=Idempotency("once", "bulkChange", "same"))

    first = run(change("percent", "10"), ids=list(rows.values()), context=context)
    again = run(change("percent", "10"), ids=list(rows.values()), context=context)

    assert first["id"] == again["id"]
    assert told(first) == told(again)
    assert rates(in_work, rows)["default"] == "137.50"


def test_what_a_stopped_worker_left_is_carried_on(app, in_work, rows, run_tasks, monkeypatch):
    """The change was partly done; another attempt does the rest, once."""
    monkeypatch.setattr(performing, "PORTION", 1)
    with app.work(Context(actor=MANAGER)) as work:
        wanted = change("percent", "10")
        made = performing.begin(work, wanted, running.plan(work, wanted, ids=list(rows.values())))[0].id
    advance, calls = Execution.advance, []

    def interrupted_once(execution, work, done, part=None):
        calls.append(done)
        if len(calls) == 2:
            raise Interrupted
        advance(execution, work, done, part)

    monkeypatch.setattr(Execution, "advance", interrupted_once)

    assert run_tasks() == 2

    assert rates(in_work, rows) == {"default": "137.50", "custom": "110.00", "excluded": "None", "own": "275.00"}
    with in_work() as work:
        assert work.session.get(BulkChange, made).status == "finished"
        assert len(work.session.scalars(select(RateChange).where(RateChange.reason.is_not(None))).all()) == 3


def test_a_row_changed_since_it_was_shown_is_left_alone(app, in_work, rows, run_tasks):
    with app.work(Context(actor=MANAGER)) as work:
        wanted = change("percent", "10")
        made = performing.begin(work, wanted, running.plan(work, wanted, ids=list(rows.values())))[0].id
    with in_work() as work:
        row = work.session.get(ClientService, rows["custom"])
        editing.update(work, row.client_id, row.id, custom_rate=Decimal("99.00"))

    run_tasks()

    assert rates(in_work, rows) == {"default": "137.50", "custom": "99.00", "excluded": "None", "own": "275.00"}
    with in_work() as work:
        errors = [row.error for row in queries.rows_of(work, made) if row.status == "failed"]
    assert errors == [performing.STALE]


def test_several_at_once_do_each_row_once(app, in_work, catalog_says, run_tasks, monkeypatch):
    monkeypatch.setattr(performing, "PORTION", 7)
    catalog_says("Remote Support", "100.00")
    with in_work() as work:
        for number in range(60):
            clients.create(work, name=f"Client {number}")
    wanted = change("percent", "10")
    with app.work(Context(actor=MANAGER)) as work:
        performing.begin(work, wanted, running.plan(work, wanted, filters={}))
    start, failures = threading.Barrier(4), []

    def perform() -> None:
        start.wait()
        try:
            run_tasks()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=perform) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    with in_work() as work:
        assert set(work.session.scalars(select(ClientService.custom_rate))) == {Decimal("110.00")}
        assert len(work.session.scalars(select(RateChange.id)).all()) == 60


def test_no_rate_grows_beyond_what_can_be_written(run, in_work, rows):
    most = change("set", "9999999999999.99")
    assert told(run(most, ids=[rows["custom"]]))["custom"][1:] == ("9999999999999.99", "succeeded")

    (row,) = run(change("percent", "10"), ids=[rows["custom"]])["results"]

    assert (row.status, row.after) == ("failed", None)
    assert rates(in_work, {"custom": rows["custom"]}) == {"custom": "9999999999999.99"}


def test_an_amount_meant_in_another_currency_is_not_taken(app, run, in_work, rows, run_tasks):
    with in_work() as work:
        client_id = work.session.get(ClientService, rows["custom"]).client_id
        planned = planning.plan(work, change("set", "80"), ids=[rows["custom"]])
        begun = performing.begin(work, change("set", "80"), planned)[0].id
        clients.update(work, client_id, currency="KYD")

    run_tasks()

    with in_work() as work:
        (row,) = queries.rows_of(work, begun)
        assert (row.status, row.error) == ("failed", performing.STALE)
    assert rates(in_work, {"custom": rows["custom"]}) == {"custom": "100.00"}
