"""A new catalog rate on its way through many cards: in portions, each row once, whatever happens meanwhile."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text

from clients.client import editing as clients
from clients.rate_card import across, catalog_changes, editing, queries
from clients.rate_card.models import CatalogNews, ClientService, RateChange
from common.context import Actor, Context
from common.ids import new_id
from common.messaging.handling import handle
from common.pages import Page
from common.testing.fixtures import envelope
from common.testing.tasks import work_off
from common.ticks import enqueue_due

MANAGER = Actor(str(new_id()), "Test manager", "manager")
OLD, NEW = Decimal("125.00"), Decimal("130.00")


@pytest.fixture
def follower(under_policy) -> Any:
    return under_policy(rate_change_policy="follow")


@pytest.fixture
def remote(catalog_says) -> Any:
    return catalog_says("Remote Support", "125.00")


@pytest.fixture
def some(follower, remote) -> Callable[[int], list[tuple[Any, Any]]]:
    """Makes so many clients; the ids of each and of its row."""

    def make(count: int) -> list[tuple[Any, Any]]:
        with follower.work(Context()) as work:
            for number in range(count):
                clients.create(work, name=f"Client {number:03}")
        with follower.work(Context()) as work:
            rows = work.session.scalars(select(ClientService).order_by(ClientService.client_id))
            return [(row.client_id, row.id) for row in rows]

    return make


@pytest.fixture
def hear(follower, remote) -> Callable[[str, int], None]:
    """The news arrive and go no further yet."""

    def tell(rate: str, version: int) -> None:
        state = {**remote, "default_rate": rate, "version": version}
        handle(follower, [envelope("catalog.service.rate_changed.v1", state)])

    return tell


def drain(service: Any) -> None:
    work_off(service)


def visit(service: Any) -> int | None:
    """Visits one portion of cards."""
    return service.transact(Context(), catalog_changes.visit)


def rates(service: Any) -> list[Decimal]:
    with service.work(Context()) as work:
        return list(work.session.scalars(select(ClientService.default_rate).order_by(ClientService.client_id)))


def moves(service: Any) -> list[tuple[Decimal, Decimal]]:
    with service.work(Context()) as work:
        ordered = select(RateChange).join(ClientService).order_by(ClientService.client_id, RateChange.id)
        changes = work.session.scalars(ordered)
        return [(change.old_rate, change.new_rate) for change in changes]


def told(events: list[Any]) -> list[str]:
    return sorted(row["id"] for event in events for row in event.data["services"])


def at_once(*jobs: Callable[[], Any]) -> None:
    """Runs all of them at the same time; raises what one of them raised."""
    start, failures = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], Any]) -> None:
        start.wait()
        try:
            job()
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def test_a_portion_at_a_time(follower, some, hear, emitted, monkeypatch):
    monkeypatch.setattr(catalog_changes, "PORTION", 4)
    rows, said = some(10), len(emitted())
    hear("130.00", 2)
    assert rates(follower) == [OLD] * 10

    visit(follower)
    assert rates(follower) == [NEW] * 4 + [OLD] * 6
    with follower.work(Context()) as work:
        assert work.session.scalars(select(CatalogNews.visited)).one() == rows[3][0]

    drain(follower)
    assert rates(follower) == [NEW] * 10
    assert moves(follower) == [(OLD, NEW)] * 10
    assert told(emitted()[said:]) == sorted(str(row_id) for _, row_id in rows)
    with follower.work(Context()) as work:
        assert work.session.scalars(select(CatalogNews)).all() == []


def test_a_portion_that_fails_is_repeated_as_a_whole(follower, some, hear, emitted, monkeypatch):
    monkeypatch.setattr(catalog_changes, "PORTION", 4)
    rows, said = some(10), len(emitted())
    hear("130.00", 2)
    visit(follower)
    with monkeypatch.context() as broken:
        broken.setattr(catalog_changes.events, "announce", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            visit(follower)
    assert rates(follower) == [NEW] * 4 + [OLD] * 6

    drain(follower)
    assert moves(follower) == [(OLD, NEW)] * 10
    assert told(emitted()[said:]) == sorted(str(row_id) for _, row_id in rows)


def test_newer_news_begin_the_round_anew(follower, some, hear, monkeypatch):
    monkeypatch.setattr(catalog_changes, "PORTION", 4)
    some(6)
    hear("130.00", 2)
    visit(follower)
    hear("140.00", 3)
    hear("135.00", 2)  # overtaken on its way
    drain(follower)

    newest = Decimal("140.00")
    assert rates(follower) == [newest] * 6
    assert moves(follower) == [(OLD, NEW), (NEW, newest)] * 4 + [(OLD, newest)] * 2


def test_several_workers_visit_each_row_once(follower, some, hear, emitted, monkeypatch):
    monkeypatch.setattr(catalog_changes, "PORTION", 5)
    rows, said = some(60), len(emitted())
    hear("130.00", 2)

    def work() -> None:
        with follower.database.sessions() as session:
            waiting = select(CatalogNews)
            while session.scalar(waiting) is not None:
                visit(follower)
                session.rollback()

    at_once(work, work, work)

    assert moves(follower) == [(OLD, NEW)] * 60
    assert told(emitted()[said:]) == sorted(str(row_id) for _, row_id in rows)


def test_nobody_who_reads_or_works_elsewhere_waits_for_a_portion(follower, some, hear, monkeypatch):
    monkeypatch.setattr(catalog_changes, "PORTION", 3)
    rows = some(6)
    hear("130.00", 2)
    with follower.work(Context()) as holding:
        news = holding.session.scalars(select(CatalogNews).with_for_update()).one()
        catalog_changes._visit_portion(holding, news)
        holding.flush()  # every lock of a portion is held from here on
        with follower.work(Context(actor=MANAGER)) as work:
            work.session.execute(text("SET LOCAL lock_timeout = '500ms'"))
            seen = across.page_of_rows(work, Page())["items"]
            assert [row.default_rate for row in seen] == [OLD] * 6
            assert queries.page_of_services(work, rows[0][0], Page())["total"] == 1
            clients.create(work, name="Made meanwhile")
            client_id, row_id = rows[-1]
            editing.update(work, client_id, row_id, custom_rate=Decimal("99.00"))


def test_rates_agreed_at_the_same_time_are_kept(follower, some, hear, monkeypatch):
    monkeypatch.setattr(catalog_changes, "PORTION", 2)
    rows = some(20)

    def negotiate() -> None:
        for client_id, row_id in reversed(rows):
            with follower.work(Context(actor=MANAGER)) as work:
                editing.update(work, client_id, row_id, custom_rate=Decimal("99.00"))

    def follow() -> None:
        for version in range(2, 6):
            hear(f"{130 + version}.00", version)
            drain(follower)

    at_once(negotiate, follow)

    with follower.work(Context()) as work:
        found = work.session.scalars(select(ClientService)).all()
        assert {(row.custom_rate, row.default_rate) for row in found} == {(Decimal("99.00"), Decimal("135.00"))}
        for row in found:
            steps = work.session.scalars(
                select(RateChange).where(RateChange.client_service_id == row.id).order_by(RateChange.id)
            ).all()
            assert steps[-1].new_rate == Decimal("99.00")
            assert [step.old_rate for step in steps] == [OLD, *(step.new_rate for step in steps[:-1])]


def test_clients_made_meanwhile_have_the_new_rate(follower, some, hear, monkeypatch):
    monkeypatch.setattr(catalog_changes, "PORTION", 2)
    some(10)

    def create() -> None:
        for number in range(10):
            with follower.work(Context()) as work:
                clients.create(work, name=f"Younger {number}")

    def follow() -> None:
        hear("130.00", 2)
        drain(follower)

    at_once(create, follow)

    assert set(rates(follower)) == {NEW}


def test_news_of_a_burst_share_one_task(follower, some, hear, run_tasks):
    some(3)
    for version in range(2, 5):
        hear(f"{130 + version}.00", version)

    assert run_tasks() == 1
    assert rates(follower) == [Decimal("134.00")] * 3
    assert run_tasks() == 0


def test_news_without_a_task_are_found_by_the_tick(follower, some, hear, run_tasks):
    """An earlier release that still runs during an upgrade records news and enqueues nothing."""
    some(3)
    hear("130.00", 2)
    with follower.database.engine.begin() as connection:
        connection.execute(text("TRUNCATE task, procrastinate_jobs CASCADE"))
    assert run_tasks() == 0

    enqueue_due(follower, catalog_changes.CATALOG_TICK)
    assert run_tasks() == 1
    assert rates(follower) == [NEW] * 3
    enqueue_due(follower, catalog_changes.CATALOG_TICK)
    assert run_tasks() == 0
