"""Every replica ends up equal to its source, field by field, in every service.

Several threads make thousands of random changes while events are republished, delivered twice and late, and the
broker is killed. Then one consumer loses its replicas while it keeps answering.
"""

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from importlib import import_module
from pathlib import Path

import pytest
from copies import COPIES, ELSEWHERE, OWNERS, Everybody
from random_changes import Office, Shared
from sqlalchemy import text

from common.context import Context
from common.replicas import Replica
from gateway.user import accounts
from local.api import Api
from local.importer.waiting import until
from local.system import System
from local.testing import new_tag

pytestmark = pytest.mark.runs_alone

WORKERS = 4


@pytest.fixture(scope="module")
def everybody(system: System) -> Iterator[Everybody]:
    """Returns the services of the running system on its databases."""
    before = dict(os.environ)
    os.environ.update(system.env)
    names = (*OWNERS, "notifications")
    services = {name: import_module(f"{name}.wiring").app() for name in names}
    yield Everybody(services)
    for service in services.values():
        service.dispose()
    os.environ.clear()
    os.environ.update(before)


def say_again(system: System, name: str) -> None:
    """Republishes, as an operator does."""
    command = [str(Path(sys.executable).parent / name), "republish"]
    subprocess.run(command, env={**os.environ, **system.env}, check=True, capture_output=True)


def tell_twice_and_late(everybody: Everybody, name: str) -> None:
    """Delivers some events twice, and some old events late."""
    old = "SELECT type, payload FROM outbox WHERE published_at IS NOT NULL ORDER BY random() LIMIT 400"
    late = f"""
        INSERT INTO outbox (event_id, type, payload)
        SELECT fresh.id, old.type, jsonb_set(old.payload::jsonb, '{{id}}', to_jsonb(fresh.id::text))::text
        FROM ({old}) AS old, LATERAL (SELECT gen_random_uuid() AS id WHERE old.payload IS NOT NULL) AS fresh"""
    twice = """
        UPDATE outbox SET published_at = NULL WHERE id IN (
            SELECT id FROM outbox WHERE published_at IS NOT NULL ORDER BY random() LIMIT 400)"""
    with everybody.services[name].database.engine.begin() as connection:
        for statement in (late, twice, "NOTIFY outbox"):
            connection.execute(text(statement))


@pytest.fixture(scope="module")
def shared(everybody: Everybody) -> Shared:
    tag = new_tag()
    made = Shared(tag)
    with everybody.services["gateway"].work(Context()) as work:
        for n in range(6):
            values = {"name": f"Technician {n}", "role": "technician", "password_hash": "nobody signs in with this"}
            made.users.append(accounts.create(work, email=f"replica{n}-{tag}@evergreen.example", **values).id)
    return made


def settled(everybody: Everybody) -> list[str]:
    """Returns the differences after all events are handled, or after 90 seconds."""
    until(lambda: not unpublished(everybody), seconds=90)
    equal = until(lambda: not everybody.differences(), seconds=90, step=2)
    return [] if equal else everybody.differences()


def unpublished(everybody: Everybody) -> int:
    waiting = 0
    for service in everybody.services.values():
        with service.database.engine.connect() as connection:
            waiting += connection.scalar(text("SELECT count(*) FROM outbox WHERE published_at IS NULL"))
    return waiting


def test_every_copy_is_compared(everybody: Everybody):
    kept = {
        (name, mapper.local_table.name)
        for name, service in everybody.services.items()
        for mapper in service.base.registry.mappers
        if issubclass(mapper.class_, Replica)
    }

    assert kept == set(COPIES) | ELSEWHERE.keys()


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("changes", [1_000, pytest.param(10_000, marks=pytest.mark.weekly)])
def test_copies_are_equal_after_many_changes_and_all_that_may_happen(
    system: System, everybody: Everybody, shared: Shared, changes: int
):
    offices = [Office(everybody, changes + worker, shared) for worker in range(WORKERS)]

    over = threading.Event()

    def happened(share: float) -> None:
        target = int(changes * share)
        while sum(office.done for office in offices) < target and not over.is_set():
            shared.done.acquire(timeout=1)

    def broker_dies() -> None:
        system.kill("rabbitmq")
        happened(0.6)
        system.start_one("rabbitmq")

    def trouble() -> None:
        for share, event in (
            (0.2, lambda: say_again(system, "clients")),
            (0.35, lambda: [tell_twice_and_late(everybody, name) for name in ("catalog", "clients")]),
            (0.5, broker_dies),
            (0.7, lambda: say_again(system, "catalog")),
            (0.85, lambda: [tell_twice_and_late(everybody, name) for name in ("catalog", "clients")]),
        ):
            happened(share)
            event()

    with ThreadPoolExecutor(WORKERS + 1) as pool:
        troubles = pool.submit(trouble)
        working = [pool.submit(office.work, changes // WORKERS) for office in offices]
        wait(working)
        over.set()
        troubles.result()
        for one in working:
            one.result()

    assert sum(office.done for office in offices) >= changes // WORKERS * WORKERS
    assert settled(everybody)[:10] == []


@pytest.mark.parametrize("name", ["billing", "agreements"])
def test_a_consumer_that_lost_its_copies_gets_them_again_while_it_serves(
    system: System, everybody: Everybody, shared: Shared, admin: Api, name: str
):
    paths = {"billing": ("/invoices", "/payments"), "agreements": ("/agreements", "/work-orders")}[name]
    tables = [table for owner, table in COPIES if owner == name]
    stopped, answers = threading.Event(), Counter()

    def ask() -> None:
        while not stopped.wait(0.05):
            for path in paths:
                answers[admin.raw("GET", path).status] += 1

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask)
        try:
            with everybody.services[name].database.engine.begin() as connection:
                connection.execute(text("TRUNCATE " + ", ".join(f'"{table}"' for table in (*tables, "successor"))))
            assert everybody.differences() != []
            for owner in OWNERS:
                if owner != name:
                    say_again(system, owner)
            left = settled(everybody)
        finally:
            stopped.set()
        asking.result()

    assert left[:10] == []
    assert set(answers) == {200}
