"""Rate cards at scale: 20,000 clients with 50 services each. Prints figures; asserts results, but no times.

TEST_POSTGRES_URL=… TEST_AMQP_URL=… python tests/load/cards_bench.py [--clients 20000] [--keep] [--plans]

Reads lists over all cards: the first page, a late page, and every filter. Then a catalog rate moves to all
clients; the process is killed halfway and another one continues, during constant reads.
"""

import argparse
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any

from sqlalchemy import event, text

from clients.rate_card import across, catalog_changes
from clients.rate_card.schemas import ACROSS, RATE_REVIEW
from clients.wiring import app as make_app
from common import migrations
from common.app import App
from common.clock import now
from common.context import Actor, Context
from common.ids import new_id
from common.messaging.handling import handle
from common.organisation import stored
from common.organisation.settings import DEFAULTS, FOLLOW
from common.pages import Page
from common.testing import infra as infrastructure
from common.testing.fixtures import envelope

DATABASE = "clients_cards_bench"
RUNS = 30
READER = Actor(str(new_id()), "Reader", "manager")
FAR = 1000
"""The number of the late page."""


def prepared(*, keep: bool) -> App:
    infra = infrastructure.from_environment()
    plain = infra.postgres_url.rsplit("/", 1)[0]
    url = f"{plain}/{DATABASE}" if keep else infra.create_database(DATABASE)
    os.environ.update(infrastructure.environment(infra, "clients", url))
    service = make_app()
    migrations.migrate(service)
    with service.database.sessions.begin() as session:  # the policy that moves clients to a new rate
        stored.write(session, replace(DEFAULTS, rate_change_policy=FOLLOW), 1, now())
    return service


FILL = """
SET LOCAL synchronous_commit = off;
TRUNCATE client, client_service, catalog_service, worked_time, outbox, client_rate_history, catalog_news CASCADE;
INSERT INTO catalog_service (id, sequence, name, description, category, default_rate, currency, unit, status,
                             sort_order, created_at)
SELECT uuid_v7(now() - interval '1 day'), 1, 'Service ' || n, 'As described', 'Category ' || n % 7, 50 + n, 'USD',
       'Hour', 'active', n, now() - interval '1 year'
FROM generate_series(1, :services) n;
INSERT INTO client (id, version, created_at, updated_at, name, name_key, status, currency, net_terms, time_zone, locale,
                    billing_cc_emails, inherits_services)
SELECT uuid_v7(now()), 1, now(), now(), name, lower(name), CASE n % 20 WHEN 0 THEN 'archived' ELSE 'active' END,
       CASE n % 10 WHEN 0 THEN 'KYD' ELSE 'USD' END, 30, 'America/New_York', 'en-US', '{}', true
FROM generate_series(1, :clients) n, LATERAL (SELECT md5(n::text) || ' Client ' || n AS name) named;
INSERT INTO client_service (id, version, created_at, updated_at, client_id, service_id, name, description, category,
                            unit, default_rate, custom_rate, included, is_custom, importance, rate_review, review_rate)
SELECT uuid_v7(now()), 1, now(), now() - random() * interval '300 days', c.id, s.id, s.name, s.description, s.category,
       s.unit, s.default_rate, CASE WHEN dice < 0.1 THEN s.default_rate - 10 + (dice * 200)::int END,
       dice < 0.97, false, 'medium', dice BETWEEN 0.5 AND 0.52,
       CASE WHEN dice BETWEEN 0.5 AND 0.52 THEN s.default_rate + 5 END
FROM (SELECT c.id, s.id AS service_id, random() AS dice FROM client c CROSS JOIN catalog_service s) mixed
JOIN client c ON c.id = mixed.id JOIN catalog_service s ON s.id = mixed.service_id
ORDER BY c.id, s.sort_order;
INSERT INTO client_service (id, version, created_at, updated_at, client_id, name, description, unit, custom_rate,
                            included, is_custom, importance, rate_review)
SELECT uuid_v7(now()), 1, now(), now(), id, 'Executive Support', 'Named engineer', 'Hour', 250,
       true, true, 'high', false
FROM client WHERE name_key ~ '^00';
INSERT INTO worked_time (id, sequence, client_id, client_service_id, worked_on, hours)
SELECT gen_random_uuid(), 1, client_id, id, current_date - (random() * 500)::int, 1 + (random() * 400)::int / 100.0
FROM client_service TABLESAMPLE BERNOULLI (40);
"""


INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'client_service' AND indexname !~ '^pk'
"""
"""Created after the rows, which is many times faster."""


def fill(app: App, clients: int, services: int) -> None:
    started, sizes = perf_counter(), {"clients": clients, "services": services}
    with app.database.engine.begin() as connection:
        indexes = connection.execute(text(INDEXES)).all()
        for name, _ in indexes:
            connection.execute(text(f"DROP INDEX {name}"))
        for statement in [*FILL.split(";")[:-1], *(definition for _, definition in indexes)]:
            connection.execute(text(statement.replace(":", "\\:") if "INDEX" in statement else statement), sizes)
    with app.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
        rows = connection.scalar(text("SELECT count(*) FROM client_service"))
    print(f"{clients:,} clients, {rows:,} client services, filled in {perf_counter() - started:.0f} s")


def timed(app: App, page: Page, read: Callable[..., Any], dump: Any, runs: int = RUNS) -> tuple[list[float], Any]:
    """Returns milliseconds of each run, from opening the transaction to the answer's items; and the last answer."""
    taken = []
    found: Any = None
    for _ in range(runs):
        started = perf_counter()
        with app.work(Context(actor=READER)) as work:
            found = read(work, page)
            dump.dump(found["items"], many=True)
        taken.append((perf_counter() - started) * 1000)
    return taken, found


def lists(app: App, *, plans: bool) -> None:
    with app.work(Context()) as work:
        ids = work.session.execute(text("SELECT client_id, service_id FROM client_service LIMIT 1")).one()
    cases: dict[str, Page] = {
        "all": Page(),
        **{f"sort {name}": Page(sort=f"{sign}{name}") for name in across.SORTS for sign in ("", "-")},
        **{f"badge {badge}": Page(filters={"badge": badge}) for badge in across.BADGES},
        "badge Custom Rate, sort -difference": Page(filters={"badge": "Custom Rate"}, sort="-difference"),
        "badge Custom Rate, sort name": Page(filters={"badge": "Custom Rate"}, sort="name"),
        "service": Page(filters={"service_id": ids.service_id}),
        "service, sort -difference": Page(filters={"service_id": ids.service_id}, sort="-difference"),
        "client": Page(filters={"client_id": ids.client_id}),
        "category": Page(filters={"category": "Category 3"}),
        "not included": Page(filters={"included": False}),
        "currency KYD": Page(filters={"currency": "KYD"}),
        "archived clients": Page(filters={"client_status": "archived"}),
        "q service 17": Page(q="service 17"),
        "q client 1999": Page(q="client 1999"),
        "q executive": Page(q="executive"),
        "q nothing": Page(q="no such thing"),
    }
    print(f"\n{'list':38} {'total':>9} {'p50 ms':>8} {'p99 ms':>8}   page {FAR}: p50, p99 ms")
    for name, page in cases.items():
        _line(app, name, page, across.page_of_rows, ACROSS, plans=plans)
    _line(app, "rate reviews", Page(), across.page_of_reviews, RATE_REVIEW, plans=plans)
    started = perf_counter()
    with app.work(Context(actor=READER)) as work:
        totals = across.review_totals(work, {})
    print(f"totals of {totals['count']:,} rate reviews: {(perf_counter() - started) * 1000:.0f} ms")


def _line(app: App, name: str, page: Page, read: Callable[..., Any], dump: Any, *, plans: bool) -> None:
    taken, found = timed(app, page, read, dump)
    far = _far(app, page, read)
    behind = ""
    if far is not None:
        again, _ = timed(app, far, read, dump)
        behind = f"{median(again):8.1f} {p99(again):8.1f}"
    print(f"{name:38} {found['total']:9,} {median(taken):8.1f} {p99(taken):8.1f}   {behind}", flush=True)
    if plans:
        with explained(app), app.work(Context(actor=READER)) as work:
            read(work, far or page)


def _far(app: App, page: Page, read: Callable[..., Any]) -> Page | None:
    """Returns a late page of the list, or None if the list is too short."""
    with app.work(Context(actor=READER)) as work:
        cursor = read(work, replace(page, size=FAR * page.size))["next_cursor"]
    return replace(page, cursor=cursor) if cursor else None


@contextmanager
def explained(app: App) -> Iterator[None]:
    """Prints the plan of each SELECT on rate cards in the block."""

    def seen(connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        if statement.startswith("SELECT") and "client_service" in statement:
            with connection.connection.driver_connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + statement, parameters)
                print("\n".join("    " + row[0][:170] for row in cursor.fetchall() if "Planning" not in row[0]))

    event.listen(app.database.engine, "before_cursor_execute", seen)
    try:
        yield
    finally:
        event.remove(app.database.engine, "before_cursor_execute", seen)


