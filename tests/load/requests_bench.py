"""What one write costs at its service, against a bare INSERT with commit in the same run. Asserts no times.

TEST_POSTGRES_URL=… TEST_AMQP_URL=… python tests/load/requests_bench.py [--requests 200] [--sql]

Requests go through Flask's test client, so the figures leave out gunicorn and the gateway. The load of the machine
moves all times of a run; compare the ratio to the INSERT and the CPU time of the Python side between runs.
"""

import argparse
import os
from collections.abc import Callable
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any
from uuid import UUID

from sqlalchemy import text

import agreements.wiring
import billing.wiring
import clients.wiring
from common import migrations
from common.app import App
from common.clock import now
from common.http.app import create_app
from common.ids import new_id
from common.messaging.handling import handle
from common.testing import infra as infrastructure
from common.testing.database import statements
from common.testing.fixtures import envelope
from common.testing.http import Caller, identity_token
from common.testing.infra import Infra

WARM = 20
Write = Callable[[int], Any]
BARE = text("INSERT INTO outbox (event_id, type, payload) VALUES (:id, 'bench', :payload)")


def prepared(infra: Infra, name: str, make: Callable[[], App]) -> tuple[App, Caller]:
    """Returns a service on a new database, and its administrator."""
    url = infra.create_database(f"{name}_requests_bench")
    os.environ.update(infrastructure.environment(infra, name, url))
    app = make()
    migrations.migrate(app)
    return app, Caller(create_app(app), "")


def told(app: App) -> tuple[UUID, UUID]:
    """Tells the service of a client with one service; returns their ids, an hour old so that nothing waits for them."""
    client_id, service_id = (UUID(int=new_id().int - (3_600_000 << 80)) for _ in range(2))
    client = {"id": client_id, "name": "Bench", "status": "active", "currency": "USD", "net_terms": 30, "version": 1}
    client |= {"country": "US", "invoice_email": "bench@client.example"}
    row = {"id": service_id, "name": "Remote Support", "unit": "Hour", "default_rate": "125.00", "version": 1}
    row |= {"effective_rate": "125.00", "rate_source": "catalog", "included": True, "is_custom": True}
    card = {"client_id": client_id, "services": [row]}
    handle(app, [envelope("clients.client.created.v1", client), envelope("clients.client_service.changed.v1", card)])
    return client_id, service_id


def of_agreements(app: App, caller: Caller) -> dict[str, Write]:
    client_id, service_id = (str(key) for key in told(app))
    block = {"client_id": client_id, "name": "Block", "type": "block_hours_prepaid", "total_hours": "100000"}
    block |= {"start_date": "2025-01-01", "activate": True}
    agreement = posted(caller, "/agreements", block)
    new = {"client_id": client_id, "agreement_id": agreement["id"], "subject": "Bench"}
    order = posted(caller, "/work-orders", new)
    time = {"service_id": service_id, "hours": "0.25", "worked_on": "2025-11-03"}

    def log(n: int) -> Any:
        entry = time | {"technician_name": f"Technician {n}", "external_ref": f"row {n}"}
        return posted(caller, f"/work-orders/{order['id']}/time-entries", entry)

    return {
        "create an agreement": lambda _: posted(caller, "/agreements", block | {"activate": False}),
        "create a work order": lambda _: posted(caller, "/work-orders", new),
        "log time": log,
    }


def of_billing(app: App, caller: Caller) -> dict[str, Write]:
    client_id, service_id = (str(key) for key in told(app))
    today = now().date().isoformat()
    line = {"description": "Work", "quantity": "1", "unit_rate": "100.00"}
    draft = {"client_id": client_id, "lines": [line], "issued_on": today}
    item = {"client_id": client_id, "client_service_id": service_id, "quantity": "1", "dated_on": today}
    payment = {"client_id": client_id, "amount": "100.00", "method": "check", "received_on": today}
    owed = []

    def make_draft(_: int) -> Any:
        owed.append(posted(caller, "/invoices", draft))

    return {
        "add a billable item": lambda _: posted(caller, "/billable-items", item),
        "draft an invoice": make_draft,
        "issue an invoice": lambda n: posted(caller, f"/invoices/{owed[n]['id']}/issue", {}),
        "record a payment": lambda n: posted(
            caller, "/payments", payment | {"allocations": [{"invoice_id": owed[n]["id"], "amount": "100.00"}]}
        ),
    }


def of_clients(app: App, caller: Caller) -> dict[str, Write]:
    return {"create a client": lambda n: posted(caller, "/clients", {"name": f"Bench {n}"})}


def posted(caller: Caller, path: str, body: dict[str, Any]) -> Any:
    answer = caller.post(path, body, headers={"Idempotency-Key": str(new_id())})
    assert answer.status_code < 300, answer.json
    return answer.json


def bare(app: App) -> Write:
    def write(_: int) -> None:
        with app.database.engine.begin() as connection:
            connection.execute(BARE, {"id": new_id(), "payload": "x" * 500})

    return write


def measure(write: Write, requests: int) -> tuple[float, float]:
    """Returns the median time and the mean CPU time of this process, in milliseconds."""
    times, cpu = [], process_time()
    for n in range(WARM, WARM + requests):
        began = perf_counter()
        write(n)
        times.append(1000 * (perf_counter() - began))
    return quantiles(times, n=2)[0], 1000 * (process_time() - cpu) / requests


def sign_in(infra: Infra, name: str, caller: Caller) -> None:
    """Gives the caller a new token, which lasts a minute."""
    caller.token = identity_token(infra.private_key, name, role="admin", user_id=str(new_id()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--sql", action="store_true", help="print the statements of each write")
    options = parser.parse_args()
    infra = infrastructure.from_environment()
    makers = {"agreements": (agreements.wiring.app, of_agreements), "billing": (billing.wiring.app, of_billing)}
    makers["clients"] = (clients.wiring.app, of_clients)
    print(f"{'write':<24}{'p50 ms':>9}{'INSERT ms':>11}{'ratio':>8}{'CPU ms':>9}{'statements':>12}")
    for name, (make, writes_of) in makers.items():
        app, caller = prepared(infra, name, make)
        sign_in(infra, name, caller)
        for label, write in writes_of(app, caller).items():
            sign_in(infra, name, caller)
            for n in range(WARM - 1):
                write(n)
            with statements(app.database.engine) as sent:
                write(WARM - 1)
            (time, cpu), (insert, _) = measure(write, options.requests), measure(bare(app), options.requests)
            print(f"{label:<24}{time:>9.1f}{insert:>11.2f}{time / insert:>8.1f}{cpu:>9.1f}{len(sent):>12}", flush=True)
            for statement in sent if options.sql else ():
                print("    " + " ".join(statement.split())[:150])
        app.dispose()


if __name__ == "__main__":
    main()
