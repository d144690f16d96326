"""The system loses and duplicates nothing while parts of it die, and recovers by itself."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest

from local.api import Api
from local.importer.waiting import until
from local.names import SERVICES
from local.system import System

pytestmark = pytest.mark.runs_alone


def rows(system: System, service: str, query: str, *values: Any) -> list[Any]:
    url = system.env[f"{service.upper()}_DATABASE_URL"].replace("+psycopg", "")
    with psycopg.connect(url) as connection:
        return connection.execute(query, values).fetchall()


def unpublished(system: System) -> int:
    return sum(rows(system, s, "SELECT count(*) FROM outbox WHERE published_at IS NULL")[0][0] for s in SERVICES)


PAUSE = 0.15
"""Seconds between a thread's requests, like a busy MSP; each new client causes events for a whole card."""


class Load:
    """Creates clients until stopped; records every answer."""

    def __init__(self, api: Api, prefix: str) -> None:
        self._api, self._prefix, self._stop = api, prefix, threading.Event()
        self.statuses: Counter[int] = Counter()
        self.created: list[str] = []
        self._threads = [threading.Thread(target=self._run, args=(number,)) for number in range(3)]

    def _run(self, number: int) -> None:
        count = 0
        while not self._stop.wait(PAUSE):
            count += 1
            answer = self._api.raw("POST", "/clients", {"name": f"{self._prefix} {number}-{count}"})
            self.statuses[answer.status] += 1
            if answer.status == 201:
                self.created.append(answer.json()["id"])

    def __enter__(self) -> "Load":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


def grows(items: list[str], by: int) -> Callable[[], bool]:
    target = len(items) + by
    return lambda: len(items) >= target


def test_the_broker_dies_three_times_under_load(system, admin, tag):
    with Load(admin, f"Broken Broker {tag}") as load:
        for _ in range(3):
            assert until(grows(load.created, 10), seconds=60)
            system.kill("rabbitmq")
            assert until(grows(load.created, 10), seconds=60), "the API stopped answering without a broker"
            system.start_one("rabbitmq")

    assert set(load.statuses) == {201}, load.statuses
    assert until(lambda: unpublished(system) == 0, seconds=30)
    for service in ("billing", "agreements", "notifications"):
        assert until(lambda s=service: everyone_is_there(system, s, load.created), seconds=60), service
    assert handled_once(system, load.created)


def everyone_is_there(system: System, service: str, ids: list[str]) -> bool:
    found = rows(system, service, "SELECT count(*) FROM client WHERE id = ANY(%s::uuid[])", ids)
    return found[0][0] == len(ids)


def handled_once(system: System, ids: list[str]) -> bool:
    """Returns True if the audit log has one row for each created client."""
    query = "SELECT count(*) FROM audit_entry WHERE type = 'clients.client.created.v1' AND subject = ANY(%s)"

    def counted() -> bool:
        (total,) = rows(system, "gateway", query, ids)[0]
        assert total <= len(ids)
        return bool(total == len(ids))

    return bool(until(counted, seconds=60))


def test_the_database_dies_and_comes_back(system, admin, tag):
    processes = {name: system.pid(name) for s in SERVICES for name in (f"{s}-api", f"{s}-worker")}
    system.kill("postgres")
    down = admin.raw("GET", "/clients")
    assert down.status == 503
    assert int(down.headers["Retry-After"]) > 0
    assert down.headers["Content-Type"].startswith("application/problem+json")

    system.start_one("postgres")
    started = time.monotonic()
    assert until(lambda: admin.raw("GET", "/clients").status == 200, seconds=10)
    assert until(lambda: all(ready(system, name) for name in processes), seconds=10 - (time.monotonic() - started))

    assert {name: system.pid(name) for name in processes} == processes, "a process had to be restarted"
    client = admin.post("/clients", {"name": f"After the Crash {tag}"})
    assert until(lambda: admin.get("/audit-log", subject=client["id"])["items"], seconds=20)


def ready(system: System, name: str) -> bool:
    service, kind = name.rsplit("-", 1)
    port = system.env[f"{service.upper()}_{'WORKER_' if kind == 'worker' else ''}PORT"]
    return Api(f"http://127.0.0.1:{port}")._pool.request("GET", f"http://127.0.0.1:{port}/readyz").status == 200


def test_a_dead_service_takes_nobody_with_it(system, admin):
    system.kill("billing-api")
    try:
        answers = [admin.raw("GET", "/invoices") for _ in range(8)]
        assert {answer.status for answer in answers} == {503}
        assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)
        assert admin.raw("GET", "/clients").status == 200
        assert "billing" in admin.get("/dashboard")["unavailable"]
    finally:
        system.start_one("billing-api")
    assert until(lambda: admin.raw("GET", "/invoices").status == 200, seconds=20)


def test_a_worker_killed_amid_its_work_loses_and_doubles_nothing(system, admin, tag):
    with Load(admin, f"Killed Worker {tag}") as load:
        for name in ("clients-worker", "billing-worker", "gateway-worker"):
            assert until(grows(load.created, 10), seconds=60)
            system.kill(name)
            assert until(grows(load.created, 10), seconds=60)
            system.start_one(name)

    assert set(load.statuses) == {201}
    assert until(lambda: unpublished(system) == 0, seconds=30)
    assert until(lambda: everyone_is_there(system, "billing", load.created), seconds=60)
    assert handled_once(system, load.created)


def test_fifty_parallel_payments_with_one_key_are_one_payment(admin, tag):
    client = admin.post("/clients", {"name": f"Impatient Payer {tag}"})
    body = {"client_id": client["id"], "amount": "25.00", "method": "check", "received_on": "2025-11-03"}
    with ThreadPoolExecutor(50) as pool:
        answers = list(
            pool.map(lambda _: admin.raw("POST", "/payments", body, {"Idempotency-Key": f"impatient {tag}"}), range(50))
        )

    made = [answer.json()["id"] for answer in answers if answer.status == 201]
    assert len(set(made)) == 1
    assert {answer.status for answer in answers} <= {201, 503}
    assert len(list(admin.items("/payments", client_id=client["id"]))) == 1


def test_three_invoice_runs_at_once_bill_once(admin, tag):
    client = admin.post("/clients", {"name": f"Billed Once {tag}", "billing_email": "billing@once.example"})
    card = until(lambda: list(admin.items(f"/clients/{client['id']}/services")))
    order = admin.post("/work-orders", {"client_id": client["id"], "subject": "Once"})
    entry = {"service_id": card[0]["id"], "hours": "1", "worked_on": "2023-05-05"}
    made = admin.post(f"/work-orders/{order['id']}/time-entries", entry)
    assert until(lambda: admin.get("/billable-items", source_id=made["id"])["items"], seconds=20)

    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: admin.post("/jobs/invoice_run/run", {"as_of": "2023-05-31"}), range(3)))

    assert {run["status"] for run in runs} == {"succeeded"}
    assert admin.get("/invoices", client_id=client["id"])["total"] == 1


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_every_process_can_be_probed(system, path):
    for service in SERVICES:
        for kind in ("PORT", "WORKER_PORT"):
            url = f"http://127.0.0.1:{system.env[f'{service.upper()}_{kind}']}{path}"
            assert Api(url)._pool.request("GET", url).status == 200, url