def follow(app: App) -> None:
    """Changes a service's rate on every card: one process is killed halfway, a second one finishes."""
    with app.work(Context()) as work:
        state = dict(
            work.session.execute(text("SELECT * FROM catalog_service ORDER BY sort_order LIMIT 1")).mappings().one()
        )
        affected = work.session.scalar(text("SELECT count(*) FROM client_service WHERE service_id = :id"), state)
        work.session.execute(text("TRUNCATE outbox, client_rate_history"))
    state |= {
        "default_unit": state["unit"],
        "default_rate": str(state["default_rate"] + 7),
        "version": state["sequence"] + 1,
    }
    state |= {"created_at": state["created_at"].isoformat(), "prices": []}
    reading = Reading(app, state["id"])
    with reading:
        started = perf_counter()
        handle(app, [envelope("catalog.service.rate_changed.v1", {**state, "id": str(state["id"])})])
        heard = perf_counter() - started
        first = visitor()
        _wait_until(app, lambda count: count >= affected // 2, state)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        half = _moved(app, state)
        second = visitor()
        assert second.wait() == 0
        seconds = perf_counter() - started
    with app.work(Context()) as work:
        moved = _moved(app, state)
        expected = work.session.scalar(
            text("SELECT count(*) FROM client_service WHERE service_id = :id AND included AND custom_rate IS NULL"),
            state,
        )
        remembered = work.session.execute(
            text("SELECT count(*), count(DISTINCT client_service_id) FROM client_rate_history")
        )
        said = work.session.execute(text("SELECT count(*), count(DISTINCT payload::json->>'subject') FROM outbox"))
        (histories, of_rows), (events, of_clients) = remembered.one(), said.one()
    assert (moved, histories, of_rows) == (affected, expected, expected), (
        moved,
        affected,
        histories,
        of_rows,
        expected,
    )
    assert (events, of_clients) == (affected, affected), (events, of_clients)
    print(
        f"\nfollowing a new rate to {affected:,} clients: {seconds:.1f} s with a kill -9 after {half:,} and a new start"
    )
    print(
        f"  the catalog's event itself was handled in {heard * 1000:.0f} ms; each row moved, remembered and told once"
    )
    print(
        f"  {len(reading.taken):,} reads meanwhile: p50 {median(reading.taken):.1f}, p99 {p99(reading.taken):.1f},"
        f" longest {max(reading.taken):.1f} ms"
    )


class Reading:
    """Reads the changing rows all the time."""

    def __init__(self, app: App, service_id: Any) -> None:
        self._service, self._page = app, Page(filters={"service_id": service_id})
        self.taken: list[float] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> "Reading":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _read(self) -> None:
        while not self._over.is_set():
            taken, _ = timed(self._service, self._page, across.page_of_rows, ACROSS, runs=1)
            self.taken += taken
            sleep(0.05)


def visitor() -> subprocess.Popen[bytes]:
    """Starts a process that runs the worker's loop until nothing is left."""
    return subprocess.Popen([sys.executable, __file__, "--visit"])


def visit() -> None:
    service = make_app()
    while catalog_changes.visit(service):
        pass


def _moved(app: App, state: dict[str, Any]) -> int:
    with app.work(Context()) as work:
        statement = text("SELECT count(*) FROM client_service WHERE service_id = :id AND default_rate = :rate")
        return int(work.session.scalar(statement, {"id": state["id"], "rate": state["default_rate"]}) or 0)


def _wait_until(app: App, reached: Callable[[int], bool], state: dict[str, Any]) -> None:
    while not reached(_moved(app, state)):
        sleep(0.05)


def p99(values: list[float]) -> float:
    return quantiles(values, n=100)[98] if len(values) > 1 else values[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=20_000)
    parser.add_argument("--services", type=int, default=50)
    parser.add_argument("--keep", action="store_true", help="take the database as the last run left it")
    parser.add_argument("--only", choices=("fill", "lists", "follow"))
    parser.add_argument("--plans", action="store_true", help="print the plan of every list")
    parser.add_argument("--visit", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.visit:
        visit()
        return
    service = prepared(keep=asked.keep)
    if not asked.keep:
        fill(service, asked.clients, asked.services)
    if asked.only in (None, "lists"):
        lists(service, plans=asked.plans)
    if asked.only in (None, "follow"):
        follow(service)


if __name__ == "__main__":
    main()
