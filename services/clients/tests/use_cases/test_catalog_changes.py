"""What a new catalog rate does to clients, under either policy."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from clients.bulk_change import running
from clients.bulk_change.planning import ACCEPT, DECLINE, Change
from clients.client import editing as clients
from clients.rate_card import editing
from clients.rate_card.models import ClientService, RateChange
from common.context import Actor, Context
from common.ids import new_id
from common.testing.tasks import work_off


@pytest.fixture
def remote(catalog_says) -> Any:
    return catalog_says("Remote Support", "125.00")


@pytest.fixture
def decide(app, monkeypatch) -> Any:
    """`decide(ACCEPT, [row ids])` as a manager."""
    monkeypatch.setattr("common.tasks.waiting.rest", lambda app, _: work_off(app))

    def send(kind: str, ids: list[Any]) -> dict[str, Any]:
        actor = Actor(str(new_id()), "Test manager", "manager")
        return running.run(app, Context(actor=actor), Change(kind, asked={"kind": kind}), dry_run=False, ids=ids).result

    return send


@pytest.fixture
def cards(in_work, remote) -> dict[str, Any]:
    """Three clients: on the default rate, on a negotiated one, without the service; their rows' ids."""
    rows = {}
    with in_work() as work:
        for name in ("default", "custom", "excluded"):
            client = clients.create(work, name=name)
            row = work.session.scalars(select(ClientService).where(ClientService.client_id == client.id)).one()
            rows[name] = row.id
            if name == "custom":
                editing.update(work, client.id, row.id, custom_rate=Decimal("110.00"))
            if name == "excluded":
                editing.remove(work, client.id, row.id)
    return rows


def row_of(work, row_id) -> ClientService:
    return work.session.get(ClientService, row_id)


def test_review_reprices_nobody_and_flags_who_is_on_the_default_rate(in_work, catalog_says, remote, cards, emitted):
    said = len(emitted())
    catalog_says(of=remote, event="rate_changed", default_rate="130.00", old_rate="125.00")

    with in_work() as work:
        flagged = row_of(work, cards["default"])
        assert (flagged.rate_review, flagged.review_rate) == (True, Decimal("130.00"))
        assert (flagged.default_rate, flagged.effective_rate) == (Decimal("125.00"), Decimal("125.00"))
        assert not row_of(work, cards["custom"]).rate_review
        assert not row_of(work, cards["excluded"]).rate_review
    assert len(emitted()) == said


def test_accepting_moves_the_rate_remembers_it_and_tells(in_work, catalog_says, remote, cards, emitted, decide):
    catalog_says(of=remote, event="rate_changed", default_rate="130.00")
    stranger = new_id()

    answer = decide(ACCEPT, [cards["default"], cards["custom"], stranger])

    assert [result.status for result in answer["results"]] == ["succeeded", "skipped", "failed"]
    assert (answer["succeeded"], answer["skipped"], answer["failed"]) == (1, 1, 1)
    with in_work() as work:
        row = row_of(work, cards["default"])
        assert (row.effective_rate, row.rate_review) == (Decimal("130.00"), False)
        (change,) = work.session.scalars(select(RateChange).where(RateChange.client_service_id == row.id))
        assert (change.old_rate, change.new_rate) == (Decimal("125.00"), Decimal("130.00"))
        assert (change.changed_by_name, change.reason) == ("Test manager", "Rate review accepted")
    (said,) = emitted("clients.client_service.changed.v1")[-1].data["services"]
    assert said["effective_rate"] == "130.00"
    assert said["version"] == row.version


def test_a_declined_rate_is_not_asked_about_again_but_the_next_is(in_work, catalog_says, remote, cards, decide):
    second = catalog_says(of=remote, event="rate_changed", default_rate="130.00")
    decide(DECLINE, [cards["default"]])

    third = catalog_says(of=second, event="changed", description="Reworded")
    with in_work() as work:
        assert not row_of(work, cards["default"]).rate_review
        assert row_of(work, cards["default"]).effective_rate == Decimal("125.00")

    catalog_says(of=third, event="rate_changed", default_rate="140.00")
    with in_work() as work:
        assert row_of(work, cards["default"]).review_rate == Decimal("140.00")


def test_a_rate_that_came_back_needs_no_review(in_work, catalog_says, remote, cards):
    second = catalog_says(of=remote, event="rate_changed", default_rate="130.00")
    catalog_says(of=second, event="rate_changed", default_rate="125.00")

    with in_work() as work:
        assert not row_of(work, cards["default"]).rate_review


def test_going_back_to_the_default_asks_when_the_catalog_has_moved_on(in_work, catalog_says, remote, cards):
    catalog_says(of=remote, event="rate_changed", default_rate="130.00")
    with in_work() as work:
        row = row_of(work, cards["custom"])
        editing.update(work, row.client_id, row.id, custom_rate=None)
    with in_work() as work:
        row = row_of(work, cards["custom"])
        assert (row.effective_rate, row.rate_review) == (Decimal("125.00"), True)


def test_a_negotiated_rate_settles_the_review(in_work, catalog_says, remote, cards):
    catalog_says(of=remote, event="rate_changed", default_rate="130.00")
    with in_work() as work:
        row = row_of(work, cards["default"])
        editing.update(work, row.client_id, row.id, custom_rate=Decimal("0.00"))
    with in_work() as work:
        row = row_of(work, cards["default"])
        assert (row.effective_rate, row.rate_source, row.rate_review) == (Decimal(0), "client", False)


def test_chosen_anew_a_service_comes_at_the_present_rate(in_work, catalog_says, remote, cards):
    catalog_says(of=remote, event="rate_changed", default_rate="130.00")
    with in_work() as work:
        row = row_of(work, cards["excluded"])
        editing.update(work, row.client_id, row.id, included=True)
    with in_work() as work:
        assert row_of(work, cards["excluded"]).effective_rate == Decimal("130.00")


def test_follow_moves_everybody_at_once_but_the_negotiated(under_policy, catalog_says, remote, cards, emitted):
    service = under_policy(rate_change_policy="follow")
    before = len(emitted())
    catalog_says(of=remote, event="rate_changed", default_rate="130.00", to=service)

    with service.work(Context()) as work:
        rates = {name: row_of(work, row_id).effective_rate for name, row_id in cards.items()}
        history = work.session.scalars(select(RateChange).where(RateChange.new_rate == Decimal("130.00"))).all()
    assert rates == {"default": Decimal("130.00"), "custom": Decimal("110.00"), "excluded": None}
    assert [change.client_service_id for change in history] == [cards["default"]]
    rows = [row for event in emitted()[before:] for row in event.data["services"]]
    assert {row["default_rate"] for row in rows} == {"130.00"}
    assert len(rows) == 3


def test_a_card_copied_from_a_stale_replica_is_put_right_without_review(in_work, run_tasks, remote, deliver, emitted):
    """The rate was changed, then the client was made, then the news arrived: the client never saw the old rate."""
    changed = new_id()
    with in_work() as work:
        client_id = clients.create(work, name="Acme Corp").id
    state = {**remote, "default_rate": "130.00", "version": 2}

    deliver("catalog.service.rate_changed.v1", state, event_id=changed)
    run_tasks()

    with in_work() as work:
        row = work.session.scalars(select(ClientService).where(ClientService.client_id == client_id)).one()
        assert (row.effective_rate, row.rate_review) == (Decimal("130.00"), False)
    assert emitted("clients.client_service.changed.v1")[-1].data["services"][0]["default_rate"] == "130.00"
